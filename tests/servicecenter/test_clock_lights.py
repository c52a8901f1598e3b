"""Due dates as stored, lights and the cases at risk."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from servicecenter.enums.cases import CaseState as S
from servicecenter.enums.cases import Light, PauseReason
from servicecenter.enums.catalogue import CaseKind
from servicecenter.models import Case, CasePause
from servicecenter.selectors.clock import at_risk, light_of, overdue, with_light
from servicecenter.services.clock import set_due
from tests.factories import cases

pytestmark = pytest.mark.django_db
ACCEPTED = date(2025, 3, 4)  # a Tuesday; ten working days later it is Tuesday the 18th
LIMIT = 10


@pytest.fixture
def made(community, acting):
    with acting(community):
        item = cases.version(community, promised_days=LIMIT)
        yield lambda state=S.HANDLING, **fields: cases.case(community, state, item=item, **fields)


def test_set_due_after_acceptance_extension_pause_and_resumption(made):
    case = made()
    assert set_due(case) == date(2025, 3, 18)
    case.extended_days = 2
    case.save()
    assert set_due(case) == date(2025, 3, 20)
    pause = CasePause.objects.create(
        unit=case.unit, case=case, reason=PauseReason.NOTICE, evidence="公示", starts_on=ACCEPTED
    )
    assert set_due(case) is None
    assert Case.objects.get(pk=case.pk).due_on is None
    pause.ends_on = date(2025, 3, 11)
    pause.save()
    # 5, 6, 7 and 10 March stood.
    assert set_due(case) == date(2025, 3, 26)
    assert Case.objects.get(pk=case.pk).due_on == date(2025, 3, 26)


def test_set_due_is_none_before_acceptance_and_while_paused(made):
    assert set_due(made(S.REGISTERED)) is None
    assert set_due(made(S.PAUSED)) is None


def test_a_pause_in_the_bin_stops_nothing(made):
    case = made()
    CasePause.objects.create(
        unit=case.unit,
        case=case,
        reason=PauseReason.NOTICE,
        evidence="误登",
        starts_on=ACCEPTED,
        deleted_at=timezone.now(),
    )
    assert set_due(case) == date(2025, 3, 18)


def test_set_due_raises_no_version_where_nothing_changes(made):
    case = made()
    set_due(case)
    before = case.version
    set_due(case)
    assert Case.objects.get(pk=case.pk).version == before == case.version


def days(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_lights_by_day(made):
    """Ten days: yellow with two left (20 %), which are left from Friday the 14th on; red after the 18th."""
    case = made()
    set_due(case)
    told = {day: light_of(case, day) for day in days(ACCEPTED, date(2025, 3, 20))}
    assert {day for day in told if told[day] == Light.YELLOW} == set(
        days(date(2025, 3, 14), date(2025, 3, 18))
    )
    assert told[date(2025, 3, 13)] == Light.GREEN
    assert told[date(2025, 3, 19)] == Light.RED


def test_yellow_by_the_last_day_of_short_limits(made, community):
    short = cases.case(community, S.HANDLING, item=cases.version(community, promised_days=3))
    set_due(short)
    assert short.due_on == date(2025, 3, 7)
    told = [light_of(short, day) for day in days(ACCEPTED, date(2025, 3, 7))]
    assert told == [Light.GREEN, Light.GREEN, Light.YELLOW, Light.YELLOW]


@pytest.mark.parametrize("state", S)
def test_no_light_where_no_clock_runs(made, state):
    case = made(state)
    found = light_of(case, date(2025, 3, 5))
    if state == S.PAUSED:
        assert found == Light.STOPPED
    elif state in {S.ACCEPTED, S.ASSIGNED, S.HANDLING, S.SENT_UP, S.AT_STREET}:
        assert found == Light.GREEN
    else:
        assert found is None


def test_the_database_tells_the_same_lights(made, community):
    """Every state and limit on every day: the annotation says what ``light_of`` says."""
    for state in S:
        made(state)
    for limit in (0, 1, 3, 4, 5, 7, 14, 20, 25, 400):
        kind = CaseKind.PROMISED if limit else CaseKind.ON_SPOT
        item = cases.version(community, kind=kind, promised_days=limit)
        set_due(cases.case(community, S.HANDLING, item=item))
    stored = Case.objects.all()
    wrong = []
    for day in days(date(2025, 3, 3), date(2025, 4, 14)):
        for case in with_light(stored, day):
            if case.light != (light_of(case, day) or ""):
                wrong.append((day, case.limit_days, case.light))
    assert wrong == []


def test_lights_of_a_list_cost_one_question_beyond_the_list(made, django_assert_num_queries):
    made()
    with django_assert_num_queries(2):
        list(with_light(Case.objects.all(), date(2025, 3, 5)))


def test_at_risk_with_four_fifths_used(made):
    case = made()
    set_due(case)
    rows = Case.objects.all()
    found = [day for day in days(ACCEPTED, date(2025, 3, 20)) if at_risk(rows, day).exists()]
    assert found == days(date(2025, 3, 14), date(2025, 3, 18))
    late = [day for day in days(ACCEPTED, date(2025, 3, 20)) if overdue(rows, day).exists()]
    assert late == days(date(2025, 3, 19), date(2025, 3, 20))


def test_thresholds_are_settings(made, settings):
    case = made()
    set_due(case)
    settings.CASE_YELLOW_DAYS, settings.CASE_YELLOW_PERCENT = 4, 0
    settings.CASE_RISK_PERCENT = 50
    rows, day = Case.objects.all(), date(2025, 3, 12)
    assert light_of(case, day) == Light.YELLOW == with_light(rows, day).get().light
    assert light_of(case, date(2025, 3, 11)) == Light.GREEN
    assert at_risk(rows, date(2025, 3, 11)).exists()
    assert not at_risk(rows, date(2025, 3, 10)).exists()
