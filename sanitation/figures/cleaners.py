"""Figures: cleaners, their grids, leave and trainings."""
