"""What the worker does by itself for volunteer work; procrastinate finds this module."""

from procrastinate.contrib.django import app

from volunteers.services.postings import count_ended


@app.periodic(cron="20 0 * * *")
@app.task(name="count_hours", queueing_lock="count_hours", pass_context=False)
def count_hours(timestamp: int) -> int:
    """Each night: hours whose posting ended the day before count from now on."""
    return count_ended()
