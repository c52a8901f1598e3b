"""Quality of volunteer work: help."""
