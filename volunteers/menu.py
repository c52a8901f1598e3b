"""What volunteer work adds to the side menu beside its ledgers."""
