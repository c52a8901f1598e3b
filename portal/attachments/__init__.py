"""附件: photos and scans on any record, sealed on disk, shown only through the record's own ledger."""
