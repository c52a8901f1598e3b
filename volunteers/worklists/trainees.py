"""Worklists of volunteer work: trainees."""
