"""What is due: orders, warnings and programmes."""
