"""集镇整治, as ledgers."""
