"""What is undone or doubtful in 督办, ratings and their redress."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from portal.quality import Severity, register
from portal.quality.family import kept
from servicecenter.enums.loops import REDRESS_OPEN
from servicecenter.enums.ratings import RatingChannel, RedressState
from servicecenter.enums.supervision import SupervisionState
from servicecenter.models import Rating, Redress, Supervision
from servicecenter.quality.base import rule
from servicecenter.selectors.ratings import bad_without_redress

CALL_WITHIN = timedelta(days=3)


def not_called_back(units):
    """A bad rating that nobody called back for days."""
    before = timezone.localdate() - CALL_WITHIN
    return kept(Redress, units).filter(state=RedressState.CALLING, occurred_on__lt=before)


def redress_late(units):
    today = timezone.localdate()
    rows = kept(Redress, units).filter(state__in=sorted(REDRESS_OPEN), due_on__lt=today)
    return rows.exclude(state=RedressState.CALLING)


def unanswered(units):
    today = timezone.localdate()
    return kept(Supervision, units).filter(state=SupervisionState.WAITING, reply_by__lt=today)


def before_decision(units):
    """Rated before the decision that holds now, and the case was not reopened."""
    rows = kept(Rating, units).filter(case__reopened_times=0, voided_on__isnull=True)
    return rows.filter(occurred_on__lt=F("case__decided_on"))


def called_by_handler(units):
    """Who handled the case asked by telephone how it went: nobody says no to that."""
    rows = kept(Rating, units).filter(channel=RatingChannel.CALL_BACK, voided_on__isnull=True)
    return rows.filter(called_by=F("case__handler__name"))


HIGH, MIDDLE, LOW = Severity.HIGH, Severity.MIDDLE, Severity.LOW

register(
    rule(
        "bad_not_called", f"差评超过 {CALL_WITHIN.days} 天没有回访", "差评应逐件回访核实。",
        "redresses", not_called_back, MIDDLE,
    ),
    rule(
        "redress_late", "差评整改超过期限", "申请人在等结果，按期整改率会下降。", "redresses",
        redress_late, MIDDLE,
    ),
    rule(
        "bad_without_redress", "差评没有整改记录", "差评没有人管。", "ratings", bad_without_redress,
        HIGH,
    ),
    rule(
        "supervision_unanswered", "督办超过期限没有答复", "督办没有作用。", "supervisions",
        unanswered, MIDDLE,
    ),
    rule(
        "rated_before_decision", "评价日期早于办结日期", "没有办完的事不能评价，满意率会不准。",
        "ratings", before_decision, HIGH,
    ),
    rule(
        "called_by_handler", "承办人自己回访得到的评价", "评价不可信，应由他人回访。", "ratings",
        called_by_handler, LOW,
    ),
)  # fmt: skip
