"""Paragraphs of summaries below, pulled in with their source."""
