"""Clean-ups, contests, study tours, hot spots, as ledgers."""
