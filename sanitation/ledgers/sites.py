"""示范点, as ledgers."""
