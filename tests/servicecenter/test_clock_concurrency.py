"""Several at once: notices are not lost, and no case keeps a date of the calendar before."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connections

from portal.models import WorkNotice, WorkNoticeDay
from portal.roles import Role
from portal.scope import Access, scope, scope_of_units
from portal.workcalendar import jobs
from portal.workcalendar.days import Said
from portal.workcalendar.services import store_notice
from servicecenter.models import Case, CaseRedating
from servicecenter.services.clock import set_due
from tests import database
from tests.factories import cases

ACCEPTED = date(2026, 11, 26)
WAIT = 20  # seconds; only a broken lock needs them


@pytest.fixture
def case(transactional_db, community, acting):
    """A case of five days, due on 3 December 2026; what notices leave behind is taken away."""
    last = WorkNotice.objects.order_by("-pk").values_list("pk", flat=True)[0]
    with acting(community):
        made = cases.case(
            community, "handling", occurred_on=ACCEPTED, accepted_on=ACCEPTED, clock_from=ACCEPTED
        )
        set_due(made)
    yield made
    name = connections["default"].settings_dict["NAME"]
    with database.owner_connection(name) as connection:
        connection.execute("DELETE FROM servicecenter_caseredating")
        connection.execute("DELETE FROM portal_worknoticeday WHERE notice_id > %s", [last])
        connection.execute("DELETE FROM portal_worknotice WHERE id > %s", [last])


@pytest.fixture
def keeper(case, make_user, street):
    return make_user(Role.SYSTEM_ADMINISTRATOR, street)


def store(by, day):
    with scope(Access(by).scope()):
        return store_notice(
            source="local", year=2026, title="停办", days={day: Said(False, "停办")}, by=by
        )


def test_notices_stored_at_once_are_all_kept(case, keeper, acting):
    """Four closures, each of one day before the case is due: it ends four working days later."""
    closed = [date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2)]

    def one(day):
        try:
            return store(keeper, day).edition
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(closed)) as pool:
        editions = list(pool.map(one, closed))
    assert sorted(editions) == [1, 2, 3, 4]
    with acting(case.unit):
        assert Case.objects.get(pk=case.pk).due_on == date(2026, 12, 9)
        moves = list(CaseRedating.objects.order_by("pk").values_list("before", "after"))
    assert moves[0][0] == date(2026, 12, 3)
    assert moves[-1][1] == date(2026, 12, 9)
    assert [after for _, after in moves[:-1]] == [before for before, _ in moves[1:]]


def test_a_date_reckoned_before_the_notice_and_stored_after_it_is_found_by_the_job(
    case, keeper, acting
):
    """A clerk's act reads the old calendar, the notice is stored, the act commits; the job waits."""
    reckoned, stored = threading.Event(), threading.Event()

    def clerk():
        try:
            with scope(scope_of_units([case.unit_id], "command:test")):
                mine = Case.objects.get(pk=case.pk)
                mine.clock_from = mine.accepted_on = mine.occurred_on = date(2026, 11, 25)
                mine.save()
                assert set_due(mine) == date(2026, 12, 2)
                reckoned.set()
                assert stored.wait(WAIT)
        finally:
            reckoned.set()
            connections.close_all()

    def job(notice):
        try:
            return jobs.redate(notice=notice.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        acting_clerk = pool.submit(clerk)
        assert reckoned.wait(WAIT)
        notice = store_elsewhere(keeper)
        working = pool.submit(job, notice)
        with pytest.raises(TimeoutError):
            working.result(timeout=0.5)  # it waits for the clerk
        stored.set()
        acting_clerk.result()
        assert working.result() == {"servicecenter.cases": 1}
    with acting(case.unit):
        assert Case.objects.get(pk=case.pk).due_on == date(2026, 12, 3)


def store_elsewhere(keeper):
    """A notice by somebody in whose scope the case is not: its row is not waited for."""
    with scope(Access(keeper).scope()):
        notice = WorkNotice.objects.create(source="local", year=2026, title="停办")
        WorkNoticeDay.objects.create(notice=notice, day=date(2026, 12, 1), works=False)
    return notice
