"""Money, labour and gifts of a site, as ledgers."""
