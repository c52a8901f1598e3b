"""The page of an order: where it stands, and the photos before and after side by side."""

from django.db.models import Q

from portal.attachments.showing import shown_files
from portal.ledgers.presenting import page_of
from portal.ledgers.registry import ledger_for, ledgers
from sanitation.enums.rectification import OrderState
from sanitation.models import Finding, RectificationOrder
from sanitation.selectors.rectification import (
    is_in_time,
    is_late,
    rounds_of,
    state_of,
    told_left,
)

TONES = {
    OrderState.OPEN: ("info", "clock"),
    OrderState.REPORTED: ("warn", "eye"),
    OrderState.AGAIN: ("bad", "restore"),
    OrderState.CLOSED: ("good", "circle-check"),
}
BEFORE, AFTER = "整改前", "整改后"
RECHECKED = {True: ("good", "复查通过"), False: ("bad", "复查未通过"), None: ("warn", "待复查")}


def look(order) -> dict:
    """The state set off; a late one in red, whatever it is."""
    tone, icon = TONES[state_of(order)]
    if is_late(order):
        tone, icon = "bad", "alert-triangle"
    return {"badge": tone, "icon": icon}


def told_state(order) -> str:
    """待整改（超期 4 天）."""
    label = state_of(order).label
    return f"{label}（{told_left(order)}）" if is_late(order) else label


def photos_of(ledger, record) -> list[dict]:
    return [i for i in shown_files(ledger, record, may_edit=False)["items"] if i["thumbnail"]]


def by_caption(photos: list[dict]) -> dict[str, list[dict]]:
    """Those whose caption begins with 整改前 or 整改后; others stand among the files alone."""
    return {
        "before": [p for p in photos if p["row"].caption.startswith(BEFORE)],
        "after": [p for p in photos if p["row"].caption.startswith(AFTER)],
    }


def order_page(ledger, order, user) -> dict:
    """What the template needs beyond the ordinary: before (the finding's photos and the order's own)
    and each round with its photos."""
    finding, before = order.finding, []
    findings = ledger_for(Finding, "sanitation")
    if finding is not None and findings is not None:
        before += photos_of(findings, finding)
    before += photos_of(ledger, order)
    rounds = [_round(row) for row in rounds_of(order)]
    return {
        "state": {"value": told_state(order), **look(order)},
        "left": told_left(order),
        "before": before,
        "rounds": rounds,
        "source": _source(finding, ledger, user),
        "repeats": _repeats(finding) if finding else [],
        "in_time": is_in_time(order),
    }


def _round(row) -> dict:
    tone, words = RECHECKED[row.passed]
    return {
        "row": row,
        "url": ledgers["rectification-rounds"].url("detail", row),
        "photos": photos_of(ledgers["rectification-rounds"], row),
        "tone": tone,
        "words": words,
    }


def _source(finding, ledger, user) -> dict | None:
    """The inspection that found it, with its page where the user has one."""
    if finding is None:
        return None
    inspection = finding.inspection
    return {
        "told": f"{inspection.occurred_on} {inspection.get_kind_display()}",
        "who": inspection.inspectors,
        "url": page_of(finding, ledger.domain, user) or page_of(inspection, ledger.domain, user),
    }


def _repeats(finding) -> list[str]:
    """Other findings of the same problem: it counts once, and is put right by this order."""
    rows = Finding.objects.kept().filter(same_as=finding).select_related("inspection")
    return [f"{row.occurred_on} {row.inspection.get_kind_display()}" for row in rows]


def found_orders(unit, number: str):
    """Orders of this number that the unit keeps, or that are about it."""
    mine = Q(unit=unit) | Q(community=unit)
    return RectificationOrder.objects.kept().filter(mine, number=number)
