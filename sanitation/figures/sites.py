"""Figures: demonstration sites."""
