"""Pages of volunteer work that are not plain ledgers."""
