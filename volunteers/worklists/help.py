"""Worklists of volunteer work: help."""
