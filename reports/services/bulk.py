"""Many summaries in one run."""
