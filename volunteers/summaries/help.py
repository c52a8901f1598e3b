"""Summaries of volunteer work: help."""
