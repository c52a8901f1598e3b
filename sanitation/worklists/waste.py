"""What is due: hauls, buy-back, posters, the fee."""
