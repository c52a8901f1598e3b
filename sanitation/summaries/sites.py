"""Paragraphs: demonstration sites."""
