"""Summaries of volunteer work: organisations."""
