"""What waits: numbers that the street wants, at the community; answers to be looked at, at the street."""

from django.urls import reverse
from django.utils import timezone

from portal.asks.deadlines import told
from portal.asks.reading import confirmed_for, due_in
from portal.asks.workflow import ANSWERS, SENDS
from portal.worklists import Act, Group, Worklist, register


def _address(row) -> str:
    return reverse("ask-answer", args=[row.pk])


def _due(row) -> str:
    due = timezone.localtime(row.ask.due_at)
    return f"{told(due)}{'（已过期限）' if row.ask.due_at < timezone.now() else ''}"


register(
    Worklist(
        "portal.asks_due",
        "街道要的",
        ANSWERS,
        due_in,
        ledger="",
        text=lambda row: f"{row.ask}（{row.ask.unit}）",
        due=_due,
        address=_address,
        all_of_them=lambda: reverse("ask-list"),
        group=Group.ASKED,
        day="ask__due_at__date",
        act=Act("答复", _address),
    ),
    Worklist(
        "portal.asks_answered",
        "待查收的答复",
        SENDS,
        confirmed_for,
        ledger="",
        text=lambda row: f"{row.unit}：{row.ask}",
        address=_address,
        all_of_them=lambda: reverse("ask-list"),
        group=Group.DECIDE,
        act=Act("查收", _address),
    ),
)
