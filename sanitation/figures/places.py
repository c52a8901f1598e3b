"""Figures: points, key units and representatives."""
