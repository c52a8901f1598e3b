"""Writes of more than one row in disability work, by idea."""
