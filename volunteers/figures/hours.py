"""Figures of volunteer work: hours."""
