"""Pick-lists of sanitation work, by idea."""
