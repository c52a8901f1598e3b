"""What writes the records of volunteer work."""
