"""Figures of volunteer work: activities."""
