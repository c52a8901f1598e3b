"""What the worker does by itself at night; procrastinate finds this module."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate.contrib.django import app

from portal.accounts.locking import drop_old as drop_old_sign_ins
from portal.accounts.sessions import drop_ended as drop_ended_sessions
from portal.asks import jobs as ask_jobs  # noqa: F401  their tasks are found here
from portal.attachments.services import sweep
from portal.audit import jobs as audit_jobs  # noqa: F401
from portal.drafts.services import drop_old as drop_old_drafts
from portal.exports.jobs import drop_old_prints
from portal.figures.cells import jobs as cell_jobs  # noqa: F401
from portal.imports import jobs
from portal.imports.workflow import UNFINISHED
from portal.models import ImportBatch, PublicTry, Submission
from portal.models.units import Unit
from portal.notifying.reading import drop_old
from portal.quality.counting import store_everywhere
from portal.saved import jobs as saved_jobs  # noqa: F401
from portal.scope import NOBODY, Scope, scope
from portal.workcalendar import jobs as calendar_jobs  # noqa: F401  its task is found here

KEYS_KEPT = timedelta(days=2)
TRIES_KEPT = timedelta(days=2)  # longer than any limit looks back
UNCONFIRMED_KEPT = timedelta(days=7)


def job_scope(name: str, unit_ids) -> Scope:
    """The scope of a job; it must name its units, so that it never mistakes zeros for an answer."""
    return Scope(frozenset(unit_ids), NOBODY.above, f"job:{name}")


@app.periodic(cron="47 3 * * *")
@app.task(name="quality", queueing_lock="quality", pass_context=False)
def quality(timestamp: int) -> dict[str, int]:
    """Keep today's data-quality counts of every unit, for the trend."""
    return {"units": store_everywhere("job:quality")}


@app.periodic(cron="17 3 * * *")
@app.task(name="housekeeping", queueing_lock="housekeeping", pass_context=False)
def housekeeping(timestamp: int) -> dict[str, int]:
    """Drop what served its time: keys, sessions, prints, drafts, uploads that nobody confirmed."""
    now = timezone.now()
    units = Unit.objects.values_list("pk", flat=True)
    with scope(job_scope("housekeeping", units)):
        keys, _ = Submission.objects.filter(created_at__lt=now - KEYS_KEPT).delete()
        sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
        drop_ended_sessions(now)
        uploads, _ = ImportBatch.objects.filter(
            state__in=UNFINISHED, uploaded_at__lt=now - UNCONFIRMED_KEPT
        ).delete()
        prints = drop_old_prints(now)
        drafts = drop_old_drafts(now)
        messages = drop_old(now)
        sign_ins = drop_old_sign_ins(now)
        tries, _ = PublicTry.objects.filter(at__lt=now - TRIES_KEPT).delete()
    return {
        "tries": tries,
        "sign_ins": sign_ins,
        "drafts": drafts,
        "keys": keys,
        "sessions": sessions,
        "uploads": uploads,
        "prints": prints,
        "messages": messages,
    }


@app.periodic(cron="* * * * *")
@app.task(name="resume-imports", queueing_lock="resume-imports", pass_context=False)
def resume_imports(timestamp: int) -> int:
    """Go on with imports whose worker was killed."""
    return jobs.resume()


@app.periodic(cron="47 3 * * *")
@app.task(name="sweep_attachments", queueing_lock="sweep_attachments", pass_context=False)
def sweep_attachments(timestamp: int) -> dict[str, int]:
    """Bring the files on disk and their rows together."""
    units = Unit.objects.values_list("pk", flat=True)
    with scope(job_scope("sweep_attachments", units)):
        return sweep()
