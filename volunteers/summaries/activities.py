"""Summaries of volunteer work: activities."""
