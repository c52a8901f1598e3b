"""Text that no spreadsheet takes for a formula, also after the file was saved as CSV (ADR 12).

A text that begins like a formula leaves with one apostrophe before it, and the import takes one off
again: ``unguarded(guarded(text)) == text`` for every text.
"""

import re

# Apostrophes of its own count in, or "'=1" would come back as "=1". A lone dash, a negative number
# and a phone number with + calculate nothing and stay as they are.
RISKY = re.compile(r"'*(?:[=@＝＠\t\r]|[+\-＋－](?![\d\s.,()\-]*\Z))")


def guarded(text: str) -> str:
    return f"'{text}" if RISKY.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if text[:1] == "'" and RISKY.match(text) else text
