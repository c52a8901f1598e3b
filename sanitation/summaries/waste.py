"""Paragraphs: hauls, buy-back, posters, the fee."""
