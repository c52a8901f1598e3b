"""Forms of volunteer work."""
