"""Log lines without the data of people: PostgreSQL tells the values of a refused row as DETAIL."""

import logging
import re

DETAIL = re.compile(r"^(DETAIL|HINT|CONTEXT):.*$", re.MULTILINE)
LEFT_OUT = r"\1: (left out)"


class Formatter(logging.Formatter):
    """Leaves out of tracebacks, and of messages that quote them, what the database says of values."""

    def format(self, record) -> str:
        return DETAIL.sub(LEFT_OUT, super().format(record))
