"""What the worker does by itself for summaries; procrastinate finds this module."""

from procrastinate.contrib.django import app

from reports.jobs import everywhere
from reports.services import bulk, bulk_files, nightly


@app.periodic(cron="* * * * *")
@app.task(name="resume-bulk", queueing_lock="resume-bulk", pass_context=False)
def resume_bulk(timestamp: int) -> int:
    """Go on with summaries of a run whose worker was stopped."""
    return bulk.resume(everywhere("bulk-summary"))


@app.periodic(cron="37 2 * * *")
@app.task(name="purge-bulk", queueing_lock="purge-bulk", pass_context=False)
def purge_bulk(timestamp: int) -> int:
    """Empty the files of runs of which nobody is expected to take them any more."""
    return bulk_files.purge(everywhere("purge-bulk"))


@app.periodic(cron="7 1 * * *")
@app.task(name="nightly-drafts", queueing_lock="nightly-drafts", pass_context=False)
def nightly_drafts(timestamp: int) -> int:
    """A job for each unit and kind, so that as many workers as there are share the night."""
    return nightly.queue_all()


@app.task(name="nightly-draft", pass_context=False)
def nightly_draft(unit: int, kind: str, period: str) -> str:
    """One draft of the night: made, made anew, or left alone."""
    return nightly.draft_one(unit, kind, period)
