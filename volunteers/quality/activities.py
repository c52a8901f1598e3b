"""Quality of volunteer work: activities."""
