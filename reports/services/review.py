"""The steps of 审签: submit, recall, return, review, archive; and what still blocks 送审.

``move`` is the one way in which a summary changes its state. Issuing and withdrawing have services
of their own, which call it; all others are taken by ``take``.
"""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils import timezone

from portal.errors import StaleRecord
from portal.isolation import taken_meanwhile
from portal.scope import Denied
from portal.text import clean_text
from reports.checks import Finding
from reports.models import ReviewStep, Revision, Summary
from reports.permissions import check_step
from reports.services import revisions
from reports.services.answers import answers_of, unanswered
from reports.services.comments import demanded_of
from reports.services.judging import NotReady, judged
from reports.services.news import tell
from reports.workflow import SUMMARY

OWN_DOORS = frozenset({"issue", "withdraw"})
LONGEST = 1000


def blocking(summary: Summary, *, by=None) -> list[Finding]:
    """The errors in the stored draft that nobody answered, as ``by`` may be told; counts the facts of now."""
    return unanswered(judged(summary, by=by), answers_of(summary))


@contextmanager
def alone_with(summary: Summary):
    """A savepoint in which a summary that somebody else changes meanwhile raises StaleRecord."""
    try:
        with transaction.atomic():
            yield
    except OperationalError as error:
        if taken_meanwhile(error):
            raise StaleRecord(f"summary {summary.pk} is being changed or issued") from error
        raise


def take(summary: Summary, step: str, *, version: int, opinion: str = "", by) -> Summary:
    """Take a step of ``reports.workflow`` other than 签发 and 撤回; the summary as it is then.

    Raises Denied, StaleRecord, ValidationError (the opinion), NotReady (what blocks).
    """
    if step in OWN_DOORS:
        raise ValueError(f"{step} is taken by a service of its own")
    with alone_with(summary):
        return move(summary, step, version=version, opinion=opinion, by=by)


def move(summary: Summary, name: str, *, version: int, opinion: str = "", by) -> Summary:
    """Lock, check, change the state and write the step down, within ``alone_with``; as ``take``."""
    opinion = cleaned(opinion)
    rows = Summary.objects.select_related("unit", "group").select_for_update(
        of=("self",), nowait=True
    )
    summary = rows.get(pk=summary.pk)
    if summary.version != version:
        raise StaleRecord(f"summary {summary.pk} was changed since it was seen")
    check_step(by, summary, name)
    if check := _FIRST.get(name):
        check(summary, opinion, by)
    if name == "submit":
        revisions.keep(summary, why=Revision.Why.SUBMITTED, by=by)
    summary.state, summary.automatic = SUMMARY.steps[name].target, False
    summary.save(update_fields=["state", "automatic"])
    seen = revisions.latest(summary)
    ReviewStep.objects.create(
        unit=summary.unit,
        summary=summary,
        step=name,
        opinion=opinion,
        revision=seen and seen.number,
        taken_by=by,
        taken_at=timezone.now(),
    )
    tell(summary, name, by)
    return summary


def cleaned(opinion: str) -> str:
    """Raises ValidationError."""
    opinion = clean_text(opinion, multiline=True)
    if len(opinion) > LONGEST:
        message = f"意见请写在 {LONGEST} 个字以内，现在有 {len(opinion)} 个字。"
        raise ValidationError({"opinion": message})
    return opinion


def _may_be_submitted(summary, opinion, by):
    if not any(text.strip() for text in revisions.words_of(summary)[1].values()):
        raise Denied("总结还没有内容，不能送审。")
    findings, remarks = blocking(summary, by=by), list(demanded_of(summary))
    if findings or remarks:
        raise NotReady(findings, remarks)


def _may_be_returned(summary, opinion, by):
    if not opinion and not demanded_of(summary).exists():
        message = "请写明退回的理由，或在正文有问题的地方写“退回理由”批注。"
        raise ValidationError({"opinion": message})


def _may_pass(summary, opinion, by):
    if count := demanded_of(summary).count():
        raise Denied(f"还有 {count} 条退回理由没有处理：请退回，或先把这些批注标为已解决。")


_FIRST = {
    "submit": _may_be_submitted,
    "return": _may_be_returned,
    "review": _may_pass,
    "issue": _may_pass,
}
