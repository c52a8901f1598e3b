"""How far a phone's clock is believed."""

from datetime import timedelta

AHEAD = timedelta(minutes=5)  # it may be a little fast
LATE = timedelta(minutes=10)  # from then on a record tells that it arrived late
PASS = timedelta(hours=12)  # how long a phone may read without network what it keeps
