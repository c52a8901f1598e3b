"""Writes of more than one row in the one-stop service agency, by idea."""
