"""Paragraphs: the quarter's scores."""
