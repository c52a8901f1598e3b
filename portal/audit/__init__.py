"""The change log after it is written: its chain, its months, what it proves, and the auditor's pages."""
