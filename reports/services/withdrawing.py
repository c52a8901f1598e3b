"""Taking back what was issued, and disposing of evidence by law."""
