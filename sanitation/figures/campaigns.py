"""Figures: contests, study tours, hot spots."""
