"""Pick-lists of volunteer work, by idea."""
