"""What is told of cases and supervisions: to the account of the handler, to the head, to the street."""

from django.urls import reverse

from portal.models import User
from portal.notifying import holders, notify
from servicecenter.enums.supervision import SupervisionLevel
from servicecenter.models import Case, Supervision
from servicecenter.workflow import SUPERVISOR

L = SupervisionLevel
ASSIGNING = frozenset({"assign", "transfer"})


def _handlers(case: Case) -> list[User]:
    account = case.handler and case.handler.user
    return [account] if account else []


def tell_assigned(case: Case, by) -> None:
    url = reverse("ledger-detail", args=["cases", case.pk])
    notify("cases.assigned", to=_handlers(case), url=url, unit=case.unit_id, by=by, case=case)


def _asked(supervision: Supervision) -> list[User]:
    """Whose turn it is at the level: the handler, the head of the unit, the street's supervisors."""
    case, unit = supervision.case, supervision.unit
    match supervision.level:
        case L.HANDLER:
            return _handlers(case)
        case L.HEAD:
            return holders(SUPERVISOR, unit.pk)
    return holders(SUPERVISOR, unit.parent_id or unit.pk)


def tell_supervised(supervision: Supervision, *, by=None) -> None:
    notify(
        "cases.supervised",
        to=_asked(supervision),
        url=reverse("ledger-detail", args=["supervisions", supervision.pk]),
        unit=supervision.unit_id,
        by=by,
        case=supervision.case,
        reason=supervision.get_trigger_display(),
    )


def tell_escalated(supervision: Supervision, *, by=None) -> None:
    notify(
        "cases.escalated",
        to=_asked(supervision),
        url=reverse("ledger-detail", args=["supervisions", supervision.pk]),
        unit=supervision.unit_id,
        by=by,
        case=supervision.case,
        level=supervision.get_level_display(),
    )
