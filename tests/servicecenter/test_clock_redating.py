"""A new notice moves open cases: listed before, moved and logged then, elsewhere by the job."""

import uuid
from datetime import date

import pytest
from django.db import connection, transaction
from django.urls import reverse

from portal.models import Unit
from portal.models.units import UnitKind
from portal.roles import Role
from portal.workcalendar import jobs
from portal.workcalendar.days import Said
from portal.workcalendar.services import store_notice
from servicecenter.enums.cases import CaseState as S
from servicecenter.models import Case, CaseRedating
from servicecenter.services.clock import set_due
from servicecenter.workflow import UNACCEPTED
from tests.conftest import as_command
from tests.factories import cases
from tests.factories.people import resident

pytestmark = pytest.mark.django_db
ACCEPTED = date(2026, 11, 26)
DUE, LATER = date(2026, 12, 3), date(2026, 12, 4)
CLOSED = {date(2026, 12, 1): Said(False, "全市停电检修")}


@pytest.fixture
def keeper(make_user, street):
    return make_user(Role.SYSTEM_ADMINISTRATOR, street)


def accepted(unit, state=S.HANDLING, **fields):
    """A case of five days accepted on 26 November 2026, due on 3 December."""
    fields = {"occurred_on": ACCEPTED} | fields
    if state not in UNACCEPTED:
        day = fields["occurred_on"]
        fields = {"accepted_on": day, "clock_from": day} | fields
    made = cases.case(unit, state, **fields)
    set_due(made)
    return made


def store(by, days=CLOSED, **fields):
    fields = {"source": "local", "year": 2026, "title": "停电通知"} | fields
    return store_notice(days=days, by=by, **fields)


def due_of(case):
    return Case.objects.get(pk=case.pk).due_on


@pytest.fixture
def other_unit(district):
    """A community of another street, where the keeper keeps nothing."""
    with as_command():
        other = Unit.objects.create(
            kind=UnitKind.STREET, code="440103009000", name="远山街道", parent=district
        )
        return Unit.objects.create(
            kind=UnitKind.COMMUNITY, code="440103009001", name="远山社区", parent=other
        )


def test_the_page_lists_the_cases_before_and_moves_them_then(keeper, community, acting, client_of):
    with acting(community):
        applicant = resident(community, name="欧阳静怡")
        case = accepted(community, resident=applicant)
        settled = accepted(community, occurred_on=date(2026, 11, 20))
        assert (case.due_on, settled.due_on) == (DUE, date(2026, 11, 27))
    client, url = client_of(keeper), reverse("work-notice-add")
    data = {"source": "local", "year": "2026", "title": "停电通知", "days": "2026-12-01 停办 检修"}
    asked = client.post(url, data | {"_key": str(uuid.uuid4())})
    page = asked.content.decode()
    assert case.number in page
    assert community.name in page
    assert str(case.item.item) in page or case.item.item.name in page
    assert "2026-12-03" in page
    assert "2026-12-04" in page
    assert settled.number not in page
    assert "欧阳静怡" not in page
    assert "您范围以外单位" in page  # the district above
    with acting(community):
        assert due_of(case) == DUE
        assert not CaseRedating.objects.exists()
    answer = client.post(url, data | {"_key": str(uuid.uuid4()), "step": "confirm"})
    assert answer.status_code == 302
    with acting(community):
        assert due_of(case) == LATER
        moved = CaseRedating.objects.get()
        assert (moved.case, moved.before, moved.after) == (case, DUE, LATER)
        assert moved.by == f"王小明（{keeper.username}）"


@pytest.mark.parametrize("state", S)
def test_only_cases_whose_clock_runs_are_dated_anew(keeper, community, acting, state):
    with acting(community):
        case = accepted(community, state)
        before = case.due_on
    with acting(keeper):
        store(keeper)
    running = {S.ACCEPTED, S.ASSIGNED, S.HANDLING, S.SENT_UP, S.AT_STREET}
    with acting(community):
        assert due_of(case) == (LATER if state in running else before)
        assert CaseRedating.objects.count() == (state in running)


def test_a_notice_of_the_next_year_settles_what_was_provisional(keeper, community, acting):
    """25 December + 7 was due on 6 January 2027; the notice gives 4 January off."""
    day = date(2026, 11, 20)
    with acting(community):
        item = cases.version(community, promised_days=31)
        case = accepted(community, item=item, occurred_on=day)
        assert case.due_on == date(2027, 1, 5)
    with acting(keeper):
        days = {date(2027, 1, n): Said(False, "元旦") for n in (1, 2, 3, 4)}
        store(keeper, days, source="national", year=2027)
    with acting(community):
        assert due_of(case) == date(2027, 1, 6)


def test_cases_elsewhere_are_moved_by_the_job(keeper, other_unit, acting):
    with acting(other_unit):
        case = accepted(other_unit)
    with acting(keeper):
        notice = store(keeper)
    with acting(other_unit):
        assert due_of(case) == DUE
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (args->>'notice')::int FROM procrastinate_jobs WHERE task_name = 'redate'"
        )
        assert cursor.fetchall() == [(notice.pk,)]
    assert jobs.redate(notice=notice.pk) == {"servicecenter.cases": 1}
    assert jobs.redate(notice=notice.pk) == {"servicecenter.cases": 0}
    with acting(other_unit):
        assert due_of(case) == LATER
        moved = CaseRedating.objects.get()
        assert (moved.before, moved.after, moved.by) == (DUE, LATER, "后台任务")


def test_many_cases_are_moved_in_portions(keeper, other_unit, acting, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    with acting(other_unit):
        item = cases.version(other_unit)
        made = [accepted(other_unit, item=item) for _ in range(5)]
    with acting(keeper):
        notice = store(keeper)
    assert jobs.redate(notice=notice.pk) == {"servicecenter.cases": 5}
    with acting(other_unit):
        assert {due_of(case) for case in made} == {LATER}


@pytest.mark.parametrize("statement", ["UPDATE {} SET by = ''", "DELETE FROM {}"])
def test_the_log_is_only_added_to(community, acting, statement):
    with (
        acting(community),
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
    ):
        connection.cursor().execute(statement.format("servicecenter_caseredating"))
