"""What waits: numbers that the street wants, at the community; answers to be looked at, at the street."""

from django.urls import reverse
from django.utils import timezone

from portal.asks.deadlines import told
from portal.asks.reading import confirmed_for, due_in
from portal.asks.workflow import ANSWERS, SENDS, AnswerState
from portal.worklists import Act, Group, Worklist, register


def _address(row) -> str:
    return reverse("ask-answer", args=[row.pk])


def _due(row) -> str:
    """The moment; that its hour is over is told on its own day, of later days the light tells it."""
    due, now = timezone.localtime(row.ask.due_at), timezone.localtime()
    over = due < now and due.date() == now.date()
    return f"{told(due)}{'（时间已过）' if over else ''}"


def _waiting(state):
    """The answers in this state, by deadline."""
    return lambda units: due_in(units).filter(state=state)


def to_give(code, title, state, **more) -> Worklist:
    """Answers that the community gives, whatever the street did with an earlier one."""
    return Worklist(
        f"portal.{code}",
        title,
        ANSWERS,
        _waiting(state),
        ledger="",
        text=lambda row: f"{row.ask}（{row.ask.unit}）",
        due=_due,
        address=_address,
        all_of_them=lambda: reverse("ask-list"),
        day="ask__due_at__date",
        **more,
    )


register(
    to_give(
        "asks_due", "街道要数", AnswerState.WAITING, group=Group.ASKED, act=Act("答复", _address)
    ),
    to_give(
        "asks_returned",
        "退回的街道要数",
        AnswerState.RETURNED,
        group=Group.BACK,
        act=Act("重新答复", _address),
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
