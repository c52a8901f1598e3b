"""Why a finding stands, kept with the draft: of an error the reason, of a typed number its source.
Both are waited for: without them nothing is submitted or issued.

An answer counts while the check finds the same again, as its key tells.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.scope import Denied
from portal.text import clean_text
from reports.checks import Finding
from reports.models import Answer, Summary
from reports.permissions import check_draft, check_open
from reports.services.judging import judged
from reports.services.revisions import held

SHORTEST, LONGEST = 4, 500
TYPED_NUMBER = "unproven"  # the rule whose answer is the source of a number


def answers_of(summary: Summary) -> dict[str, Answer]:
    """The answers that stand, by key; those of findings that are gone included."""
    rows = Answer.objects.kept().filter(summary=summary).select_related("recorded_by")
    return {answer.key: answer for answer in rows}


def lacks_source(finding: Finding) -> bool:
    """A typed number behind which no record stands."""
    return finding.rule == TYPED_NUMBER


def unanswered(findings: Iterable[Finding], answers: dict[str, Answer]) -> list[Finding]:
    """The errors and the typed numbers among the findings that nobody answered."""
    waits = (f for f in findings if f.is_error or lacks_source(f))
    return [f for f in waits if f.answer_key not in answers]


def sourceless(summary: Summary) -> list[Finding]:
    """The typed numbers in the stored draft whose source nobody told yet, in reading order; of those with
    one answer the first."""
    open_ones = unanswered(judged(summary), answers_of(summary))
    return list({f.answer_key: f for f in reversed(open_ones) if lacks_source(f)}.values())[::-1]


def answer(summary: Summary, key: str, *, reason: str, by) -> Answer:
    """Answer the finding of now that has this key. Raises Denied, ValidationError."""
    [given] = answer_all(summary, [key], reason=reason, by=by)
    return given


@transaction.atomic
def answer_all(summary: Summary, keys: Iterable[str], *, reason: str, by) -> list[Answer]:
    """One reason for several findings of now, all or none. Raises Denied, ValidationError."""
    summary = held(summary)
    check_draft(by, summary.unit_id, summary.outline)
    check_open(summary)
    reason = _clean(reason)
    found = {finding.answer_key: finding for finding in judged(summary, by=by)}
    keys = list(dict.fromkeys(keys))
    if not found.keys() >= set(keys):
        raise Denied("这处文字或记录已经改动，检查结果已不在了，不需要再说明。")
    return [_answered(summary, found[key], reason, by) for key in keys]


def _answered(summary: Summary, finding: Finding, reason: str, by) -> Answer:
    try:
        with transaction.atomic():
            return Answer.objects.create(
                unit=summary.unit,
                summary=summary,
                key=finding.answer_key,
                rule=finding.rule[:20],
                section_key=finding.section,
                words=finding.words[:200],
                message=finding.message[:400],
                reason=reason,
                recorded_by=by,
            )
    except IntegrityError as error:
        raise Denied("这处检查结果已经有人说明；要改，请先撤回原来的说明。") from error


def _clean(reason: str) -> str:
    reason = clean_text(reason, multiline=True)
    if len(reason) < SHORTEST:
        raise ValidationError({"reason": f"请写明理由或来源，至少 {SHORTEST} 个字。"})
    if len(reason) > LONGEST:
        raise ValidationError({"reason": f"请写在 {LONGEST} 个字以内，现在有 {len(reason)} 个字。"})
    return reason


@transaction.atomic
def withdraw(answer: Answer, *, version: int, by) -> None:
    """The finding blocks again. Raises Denied, StaleRecord."""
    summary = held(answer.summary)
    check_draft(by, summary.unit_id, summary.outline)
    check_open(summary)
    answer.version = version
    answer.deleted_at, answer.deleted_by = timezone.now(), by
    answer.save(update_fields=["deleted_at", "deleted_by"])


def frozen(answers: dict[str, Answer], findings: Iterable[Finding]) -> list[dict]:
    """What an issue keeps: the answers to what the check found at that moment, in reading order."""
    found = dict.fromkeys(finding.answer_key for finding in findings)
    return [
        {
            "rule": answer.rule,
            "section": answer.section_key,
            "words": answer.words,
            "message": answer.message,
            "reason": answer.reason,
            "by": str(answer.recorded_by or ""),
            "at": answer.recorded_at.isoformat(timespec="seconds"),
        }
        for answer in (answers[key] for key in found if key in answers)
    ]
