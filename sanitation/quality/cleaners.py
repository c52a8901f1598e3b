"""What may be wrong: cleaners, their grids, leave and trainings."""
