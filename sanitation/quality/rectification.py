"""What may be wrong: orders, warnings and programmes."""
