"""Worklists of volunteer work: activities."""
