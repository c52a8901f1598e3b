"""Figures: the quarter's scores."""
