"""Worklists of volunteer work: volunteers."""
