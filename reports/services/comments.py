"""Remarks at paragraphs: made, answered, settled."""
