"""检查 and what was found, as ledgers."""
