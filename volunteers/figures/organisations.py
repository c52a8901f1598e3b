"""Figures of volunteer work: organisations."""
