"""Why a ratio was not reached, by measure: written by hand after a look at what takes the time."""

REASONS: dict[str, str] = {}
