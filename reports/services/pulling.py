"""Paragraphs of summaries below, pulled in with their source."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.scope import Denied
from reports.models import DRAFT_LENGTH, SECTION_LENGTH, Issue, Quotation, Revision, Summary
from reports.permissions import check_draft, check_open
from reports.rollup.quoting import one_line, paragraphs_of, quotable_issues, with_source
from reports.services.drafting import save


@transaction.atomic
def pull(
    summary: Summary, *, section_key: str, issue: Issue, paragraph: str, version: int, by
) -> Quotation:
    """Append a paragraph of ``issue``, by its key, to a part of the draft: its words and numbers as they
    were signed, with their source. Raises Denied, StaleRecord, ValidationError at the form's fields."""
    check_draft(by, summary.unit_id, summary.outline)
    check_open(summary)
    if issue.pk not in {each.pk for each in quotable_issues(summary, by)}:
        raise Denied("只能引用下级单位在同一时段内已签发的总结。")
    section = summary.sections.filter(key=section_key).first()
    if section is None:
        raise ValidationError({"section": "请选择放入哪一部分。"})
    chosen = next((each for each in paragraphs_of(issue) if each.key == paragraph), None)
    if chosen is None:
        raise ValidationError({"paragraph": "请选择要引用的一段。"})
    line = with_source(chosen.words, issue.content["title"])
    if line in section.text.split("\n"):
        raise ValidationError({"paragraph": "这一段已经引用在这个部分里。"})
    text = "\n".join(filter(None, [section.text.rstrip("\n"), line]))
    if len(text) > SECTION_LENGTH:
        raise ValidationError({"section": f"这一部分超过{SECTION_LENGTH}字，放不下了。"})
    others = summary.sections.exclude(key=section_key).values_list("text", flat=True)
    if len(text) + sum(map(len, others)) > DRAFT_LENGTH:
        raise ValidationError({"section": f"各部分合计超过{DRAFT_LENGTH:,}字，放不下了。"})
    texts, why = {section_key: text}, Revision.Why.PULLED
    save(summary, version=version, title=summary.title, texts=texts, why=why, by=by)
    return Quotation.objects.create(
        unit=summary.unit,
        summary=summary,
        section_key=section_key,
        issue=issue,
        words=one_line(chosen.words),
        pulled_by=by,
        pulled_at=timezone.now(),
    )
