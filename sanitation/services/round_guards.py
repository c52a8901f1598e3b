"""Who may store what of a round: the community tells at once and of itself, another rechecks."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.scope import Denied, access_of
from portal.workdays import workdays_between
from sanitation.workflow import ANSWER, EDIT

TOO_OLD = "整改日期最早填上一个工作日；更早的纸质报告由下达整改单的单位补录。"


def check_writer(round_, order, before, by, on: date) -> None:
    """The keeper of the order registers and rechecks what it likes; the community tells of itself, and
    at once, so that a late report is not dated in time."""
    access = access_of(by)
    if access.may(EDIT, order.unit_id):
        return
    if not access.may(EDIT, round_.unit_id):
        access.check(ANSWER, round_.unit_id)
    if round_.unit_id != order.community_id or round_.passed is not None:
        raise Denied("社区只报告本社区的整改情况，复查由下达整改单的单位登记。")
    if before and before.occurred_on == round_.occurred_on:
        return
    if refusal := dated_back(order, round_.occurred_on, by, on):
        raise ValidationError({"occurred_on": refusal})


def dated_back(order, day: date, by, on: date | None = None) -> str:
    """Why ``by`` cannot report on the order with that day, which would make a late report be in time; "" where
    they can, or keep the order."""
    on = on or timezone.localdate()
    if access_of(by).may(EDIT, order.unit_id) or day >= on:
        return ""
    return TOO_OLD if workdays_between(day, on) > 1 else ""


def check_other_eyes(round_, before, by) -> None:
    """Raise ValidationError at ``rechecker`` where who reported it would recheck it."""
    if round_.passed is None or (before and before.passed is not None):
        return
    own = round_.unit_id == round_.community_id and round_.recorded_by_id == by.pk
    same = round_.rechecker.strip() and round_.rechecker.strip() == round_.reporter.strip()
    if own or same:
        raise ValidationError({"rechecker": "整改人不能复查自己的整改，请换人复查。"})
