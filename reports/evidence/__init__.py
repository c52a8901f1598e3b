"""The evidence of an issue: the rows as they were counted, kept sealed, and what became of them since.

``bundling`` makes the bundle, ``vault`` keeps it, ``reading`` reads it back, ``pseudonyms`` makes it
nobody's; ``differences`` and ``causes`` compare it with the records of now.
"""
