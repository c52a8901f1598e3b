"""Worklists of volunteer work: certificates."""
