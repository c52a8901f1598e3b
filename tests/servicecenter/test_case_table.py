"""Every (state, action, role) triple, against a table written by hand and not derived from the workflow."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from portal.models import User
from portal.roles import Role
from portal.scope import Denied
from servicecenter.enums.cases import CaseState as S
from servicecenter.models import Case, CaseStep
from servicecenter.services.cases import act
from servicecenter.workflow import CASE
from tests.factories import cases
from tests.servicecenter.casework import WHY, given, on_spot, recent

pytestmark = pytest.mark.django_db

CLERKS = {Role.COMMUNITY_STAFF, Role.WINDOW_CLERK}
HANDLERS = {Role.COMMUNITY_STAFF, Role.STATION_HANDLER}
STREET = {Role.STREET_SECTION}
SUPERVISORS = {Role.COMMUNITY_HEAD, Role.STREET_SECTION, Role.STREET_SUPERVISOR}

AT_STREET = "paused at the street"
# Where it stands: {what may be done: (by whom, where it then stands)}; all else is refused to all.
TABLE = {
    S.REGISTERED: {
        "accept": (CLERKS, S.ACCEPTED),
        "at_once": (CLERKS, S.REPLIED),
        "supplement": (CLERKS, S.SUPPLEMENT),
        "refuse": (CLERKS, S.REFUSED),
        "cancel": (CLERKS, S.CANCELLED),
    },
    S.SUPPLEMENT: {
        "accept": (CLERKS, S.ACCEPTED),
        "refuse": (CLERKS, S.REFUSED),
        "cancel": (CLERKS, S.CANCELLED),
    },
    S.REFUSED: {},
    S.CANCELLED: {},
    S.ACCEPTED: {
        "assign": (CLERKS, S.ASSIGNED),
        "withdraw": (CLERKS, S.DECIDED),
        "pause": (HANDLERS, S.PAUSED),
        "extend": (SUPERVISORS, S.ACCEPTED),
    },
    S.ASSIGNED: {
        "take": (HANDLERS, S.HANDLING),
        "return": (HANDLERS, S.ACCEPTED),
        "withdraw": (CLERKS, S.DECIDED),
        "pause": (HANDLERS, S.PAUSED),
        "extend": (SUPERVISORS, S.ASSIGNED),
    },
    S.HANDLING: {
        "transfer": (HANDLERS, S.ASSIGNED),
        "send_up": (HANDLERS, S.SENT_UP),
        "decide": (HANDLERS, S.DECIDED),
        "withdraw": (CLERKS, S.DECIDED),
        "pause": (HANDLERS, S.PAUSED),
        "extend": (SUPERVISORS, S.HANDLING),
    },
    S.SENT_UP: {
        "receive": (STREET, S.AT_STREET),
        "send_back": (STREET, S.HANDLING),
        "withdraw": (CLERKS, S.DECIDED),
        "pause": (HANDLERS, S.PAUSED),
        "extend": (SUPERVISORS, S.SENT_UP),
    },
    S.AT_STREET: {
        "send_back": (STREET, S.HANDLING),
        "approve": (STREET, S.DECIDED),
        "withdraw": (CLERKS, S.DECIDED),
        "pause": (STREET, S.PAUSED),
        "extend": (SUPERVISORS, S.AT_STREET),
    },
    S.PAUSED: {"resume": (HANDLERS, S.HANDLING), "withdraw": (CLERKS, S.DECIDED)},
    AT_STREET: {"resume": (STREET, S.AT_STREET), "withdraw": (CLERKS, S.DECIDED)},
    S.DECIDED: {"reply": (CLERKS, S.REPLIED)},
    S.REPLIED: {"archive": (CLERKS, S.ARCHIVED), "reopen": (CLERKS, S.HANDLING)},
    S.ARCHIVED: {"reopen": (CLERKS, S.HANDLING)},
}
STANDINGS = tuple(TABLE)


class Undo(Exception):
    """Takes a step back that was only tried."""


def standing(unit, where) -> Case:
    """A case as the table names it, with which each step of its state can be taken."""
    if where == S.REGISTERED:
        return on_spot(unit)
    if where == AT_STREET:
        return recent(unit, S.PAUSED, paused_from=S.AT_STREET)
    return recent(unit, where)


@pytest.fixture
def staff(make_user, community, street):
    """One account for each role: the street's roles at the street."""
    at_street = {Role.STREET_SECTION, Role.STREET_SUPERVISOR}
    return {role: make_user(role, street if role in at_street else community) for role in Role}


def test_the_table_names_every_state_and_action():
    named = {name for actions in TABLE.values() for name in actions}
    assert named == set(CASE.steps)
    assert {*STANDINGS} == {*S, AT_STREET}


@pytest.mark.parametrize("where", STANDINGS)
def test_every_action_by_every_role(acting, street, community, staff, where):
    with acting(street):
        cases.hall(community)
        case, station = standing(community, where), cases.station(community)
        for name in CASE.steps:
            allowed, target = TABLE[where].get(name, (set(), None))
            for role, user in staff.items():
                told = tried(case, name, station, user)
                triple = (str(where), name, str(role))
                if role in allowed:
                    assert told == target, (*triple, getattr(told, "words", ""))
                else:
                    assert isinstance(told, Refused), triple
                    assert told.words, triple
        untouched = Case.objects.get(pk=case.pk)
        assert (untouched.state, untouched.version) == (case.state, case.version)
        assert not CaseStep.objects.exists()


class Refused:
    def __init__(self, words):
        self.words = words


def tried(case, name, station, user: User):
    """The state that the step led to, or why it was refused; either is taken back."""
    found = None
    try:
        with transaction.atomic():
            found = act(case, name, given(name, station), WHY, by=user).state
            raise Undo
    except Undo:
        return found
    except Denied as denial:
        assert not CaseStep.objects.exists()
        return Refused(str(denial))
    except ValidationError as error:
        assert not CaseStep.objects.exists()
        return Refused(error.messages)
