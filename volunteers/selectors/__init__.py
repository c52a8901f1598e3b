"""What reads across the records of volunteer work."""
