"""Summaries of volunteer work: trainees."""
