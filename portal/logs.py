"""Log lines without the data of people: PostgreSQL tells the values of a refused row as DETAIL."""

import logging

from portal.log_values import without_values
from portal.request_ids import present


class WithoutExpectedTracebacks(logging.Filter):
    """A refusal (403) is an answer, not a fault: its line is enough."""

    def filter(self, record) -> bool:
        if getattr(record, "status_code", None) == 403:
            record.exc_info = record.exc_text = None
        return True


class Formatter(logging.Formatter):
    """Leaves out of tracebacks, and of messages that quote them, what the database says of values; names the
    request that the line belongs to."""

    def format(self, record) -> str:
        return without_values(super().format(record))

    def formatMessage(self, record) -> str:
        line, request = super().formatMessage(record), present()
        return f"{line} [{request}]" if request else line
