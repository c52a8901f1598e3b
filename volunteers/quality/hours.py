"""Quality of volunteer work: hours."""
