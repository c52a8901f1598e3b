"""Figures of volunteer work: help."""
