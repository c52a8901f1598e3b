"""What orders and their rounds tell: the community what it is to mend, the keeper what is to be rechecked."""

from collections.abc import Sequence
from itertools import groupby

from django.urls import reverse

from portal.notifying import holders, notify
from sanitation.models import RectificationOrder, RectificationRound
from sanitation.workflow import ANSWER, EDIT


def _url(order: RectificationOrder) -> str:
    return reverse("ledger-detail", args=["rectification-orders", order.pk])


def tell_issued(orders: Sequence[RectificationOrder], by) -> None:
    """One message for each community, however many orders it got at once."""
    by_community = sorted(orders, key=lambda order: (order.community_id, order.pk))
    for community, found in groupby(by_community, key=lambda order: order.community_id):
        found = list(found)
        first = min(found, key=lambda order: order.due_on)
        more = f"等{len(found)}张整改单" if len(found) > 1 else ""
        notify(
            "rectification.issued",
            to=holders(ANSWER, community),
            url=_url(first) if not more else reverse("ledger-list", args=["rectification-orders"]),
            unit=community,
            by=by,
            orders=f"{first}{more}",
            due=f"{first.due_on.month}月{first.due_on.day}日",
        )


def tell_reported(round_: RectificationRound, by) -> None:
    order = round_.order
    notify(
        "rectification.reported",
        to=holders(EDIT, order.unit_id),
        url=_url(order),
        unit=order.community_id,
        by=by,
        community=order.community,
        order=order,
    )


def tell_rechecked(round_: RectificationRound, by) -> None:
    order = round_.order
    notify(
        "rectification.rechecked",
        to=holders(ANSWER, order.community_id),
        url=_url(order),
        unit=order.community_id,
        by=by,
        order=order,
        result="通过，已销号" if round_.passed else "未通过，请继续整改",
    )
