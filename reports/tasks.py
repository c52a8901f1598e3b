"""What the worker does by itself for summaries; procrastinate finds this module."""

from procrastinate.contrib.django import app

from reports.jobs import everywhere
from reports.services import bulk, nightly


@app.periodic(cron="* * * * *")
@app.task(name="resume-bulk", queueing_lock="resume-bulk", pass_context=False)
def resume_bulk(timestamp: int) -> int:
    """Go on with summaries of a run whose worker was stopped."""
    return bulk.resume(everywhere("bulk-summary"))


@app.periodic(cron="7 1 * * *")
@app.task(name="nightly-drafts", queueing_lock="nightly-drafts", pass_context=False)
def nightly_drafts(timestamp: int) -> int:
    """A job for each unit and kind, so that as many workers as there are share the night."""
    return nightly.queue_all()


@app.task(name="nightly-draft", pass_context=False)
def nightly_draft(unit: int, kind: str, period: str) -> str:
    """One draft of the night: made, made anew, or left alone."""
    return nightly.draft_one(unit, kind, period)
