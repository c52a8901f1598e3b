"""What may be done with an inspection now, and what its page tells beside its fields."""

from collections import defaultdict

from django.urls import reverse

from portal.attachments.showing import url_of
from portal.ledgers.declare import Action
from portal.ledgers.registry import ledgers
from portal.models import Attachment
from portal.scope import access_of
from sanitation.enums.inspections import InspectionState as S
from sanitation.enums.inspections import SampleMethod
from sanitation.models import Finding, RectificationOrder
from sanitation.rubric_templates import how_taken
from sanitation.selectors.inspections import (
    findings_of,
    grade_of,
    is_marked,
    lines_of,
    marking_of,
    percent_of,
    reply_of,
    samples_of,
    state_of,
)
from sanitation.services.inspections import EDIT
from sanitation.workflow import ANSWER, PUBLISH

SHOWN_PHOTOS = 4


def steps_for(record, user) -> list[Action]:
    """The steps from the inspection's state that are this user's to take."""
    access, state = access_of(user), state_of(record, reply_of(record))
    inspects = access.may(EDIT, record.unit_id)

    def act(label, name):
        return Action(label, reverse(f"inspection-{name}", args=[record.pk]))

    if state == S.BEGUN and inspects:
        found = [act("抽查小组", "sample")]
        if record.rubric_id and is_marked(record):
            found.append(act("不适用和比率", "items"))
        on_the_spot = Action("现场记录", reverse("field-page", args=[record.pk]))
        return [on_the_spot, *found, act("提交检查", "hand-in")]
    if state == S.HELD:
        found = [act("公布结果", "publish")] if access.may(PUBLISH, record.unit_id) else []
        return [*found, act("退回修改", "take-back")] if inspects else found
    if state == S.OBJECTED and (inspects or access.may(PUBLISH, record.unit_id)):
        return [act("答复异议", "answer")]
    answers = access.may(ANSWER, record.community_id) and record.unit_id != record.community_id
    if state in {S.WAITING, S.DONE} and answers:
        return [act("签认或提异议", "reply")]
    return []


def page_of(record, user) -> dict:
    """For templates/sanitation/inspection.html."""
    findings, reply = findings_of(record), reply_of(record)
    lines = lines_of(record, findings)
    photos = photos_of(findings)
    shown = {each.pk: _finding(each, photos[each.pk]) for each in findings}
    access, state = access_of(user), state_of(record, reply)
    may_record = state == S.BEGUN and access.may(EDIT, record.unit_id)
    marked = is_marked(record)
    preview = marking_of(lines) if marked and state == S.BEGUN else None
    grade = grade_of(record)
    return {
        "state": state,
        "state_label": state.label,
        "marks": {
            "score": preview.score if preview else record.score,
            "full": preview.full if preview else record.full,
            "percent": percent_of(record),
            "grade": grade.label if grade else "",
            "is_preview": preview is not None,
        },
        "lines": [
            {
                "item": each.item,
                "line": each.line,
                "note": each.said.note if each.said else "",
                "how": how_taken(each.item.faults.all(), each.item.by_rate),
                "findings": [shown[one.pk] for one in each.findings],
            }
            for each in lines
        ],
        "is_marked": marked,
        "others": [shown[each.pk] for each in findings if not each.fault_id],
        "finding_count": len(findings),
        "add_url": f"{ledgers['findings'].url('add')}?inspection={record.pk}" if may_record else "",
        "samples": [
            {"method": method, "grids": grids, "label": SampleMethod(method).label}
            for method, grids in samples_of(record).items()
        ],
        "draws": [
            {"draw": draw, "url": reverse("group-draw", args=[draw.pk])}
            for draw in record.draws.kept().order_by("pk")
        ],
        "reply": reply,
        "orders": orders_of(record, user),
        "page_links": [("打印检查结果单", reverse("inspection-paper", args=[record.pk]))]
        if record.handed_in_on
        else [],
    }


def photos_of(findings) -> dict[int, list[Attachment]]:
    """The photos of each finding, by its key."""
    rows = Attachment.objects.kept().filter(
        subject=Finding._meta.label_lower,
        subject_id__in=[each.pk for each in findings],
        media_type=Attachment.Media.JPEG,
    )
    found = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.subject_id].append(row)
    return found


def _finding(finding, photos) -> dict:
    ledger = ledgers["findings"]
    where = finding.point or finding.place or finding.grid
    return {
        "finding": finding,
        "what": str(finding.fault or finding.get_problem_display()),
        "where": str(where or ""),
        "url": ledger.url("detail", finding),
        "photos": [
            (url_of("file", ledger, finding, row), url_of("file-thumbnail", ledger, finding, row))
            for row in photos[:SHOWN_PHOTOS]
        ],
        "more_photos": max(len(photos) - SHOWN_PHOTOS, 0),
    }


def orders_of(record, user) -> list[dict]:
    """The rectification orders that its findings led to."""
    ledger = ledgers.get("rectification-orders")
    rows = RectificationOrder.objects.visible_to(user).filter(finding__inspection=record)
    return [
        {
            "order": order,
            "url": ledger.url("detail", order) if ledger else "",
            "told": f"{order.closed_on} 销号" if order.closed_on else f"限 {order.due_on} 前",
        }
        for order in rows.order_by("due_on", "pk")
    ]
