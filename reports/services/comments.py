"""Remarks at paragraphs: made, answered, settled.

``quote`` is kept as the text is stored, figures as ``{code}``, so that it stays at its place while
the numbers change.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.scope import Denied
from portal.text import clean_text
from reports.checks.findings import TITLE, WHOLE
from reports.models import Comment, Summary
from reports.permissions import check_remark, check_settle, check_step
from reports.services.revisions import held
from reports.tokens import stored
from reports.workflow import UNDER_REVIEW

LONGEST, LONGEST_QUOTE = 1000, 400


def stored_texts(summary: Summary) -> dict[str, str]:
    """What a remark may stand at: the whole (no words), the title, and each part."""
    return {WHOLE: "", TITLE: summary.title, **dict(summary.sections.values_list("key", "text"))}


def demanded_of(summary: Summary):
    """The reasons of a return that are not settled: sent ones, or of the review that goes on."""
    return Comment.objects.kept().filter(
        summary=summary, demanded=True, reply_to=None, resolved_at=None
    )


def is_unsent(comment: Comment) -> bool:
    """A reason written while reading: only reviewers see it until the return sends it."""
    return comment.demanded and not comment.resolved_at and comment.summary.state in UNDER_REVIEW


@transaction.atomic
def remark(
    summary: Summary, *, section_key: str, text: str, quote: str = "", demanded=False, by
) -> Comment:
    """On the words ``quote`` of a part, or on the part. Raises Denied, ValidationError by field.

    A ``demanded`` one is a reason for which the summary will be returned: a step of the reviewer's.
    """
    summary = held(summary)
    check_remark(by, summary)
    if demanded:
        check_step(by, summary, "return")
    texts = stored_texts(summary)
    if section_key not in texts:
        raise ValidationError({"section": "没有这一部分，请重新选择。"})
    quote = stored(clean_text(quote))
    if len(quote) > LONGEST_QUOTE:
        raise ValidationError({"quote": f"所批文字太长，请选 {LONGEST_QUOTE} 个字以内的一段。"})
    if quote not in texts[section_key]:
        message = "这一部分里找不到这些文字，可能刚被改动；请重新选择，或不填而批在整个部分。"
        raise ValidationError({"quote": message})
    return Comment.objects.create(
        unit=summary.unit,
        summary=summary,
        section_key=section_key,
        quote=quote,
        text=_clean(text),
        demanded=demanded,
        recorded_by=by,
    )


def reply(comment: Comment, *, text: str, by) -> Comment:
    """Under the remark that began the thread. Raises Denied, ValidationError."""
    first = comment.reply_to or comment
    check_remark(by, first.summary)
    if is_unsent(first):
        check_settle(by, first)
    return Comment.objects.create(
        unit=first.unit,
        summary=first.summary,
        section_key=first.section_key,
        reply_to=first,
        text=_clean(text),
        recorded_by=by,
    )


def _clean(text: str) -> str:
    text = clean_text(text, multiline=True)
    if not text:
        raise ValidationError({"text": "请写批注内容。"})
    if len(text) > LONGEST:
        raise ValidationError({"text": f"请写在 {LONGEST} 个字以内，现在有 {len(text)} 个字。"})
    return text


def settle(comment: Comment, *, version: int, by) -> None:
    """Raises Denied, StaleRecord."""
    _close(comment, version, at=timezone.now(), by=by, who=by)


def reopen(comment: Comment, *, version: int, by) -> None:
    """Raises Denied, StaleRecord."""
    _close(comment, version, at=None, by=None, who=by)


@transaction.atomic
def _close(comment: Comment, version: int, *, at, by, who) -> None:
    if comment.reply_to_id:
        raise Denied("回复随它的批注一起解决，不能单独解决。")
    comment.summary = held(comment.summary)
    check_settle(who, comment)
    comment.version = version
    comment.resolved_at, comment.resolved_by = at, by
    comment.save(update_fields=["resolved_at", "resolved_by"])
