"""Worklists of volunteer work: hours."""
