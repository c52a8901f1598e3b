"""Rules and partners of volunteer work, shares of the office's own facts."""
