"""Paragraphs: orders, warnings and programmes."""
