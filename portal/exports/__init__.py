"""What leaves the portal as a file: lists as seen, printed registers, tables that other offices want.

``selection`` says which rows, ``paper`` what stands around them; ``xlsx`` and ``register`` write both
ways. ``requests`` opens full numbers on approval, ``profiles`` keeps the tables that offices ask for.
"""
