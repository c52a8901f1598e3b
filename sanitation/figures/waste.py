"""Figures: hauls, buy-back, posters, the fee."""
