"""Summaries of volunteer work: publicity."""
