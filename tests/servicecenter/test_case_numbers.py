"""Numbers of cases under load: without gaps, never twice, by the year in Shanghai."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connections, transaction
from django.utils import timezone

from portal.models import Serial
from portal.roles import Role
from portal.scope import Access, scope
from servicecenter.enums.cases import CaseState as S
from servicecenter.models import Case
from servicecenter.services.cases import act
from tests.factories import cases
from tests.servicecenter.casework import given, recent, today

CLERKS = 50
CLIENTS, TRIES = 32, 10  # of SECURITY row 30


@pytest.mark.django_db(transaction=True)
def test_fifty_clerks_accept_at_once(acting, make_user, community):
    clerk = make_user(Role.WINDOW_CLERK, community)
    with acting(community):
        cases.hall(community, "春明代办")
        version = cases.version(community)
        person = recent(community, item=version).resident
        keys = [recent(community, item=version, resident=person).pk for _ in range(CLERKS)]
    to, start = Access(clerk).scope(), Barrier(CLERKS)

    def accept(key):
        try:
            with scope(to):
                case = Case.objects.get(pk=key)
                start.wait(timeout=60)
                return act(case, "accept", given("accept"), by=clerk).number_serial
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CLERKS) as pool:
        serials = list(pool.map(accept, keys))

    assert sorted(serials) == list(range(1, CLERKS + 1))
    with acting(community):
        assert Serial.objects.get(series="case").last == CLERKS
        numbers = Case.objects.filter(pk__in=keys).values_list("number", flat=True)
        assert len(set(numbers)) == CLERKS


@pytest.mark.django_db(transaction=True)
def test_a_tenth_rolled_back_at_once_leaves_no_gap(acting, make_user, community):
    """SECURITY row 30: numbers are 1, 2, 3 … though clients that go on beside each other give up."""
    clerk = make_user(Role.WINDOW_CLERK, community)
    with acting(community):
        cases.hall(community, "春明代办")
        version = cases.version(community)
        person = recent(community, item=version).resident
        keys = [
            [recent(community, item=version, resident=person).pk for _ in range(TRIES)]
            for _ in range(CLIENTS)
        ]
    to = Access(clerk).scope()

    def accept(mine):
        try:
            kept = []
            for number, key in enumerate(mine):
                with scope(to), transaction.atomic():
                    case = act(Case.objects.get(pk=key), "accept", given("accept"), by=clerk)
                    if number == TRIES // 2:
                        transaction.set_rollback(True)
                    else:
                        kept.append(case.number_serial)
            return kept
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CLIENTS) as pool:
        serials = [serial for kept in pool.map(accept, keys) for serial in kept]

    assert sorted(serials) == list(range(1, CLIENTS * (TRIES - 1) + 1))


@pytest.mark.django_db
class TestOne:
    @pytest.fixture
    def clerk(self, make_user, community):
        return make_user(Role.WINDOW_CLERK, community)

    def test_a_rolled_back_acceptance_leaves_no_gap(self, acting, clerk, community):
        with acting(clerk):
            cases.hall(community)
            first, second = recent(community), recent(community)
            with transaction.atomic():
                assert act(first, "accept", given("accept"), by=clerk).number_serial == 1
                transaction.set_rollback(True)
            assert act(second, "accept", given("accept"), by=clerk).number_serial == 1
            assert act(first, "accept", given("accept"), by=clerk).number_serial == 2

    def test_what_is_refused_takes_no_number(self, acting, clerk, community):
        with acting(clerk):
            cases.hall(community)
            case = recent(community)
            with pytest.raises(ValidationError):
                act(case, "accept", given("accept", accepted_on=date(2099, 1, 1)), by=clerk)
            assert not Serial.objects.filter(series="case").exists()

    def test_without_a_hall_the_remedy_is_named(self, acting, clerk, community):
        with acting(clerk):
            case = recent(community)
            with pytest.raises(ValidationError) as refused:
                act(case, "accept", given("accept"), by=clerk)
            assert "服务大厅" in refused.value.messages[0]

    def test_the_year_is_that_of_shanghai(self, acting, clerk, community, monkeypatch):
        new_year = datetime(2026, 1, 1, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
        assert new_year.astimezone(ZoneInfo("UTC")).year == 2025
        with acting(clerk):
            cases.hall(community)
            case = cases.case(community, S.REGISTERED, occurred_on=date(2025, 12, 31))
            monkeypatch.setattr(timezone, "now", lambda: new_year)
            accepted = act(case, "accept", given("accept", accepted_on=today()), by=clerk)
        assert (accepted.number_year, accepted.accepted_on) == (2026, date(2026, 1, 1))
