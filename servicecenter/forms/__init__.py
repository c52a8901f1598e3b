"""Forms of the one-stop service agency, by idea."""
