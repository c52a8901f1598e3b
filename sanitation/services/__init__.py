"""The only writers of what takes more than one row, by idea."""
