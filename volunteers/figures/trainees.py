"""Figures of volunteer work: trainees."""
