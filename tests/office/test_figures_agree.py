"""The office's figures: read, evidence, by unit, by month and by category tell the same number."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal.figures import figures
from portal.ledgers import ledgers
from portal.periods import Period
from portal.roles import DOMAINS, Role
from portal.scope import below
from tests import factories
from tests.portal.test_figures_agree import (
    check_evidence,
    check_parts,
    check_screens,
    reader,
    undone,
)

office = factories.office
tags = st.lists(st.sampled_from(sorted(DOMAINS)), unique=True, min_size=1, max_size=2)
days = st.dates(date(2024, 11, 1), date(2026, 2, 1))
MAKERS = {
    "tasks": lambda unit, day, domains, n: office.work_task(
        office.work_plan(unit, domains=domains),
        starts_on=day,
        due_on=day + timedelta(days=n),
        done_on=day + timedelta(days=2 * n) if n % 2 else None,
    ),
    "schedule": lambda unit, day, domains, n: office.scheduled_event(
        unit, domains=domains, planned_on=day, held_on=day + timedelta(days=n) if n % 3 else None
    ),
    "purchases": lambda unit, day, domains, n: office.purchase(
        unit, domains=domains, occurred_on=day, amount=n * 100
    ),
    "facilities": lambda unit, day, domains, n: office.facility(
        unit, domains=domains, built_on=day, opened_on=day + timedelta(days=n), area=n
    ),
    "rules": lambda unit, day, domains, n: office.rule_evidence(
        office.rule(unit, domains=domains, starts_on=day), occurred_on=day + timedelta(days=n)
    ),
    "surveys": lambda unit, day, domains, n: office.survey(unit, domains=domains, occurred_on=day),
    "progress": lambda unit, day, domains, n: office.progress(
        office.indicator(office.campaign(unit, domains=domains, starts_on=day)),
        occurred_on=day + timedelta(days=n),
        value=n,
    ),
    "agreements": lambda unit, day, domains, n: office.agreement(
        office.partner(unit, name=f"单位{n}{day}", domains=domains),
        starts_on=day,
        ends_on=day + timedelta(days=9 * n),
    ),
    "documents": lambda unit, day, domains, n: office.incoming_document(
        unit, domains=domains, occurred_on=day, done_on=day + timedelta(days=n)
    ),
}
facts = st.tuples(
    st.sampled_from(sorted(MAKERS)),
    st.sampled_from(["community", "other_community", "street"]),
    days,
    tags,
    st.integers(0, 14),
    st.integers(0, 4),
)


@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(facts, min_size=4, max_size=12, unique_by=lambda fact: (fact[1], fact[2])), days)
def test_every_place_that_tells_an_office_figure_tells_the_same(
    acting, street, community, other_community, made, first
):
    units = {"street": street, "community": community, "other_community": other_community}
    ours = [figure for figure in figures if figure.code.startswith("office.")]
    with acting(street), undone():
        for kind, place, day, domains, number, deleted in made:
            row = MAKERS[kind](units[place], day, domains, number)
            if not deleted:
                row.deleted_at = timezone.now()
                row.save(update_fields=["deleted_at"])
        period = Period(first, first + timedelta(days=70))
        within, read = below([street.pk]), reader()
        check_evidence(read, within, period, ours)
        check_parts(read, within, period, ours)


@pytest.mark.django_db
def test_the_footers_tell_the_figures_of_the_list(acting, make_user, street, community):
    supervisor = make_user(Role.STREET_SUPERVISOR, street)
    with acting(street):
        office.one_of_each(community)
    with acting(supervisor):
        ours = [each for each in ledgers if each.domain == "office"]
        check_screens(reader(), supervisor, community, Period.parse("2025"), ours)


@pytest.mark.django_db
def test_the_office_has_a_figure_for_each_ledger_that_counts(acting, community):
    """Every ledger but the two that are not counted (evaluations, typed totals) tells a figure."""
    silent = {each.slug for each in ledgers if each.domain == "office" and not each.footer}
    assert silent == {"staff-evaluations", "historic-totals", "facility-zones"}
