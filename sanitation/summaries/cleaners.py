"""Paragraphs: cleaners, their grids, leave and trainings."""
