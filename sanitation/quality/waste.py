"""What may be wrong: hauls, buy-back, posters, the fee."""
