"""What may be wrong: operations in the market town."""
