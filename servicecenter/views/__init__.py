"""Pages of the one-stop service agency that are no ledger's, by idea."""
