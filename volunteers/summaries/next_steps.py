"""Summaries of volunteer work: next_steps."""
