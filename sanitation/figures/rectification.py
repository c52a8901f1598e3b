"""Figures: orders, warnings and programmes."""
