"""Figures of volunteer work: certificates."""
