"""What no log line may hold: values that the database quotes, and numbers that look like a person's.

Names cannot be told from other words; that none gets into a line is kept by the code that writes lines
and proven by tests/logs.
"""

import re

# PostgreSQL tells the values of a refused row as DETAIL, its parameters as CONTEXT.
QUOTED_BY_DATABASE = re.compile(r"^(DETAIL|HINT|CONTEXT):.*$", re.MULTILINE)
# … and some of its messages end in the value itself.
VALUE_IN_MESSAGE = re.compile(
    r'((?:invalid input (?:syntax|value) for [\w ]+|out of range|malformed \w+ literal): )"[^\n]*"'
)
# Of the length of a phone, an ID, a bank card or a certificate; not within a word, an address or a decimal.
NUMBER = re.compile(r"(?<![\w.:/-])(?:1[3-9][0-9]{9}|[0-9]{15,20}|[0-9]{17}[Xx])(?![\w.:-])")


def without_values(text: str) -> str:
    text = QUOTED_BY_DATABASE.sub(r"\1: (left out)", text)
    text = VALUE_IN_MESSAGE.sub(r'\1"(left out)"', text)
    return NUMBER.sub("(number left out)", text)
