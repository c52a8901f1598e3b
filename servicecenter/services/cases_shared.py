"""The shared row 申请 that a case was begun from: it tells what became of it, as other departments see it."""

from residents.enums import ApplicationState as A
from residents.workflow import DECIDED
from servicecenter.enums.cases import CaseState as S
from servicecenter.enums.cases import Outcome
from servicecenter.models import Case

BY_STATE = {
    S.REGISTERED: A.PENDING,
    S.SUPPLEMENT: A.PENDING,
    S.REFUSED: A.REFUSED,
    S.CANCELLED: A.WITHDRAWN,
    S.SENT_UP: A.REVIEWING,
    S.AT_STREET: A.REVIEWING,
}
BY_OUTCOME = {
    Outcome.GRANTED: A.APPROVED,
    Outcome.DENIED: A.REFUSED,
    Outcome.ENDED: A.WITHDRAWN,
    Outcome.WITHDRAWN: A.WITHDRAWN,
}


def follow(case: Case) -> None:
    """Let the application stand as the case does, unless another department carries it."""
    shared = case.application
    if shared is None or _is_carried_elsewhere(shared):
        return
    state = BY_OUTCOME[case.outcome] if case.outcome else BY_STATE.get(case.state, A.ACCEPTED)
    day = case.decided_on or case.turned_away_on
    decided_on = max(day, shared.occurred_on) if state in DECIDED else None
    if (shared.state, shared.decided_on) == (state, decided_on):
        return
    shared.state, shared.decided_on = state, decided_on
    if state != A.APPROVED:
        shared.amount = None
    shared.save()


def _is_carried_elsewhere(shared) -> bool:
    for relation in shared._meta.related_objects:
        other = relation.related_model
        extends = relation.one_to_one and other is not Case and hasattr(other, "deleted_at")
        rows = other._default_manager.filter(**{relation.field.name: shared}) if extends else None
        if rows is not None and rows.exists():
            return True
    return False
