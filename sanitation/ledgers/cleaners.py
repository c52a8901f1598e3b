"""保洁员 and their grids, as ledgers."""
