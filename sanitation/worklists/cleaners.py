"""What is due: cleaners, their grids, leave and trainings."""
