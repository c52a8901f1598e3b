"""What the worker does by itself for the one-stop service agency; procrastinate finds this module."""

from procrastinate.contrib.django import app

from servicecenter.services.supervision_rounds import run_everywhere


@app.periodic(cron="*/15 * * * *")
@app.task(name="supervise", queueing_lock="supervise", pass_context=False)
def supervise(timestamp: int) -> dict[str, int]:
    """Raise, step up and close 督办 as the cases of each unit ask for it."""
    return dict(run_everywhere("job:supervise"))
