"""What is due in the one-stop service agency."""
