"""Worklists of volunteer work: joining."""
