"""Figures: inspections, samples and what was found."""
