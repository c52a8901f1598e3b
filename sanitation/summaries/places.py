"""Paragraphs: points, key units and representatives."""
