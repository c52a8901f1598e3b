"""Paragraphs: clean-ups, contests, study tours, hot spots."""
