"""What pages of sanitation work read, by idea."""
