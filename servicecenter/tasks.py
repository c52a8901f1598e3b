"""What the worker does by itself for the one-stop service agency; procrastinate finds this module."""

from django.utils import timezone
from procrastinate.contrib.django import app

from servicecenter.services.meetings import plan_everywhere
from servicecenter.services.supervision_rounds import run_everywhere


@app.periodic(cron="*/15 * * * *")
@app.task(name="supervise", queueing_lock="supervise", pass_context=False)
def supervise(timestamp: int) -> dict[str, int]:
    """Raise, step up and close 督办 as the cases of each unit ask for it."""
    return dict(run_everywhere("job:supervise"))


@app.periodic(cron="10 0 * * *")
@app.task(name="plan_meetings", queueing_lock="plan_meetings", pass_context=False)
def plan_meetings(timestamp: int) -> int:
    """Each day, so that a new year is planned on its first one: the year's monthly meetings."""
    return plan_everywhere("job:plan_meetings", timezone.localdate().year)
