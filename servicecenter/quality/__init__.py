"""What is wrong, undone or missing in the one-stop service agency."""
