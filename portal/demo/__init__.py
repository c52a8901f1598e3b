"""Invented but believable data, the same every time."""
