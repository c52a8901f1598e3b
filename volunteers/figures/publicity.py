"""Figures of volunteer work: publicity."""
