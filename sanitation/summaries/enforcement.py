"""Paragraphs: operations in the market town."""
