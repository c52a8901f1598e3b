"""Hauls, buy-back and targets, as ledgers."""
