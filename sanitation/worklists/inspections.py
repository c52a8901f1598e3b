"""What is due in inspections: to hand in, to publish, to sign, to answer."""

from datetime import timedelta

from django.utils import timezone

from portal.ledgers.registry import ledgers
from portal.worklists import Act, Group, Worklist, register, stepping
from sanitation.enums.inspections import InspectionState as S
from sanitation.models import Inspection, InspectionReply
from sanitation.selectors.inspections import IN_STATE
from sanitation.services.inspections import EDIT
from sanitation.workflow import ANSWER, PUBLISH

HAND_IN_WITHIN, PUBLISH_WITHIN = timedelta(days=3), timedelta(days=10)
TOLD_FOR = timedelta(days=14)  # how long an answer stands on the list of who asked
SLUG = "inspections"


def in_state(state):
    return Inspection.objects.kept().filter(IN_STATE[state]).select_related("community")


def to_hand_in(units):
    """Begun more than three days ago."""
    since = timezone.localdate() - HAND_IN_WITHIN
    return in_state(S.BEGUN).filter(unit__in=units, occurred_on__lt=since).order_by("occurred_on")


def to_publish(units):
    """Handed in more than ten days ago: the community still knows nothing of it."""
    since = timezone.localdate() - PUBLISH_WITHIN
    rows = in_state(S.HELD).filter(unit__in=units, handed_in_on__lt=since)
    return rows.order_by("handed_in_on", "pk")


def to_answer(units):
    rows = in_state(S.OBJECTED).filter(unit__in=units).select_related("reply")
    return rows.order_by("reply__occurred_on", "pk")


def answered(units):
    """Objections of the communities that were answered within a fortnight."""
    since = timezone.localdate() - TOLD_FOR
    rows = InspectionReply.objects.kept().filter(
        inspection__community__in=units, answered_on__gte=since
    )
    return rows.select_related("inspection__community").order_by("-answered_on", "pk")


def to_sign(units):
    return in_state(S.WAITING).filter(community__in=units).order_by("handed_in_on", "pk")


def named(inspection) -> str:
    return f"{inspection.community} {inspection.get_kind_display()}"


register(
    Worklist(
        "sanitation.inspections_begun",
        "超过 3 天未提交的检查",
        EDIT,
        to_hand_in,
        SLUG,
        named,
        lambda row: f"{row.occurred_on} 检查",
        group=Group.DRAFT,
        act=stepping("提交", "inspection-hand-in"),
    ),
    Worklist(
        "sanitation.inspections_unpublished",
        "超过 10 天未公布的暗访",
        PUBLISH,
        to_publish,
        SLUG,
        named,
        lambda row: f"{row.handed_in_on} 提交",
        group=Group.DECIDE,
        act=stepping("公布", "inspection-publish"),
    ),
    Worklist(
        "sanitation.inspection_objections",
        "待答复的检查异议",
        EDIT,
        to_answer,
        SLUG,
        named,
        lambda row: f"{row.reply.occurred_on} 提出",
        group=Group.BACK,
        act=stepping("答复", "inspection-answer"),
    ),
    Worklist(
        "sanitation.inspections_unsigned",
        "待签认的检查结果",
        ANSWER,
        to_sign,
        SLUG,
        named,
        lambda row: f"{row.occurred_on} 检查",
        group=Group.ASKED,
        place="community",
        act=stepping("签认", "inspection-reply"),
    ),
    Worklist(
        "sanitation.inspection_answers",
        "检查异议已答复",
        ANSWER,
        answered,
        SLUG,
        lambda row: f"{named(row.inspection)}：{'成立' if row.upheld else '不成立'}",
        lambda row: f"{row.answered_on} 答复",
        address=lambda row: ledgers[SLUG].url("detail", row.inspection),
        group=Group.BACK,
        place="inspection__community",
        act=Act("查看答复", lambda row: ledgers[SLUG].url("detail", row.inspection)),
    ),
)
