"""Excel in: read, match to ledgers, check every row by the ledger's own form, store all or nothing."""
