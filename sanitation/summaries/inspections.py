"""Paragraphs: inspections, samples and what was found."""
