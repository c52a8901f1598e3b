"""Paragraphs: problems, and what comes next."""
