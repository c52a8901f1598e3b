"""What may be wrong: clean-ups, contests, study tours, hot spots."""
