"""Drafting: compose from the records, save what people write, compose again."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from portal.errors import StaleRecord
from portal.models import Unit, UnitGroup
from portal.periods import Period
from portal.scope import Denied
from portal.summaries import Outline
from reports.compose import compose
from reports.models import Issue, Revision, Section, Summary
from reports.permissions import check_draft, check_open, check_suits, check_tokens
from reports.proof import content_of
from reports.services import revisions
from reports.workflow import OPEN


class AlreadyOpen(Denied):
    """There is an open draft of the same kind, unit and period."""


def open_draft(
    outline: Outline, unit: Unit, period: Period, group: UnitGroup | None = None
) -> Summary | None:
    return (
        Summary.objects.kept()
        .filter(kind=outline.kind, unit=unit, period_key=period.key, group=group, state__in=OPEN)
        .first()
    )


@transaction.atomic
def draft(
    *, outline: Outline, unit: Unit, period: Period, group: UnitGroup | None = None, by
) -> Summary:
    """A new draft composed from the records; without ``by`` one of the night, for anybody to go on with.

    Raises AlreadyOpen, Denied, OutOfScope."""
    if by is not None:
        check_draft(by, unit.pk, outline)
    check_suits(outline, unit, group)
    composed = compose(outline, unit, period, group)
    told = {section.key: section.text for section in composed.sections}
    about = (outline, unit, period, group)
    return _store(about, composed.title, told, Revision.Why.DRAFTED, by)


@transaction.atomic
def draft_from(issue: Issue, *, by) -> Summary:
    """A new draft with the words of an issue and the figures of now, to correct and sign again.

    Raises AlreadyOpen, Damaged where the issue is not what was signed."""
    check_draft(by, issue.unit_id, issue.outline)
    content = content_of(issue)
    told = {section["key"]: section["text"] for section in content["sections"]}
    about = (issue.outline, issue.unit, issue.period, issue.group)
    return _store(about, content["title"], told, Revision.Why.RESTORED, by)


def _store(about, title, told: Mapping[str, str], why: str, by) -> Summary:
    """The summary with a section for each part, blank where nothing is told yet."""
    outline, unit, period, group = about
    try:
        with transaction.atomic():
            summary = Summary.objects.create(
                kind=outline.kind,
                unit=unit,
                period_key=period.key,
                group=group,
                title=title,
                automatic=by is None,
                recorded_by=by,
            )
    except IntegrityError as error:
        message = "这个单位这段时间的同类总结已有一份草稿，请在那份草稿上修改。"
        raise AlreadyOpen(message) from error
    Section.objects.bulk_create(
        Section(
            unit=unit,
            summary=summary,
            key=part.key,
            heading=part.heading,
            ordinal=ordinal,
            text=told.get(part.key, ""),
        )
        for ordinal, part in enumerate(outline.parts)
    )
    revisions.keep(summary, why=why, by=by)
    return summary


@transaction.atomic
def save(
    summary: Summary,
    *,
    version: int,
    title: str,
    texts: Mapping[str, str],
    why: str = Revision.Why.SAVED,
    by,
) -> None:
    """Store typed texts by section key, and a version of them that says ``why``.

    Raises Denied, StaleRecord when ``version`` is not the present, and ValidationError by section key for
    figures that ``by`` may not see."""
    stored = revisions.held(summary)
    check_open(stored)
    if stored.version != version:
        raise StaleRecord(f"summary {summary.pk} was changed since it was seen")
    if by is not None:
        check_draft(by, stored.unit_id, stored.outline)
        check_tokens(by, stored, texts, revisions.words_of(stored)[1])
    revisions.keep_unfinished(summary, by=by)
    summary.version = version
    summary.title, summary.automatic = title, by is None
    # Saving the summary, even unchanged, compares the version that covers its sections too.
    summary.save(update_fields=["title", "automatic"])
    for section in summary.sections.all():
        text = texts.get(section.key, section.text)
        if text != section.text:
            section.text = text
            section.save(update_fields=["text"])
    revisions.keep(summary, why=why, by=by)


def redraft(summary: Summary, *, version: int, by) -> None:
    """Replace title and texts by what the records tell now; the old words stay among the versions."""
    composed = compose(summary.outline, summary.unit, summary.period, summary.group)
    told = {section.key: section.text for section in composed.sections}
    present = {section.key: section.text for section in summary.sections.all()}
    texts = {key: told.get(key, "") for key in present}
    if by is None and (summary.title, present) == (composed.title, texts):
        return  # the night leaves no trace where the records tell the same
    save(
        summary,
        version=version,
        title=composed.title,
        texts=texts,
        why=Revision.Why.DRAFTED,
        by=by,
    )


def restore(summary: Summary, revision: Revision, *, version: int, by) -> None:
    """Put former words back, as a new version; as ``save``."""
    save(
        summary,
        version=version,
        title=revision.title,
        texts=revision.texts,
        why=Revision.Why.RESTORED,
        by=by,
    )
