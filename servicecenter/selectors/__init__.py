"""Reads across models of the one-stop service agency, by idea."""
