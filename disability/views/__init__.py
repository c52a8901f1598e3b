"""Pages of disability work that are no ledger's, by idea."""
