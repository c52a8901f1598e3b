"""Former words of a draft: a version at each save, at most one in ten minutes of autosaving."""

from datetime import timedelta

from django.utils import timezone

from reports.models import Revision, Summary

QUIET = timedelta(minutes=10)  # autosaves of one person within it are one version
Why = Revision.Why


def latest(summary: Summary) -> Revision | None:
    rows = Revision.objects.filter(summary=summary).select_related("saved_by")
    return rows.order_by("-number").first()


def words_of(summary: Summary) -> tuple[str, dict[str, str]]:
    """Title and texts by section key, as stored now."""
    return summary.title, dict(summary.sections.values_list("key", "text"))


def held(summary: Summary) -> Summary:
    """The summary as it is stored now, nobody else's to change or move until the transaction ends."""
    rows = Summary.objects.select_related("unit", "group").select_for_update(of=("self",))
    return rows.get(pk=summary.pk)


def keep_unfinished(summary: Summary, *, by) -> None:
    """Before ``by`` writes: what another left by autosaving becomes a version of theirs.

    Only the author of the last version can have saved without one, so those words are known to be
    theirs and are not told as words of ``by``. Holds the summary's row from here on.
    """
    stored = held(summary)
    last = latest(summary)
    if last is None or last.saved_by == by:
        return
    if words_of(stored) != (last.title, last.texts):
        _write(stored, last.number + 1, Why.AUTOSAVED, last.saved_by)


def keep(summary: Summary, *, why: str, by) -> Revision | None:
    """Keep the words as they are stored now; None where they need no version of their own.

    The same words are kept again only when they are submitted. The caller holds the summary's row,
    so that numbers have no gap and no twin.
    """
    last = latest(summary)
    if last is None:
        return _write(summary, 1, why, by)
    if why != Why.SUBMITTED and words_of(summary) == (last.title, last.texts):
        return None
    if (
        why == Why.AUTOSAVED
        and last.saved_by_id == by.pk
        and timezone.now() < last.saved_at + QUIET
    ):
        return None
    return _write(summary, last.number + 1, why, by)


def _write(summary: Summary, number: int, why: str, by) -> Revision:
    title, texts = words_of(summary)
    return Revision.objects.create(
        unit=summary.unit,
        summary=summary,
        number=number,
        title=title,
        texts=texts,
        why=why,
        saved_by=by,
        saved_at=timezone.now(),
    )
