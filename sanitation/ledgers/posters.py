"""Posters and the fee, as ledgers."""
