"""Quality of volunteer work: volunteers."""
