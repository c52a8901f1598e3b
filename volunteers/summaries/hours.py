"""Summaries of volunteer work: hours."""
