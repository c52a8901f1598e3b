"""Figures of volunteer work: volunteers."""
