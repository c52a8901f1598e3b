"""The measures, one in a file; the table of them all is ``table.py``."""
