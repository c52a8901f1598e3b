"""Whether this installation runs as it should: probes for machines, a page and ``doctor`` for people.

Checks are data (``declare.py``): each asks one thing, says what it found and, where that is not well,
the remedy. ``/ready/``, ``/running/`` and ``manage.py doctor`` read the same table.
"""
