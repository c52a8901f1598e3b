"""Figures: operations in the market town."""
