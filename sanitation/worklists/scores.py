"""What is due: the quarter's scores."""
