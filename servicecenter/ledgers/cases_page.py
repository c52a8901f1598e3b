"""What the page of a case shows beyond its fields."""

from django.urls import reverse

from portal.ledgers.offers import offered
from portal.ledgers.presenting import detail_groups
from portal.ledgers.registry import ledgers
from portal.scope import access_of
from servicecenter.enums.catalogue import CaseKind
from servicecenter.models import Case
from servicecenter.selectors.cases_page import case_part, parts_for, way_of
from servicecenter.selectors.clock_working import working
from servicecenter.selectors.papers import paper_actions
from servicecenter.services.cases_guards import reopen_until
from servicecenter.workflow import CLERK, FINISHED, HANDLER, RUNNING

TOLD_BY_WAY = (
    *("number", "accepted_on", "receipt_on", "told_on", "missing", "supply_by"),
    *("turned_away_on", "turned_away_for", "sent_up_on", "street_received_on", "decided_on"),
    *("outcome", "decision", "replied_on", "reply_mode", "reply", "archived_on"),
)


def page_of_case(case: Case, request) -> dict:
    """The way, the steps taken, and what belongs to the case; with few queries, however long it is."""
    user, ledger = request.user, ledgers["cases"]
    access = access_of(user)
    clerk, handler = access.may(CLERK, case.unit_id), access.may(HANDLER, case.unit_id)
    steps = list(case.steps.filter(deleted_at__isnull=True).select_related("recorded_by"))
    parts = case.parts.filter(deleted_at__isnull=True).select_related("item__item")
    own, origin = detail_groups(ledger, case, user)
    return {
        "fields": [_plain(own), origin],
        "acts": ledger.actions(case, user),
        "offers": [*paper_actions(case, user), *offered(ledger.slug, case, user)],
        "way": way_of(case, steps),
        "steps": list(reversed(steps)),
        "facts": _facts(case),
        "given": list(case.given.filter(deleted_at__isnull=True)),
        "may_give": clerk,
        "hand_overs": _kept(case.hand_overs, "station", "handler", "from_station"),
        "pauses": _kept(case.pauses),
        "partners": _kept(case.partners, "station", "handler"),
        "partner_url": _partner_url(case, handler),
        "may_answer": handler,
        "children": [
            {"case": part, "url": ledger.url("detail", part)} for part in parts.order_by("pk")
        ],
        "parent": case.parent and {"case": case.parent, "url": ledger.url("detail", case.parent)},
        "further_url": _further_url(case, clerk),
        "more": parts_for(case, user),
    }


@case_part(10, "servicecenter/_case_clock.html")
def clock_part(case: Case, user) -> dict | None:
    """How the limit was reckoned, day by day."""
    clock = working(case)
    return {"clock": clock} if clock else None


def _kept(rows, *related) -> list:
    found = rows.filter(deleted_at__isnull=True)
    return list(found.select_related(*related) if related else found)


def _plain(group: dict) -> dict:
    """The fields of the application itself; what its steps left is told by the way."""
    labels = {str(Case._meta.get_field(name).verbose_name) for name in TOLD_BY_WAY}
    return group | {
        "title": "申请",
        "items": [item for item in group["items"] if item["label"] not in labels],
        "unfilled": [label for label in group["unfilled"] if label not in labels],
    }


def _partner_url(case: Case, handler: bool) -> str:
    """Who may ask a further station: for a joint item, or where others already handle along."""
    if not handler or case.state not in RUNNING or case.kind == CaseKind.ON_SPOT:
        return ""
    return reverse("case-partner", args=[case.pk])


def _further_url(case: Case, clerk: bool) -> str:
    """A further item of the same request: below the main case, of the same applicant."""
    main = case.parent or case
    if not clerk or main.state in FINISHED:
        return ""
    return f"{reverse('case-new')}?parent={main.pk}"


def _facts(case: Case) -> list[dict]:
    """What the steps left: limits, reasons and results, in the order of the way."""
    told = [
        ("办件编号", case.number),
        ("需要补正的内容", case.missing),
        ("补正期限", case.supply_by),
        (f"{case.get_state_display()}的理由", case.turned_away_for),
        ("承诺时限", _limit(case)),
        ("承诺办结日期", case.due_on),
        ("延期理由", case.extended_for),
        ("承办", _in_hands(case)),
        ("办理结果", case.get_outcome_display()),
        ("办理意见", case.decision),
        ("回复", case.reply and f"{case.get_reply_mode_display()}：{case.reply}"),
        ("重新办理", case.reopened_times and f"{case.reopened_on} 起，第 {case.reopened_times} 次"),
        ("可重新办理至", case.replied_on and reopen_until(case)),
    ]
    return [{"label": label, "value": value} for label, value in told if value]


def _limit(case: Case) -> str:
    if not case.accepted_on:
        return ""
    told = f"{case.promised_days} 个工作日" if case.promised_days else "当场办结"
    if case.extended_days:
        told += f"，延长 {case.extended_days} 个工作日"
    return told + (f"（法定 {case.legal_days} 个工作日）" if case.legal_days else "")


def _in_hands(case: Case) -> str:
    return " · ".join(str(each) for each in (case.station, case.handler) if each)
