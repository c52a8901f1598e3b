"""Forms of sanitation work, by idea."""
