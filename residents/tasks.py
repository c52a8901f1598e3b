"""What the worker does by itself at night for the register; procrastinate finds this module."""

from procrastinate.contrib.django import app

from residents.duplicates.running import find_everywhere


@app.periodic(cron="37 3 * * *")
@app.task(name="duplicates", queueing_lock="duplicates", pass_context=False)
def duplicates(timestamp: int) -> dict[str, int]:
    """Bring the queue of possible duplicates up to date."""
    found = find_everywhere("job:duplicates")
    return {"new": found.new, "dropped": found.dropped, "pairs": found.pairs}
