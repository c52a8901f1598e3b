"""What is due in treatment and care, and what outline F tells of it (S7-4 … S7-11)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.periods import Period
from portal.roles import Role
from portal.summaries import outlines
from portal.worklists import worklists
from reports.compose import compose
from tests import factories
from tests.factories import conditions as made
from tests.factories import devices

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")


@pytest.fixture
def person(acting, community):
    with acting(community):
        who = factories.resident(community)
        factories.disability_file(who)
        return who


def due(code, community):
    return list(worklists[f"disability.{code}"].rows(frozenset([community.pk])))


def told(kind, part, unit) -> str:
    """The stored text of a part of the draft: tokens unfilled."""
    draft = compose(outlines[kind], unit, YEAR)
    return {section.key: section.text for section in draft.sections}.get(part, "")


def test_appointments_that_ask_for_something(acting, community, person):
    today = timezone.localdate()
    other_day = today - timedelta(days=5)
    with acting(community):
        tomorrow = made.appointment(person, planned_on=today + timedelta(days=1))
        made.appointment(person, planned_on=today + timedelta(days=2))
        past = made.appointment(person, planned_on=today - timedelta(days=1))
        other = factories.resident(community, "韦英")
        missed = made.appointment(other, planned_on=other_day, state="missed", note="下雨")
        assert due("appointments_soon", community) == [tomorrow]
        assert due("appointments_unsettled", community) == [past]
        assert due("appointments_missed", community) == [missed]
        made.appointment(other, planned_on=today + timedelta(days=9))  # arranged anew
        assert due("appointments_missed", community) == []


def test_what_lasts_or_waits_too_long(acting, community, person):
    today = timezone.localdate()
    long_ago, lately = today - timedelta(days=100), today - timedelta(days=20)
    with acting(community):
        sore = made.complication(person, found_on=long_ago)
        made.complication(person, kind="lung", found_on=lately)
        made.complication(person, kind="fall", found_on=long_ago, resolved_on=lately)
        waits = made.referral(person, occurred_on=long_ago)
        made.referral(person, occurred_on=long_ago, state="referred", referred_on=lately)
        first = made.outcome(person, occurred_on=long_ago)
        assert due("complications_lasting", community) == [sore]
        assert due("referrals_waiting", community) == [waits]
        assert due("outcomes_due", community) == [first]
        made.outcome(person, occurred_on=lately)
        assert due("outcomes_due", community) == []


def test_who_came_leads_to_the_service_that_was_given(
    acting, client_of, make_user, community, person
):
    client = client_of(make_user(Role.REHABILITATION_WORKER, community))
    with acting(community):
        came = made.appointment(person, state="kept")
        planned = made.appointment(person, planned_on=date(2025, 3, 11))
    link = f"/ledger/rehab-services/add/?resident={person.pk}&amp;occurred_on=2025-03-10"
    assert link in client.get(f"/ledger/therapy-appointments/{came.pk}/").content.decode()
    page = client.get(f"/ledger/therapy-appointments/{planned.pk}/").content.decode()
    assert "/ledger/rehab-services/add/?" not in page


def test_outline_f_tells_of_treatment_care_devices_and_their_effect(acting, community, person):
    with acting(community):
        assert "{disability.treatments}" not in told("F", "services", community)
        sore = made.complication(person, found_on=date(2024, 12, 1), resolved_on=date(2025, 6, 1))
        made.treatment(
            person,
            complication=sore,
            result="创面缩小",
            highlight=True,
            occurred_on=date(2025, 4, 2),
        )
        made.nursing_advice(person)
        made.carer_training(person)
        made.appointment(person, state="kept")
        made.outcome(person, scale="confidence", value=2)
        made.outcome(person, scale="confidence", value=4, occurred_on=date(2025, 9, 1))
        for name in ("盲杖", "大腿假肢", "助听器"):
            devices.training(person, name)
        services, outcomes = told("F", "services", community), told("F", "outcomes", community)
    for code in (
        *("treatments", "nursing_advice", "nursing_items", "carers_trained"),
        *("appointment_attendance", "cane_trainings", "prosthesis_trainings"),
        "hearing_aid_training_persons",
    ):
        assert f"{{disability.{code}}}" in services
    assert "4月2日，业务骨干针对压疮进行清创换药，创面缩小。" in services
    for code in ("complications_resolved", "complication_rate_before", "improvement_rate"):
        assert f"{{disability.{code}}}" in outcomes
    assert "自尊、自信、自强、自立" in outcomes
    assert person.name not in services + outcomes
