"""Log lines as JSON, one object a line, for programs that gather logs (LOG_FORMAT=json)."""

from pythonjsonlogger.json import JsonFormatter as Json

from portal.log_values import without_values

FIELDS = ["asctime", "levelname", "name", "message"]


class JsonFormatter(Json):
    """Leaves out what the database says of values, as the formatter of plain lines does."""

    def __init__(self):
        super().__init__(
            FIELDS,
            rename_fields={"asctime": "at", "levelname": "level", "name": "logger"},
            json_ensure_ascii=False,
        )

    def formatException(self, exc_info) -> str:
        return without_values(super().formatException(exc_info))

    def process_log_record(self, log_data):
        if "message" in log_data:
            log_data["message"] = without_values(str(log_data["message"]))
        return super().process_log_record(log_data)
