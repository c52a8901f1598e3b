"""A closed period refuses writes except corrections with a reason, by trigger."""

from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.utils import timezone

from portal.closing import services
from portal.corrections import correcting
from portal.errors import PeriodClosed, translating
from portal.figures import Flow, Stock, figures
from portal.history import history_of
from portal.models import ClosedPeriod
from residents.models import Problem, Visit
from tests import factories
from tests.closing.conftest import YEAR

pytestmark = pytest.mark.django_db
IN, OUT = date(2025, 5, 6), date(2026, 1, 8)


@pytest.fixture
def visit(acting, community):
    with acting(community):
        return factories.visit(factories.resident(community), IN)


def refused(act) -> PeriodClosed | None:
    try:
        with translating(), transaction.atomic():
            act()
    except PeriodClosed as closed:
        return closed
    return None


def test_an_event_of_the_period_is_not_added_changed_moved_or_removed(
    visit, close_year, acting, community
):
    close_year()
    with acting(community):
        row = Visit.objects.get(pk=visit.pk)
        row.content = "改了内容"
        assert refused(row.save)
        row = Visit.objects.get(pk=visit.pk)
        row.occurred_on = OUT
        assert refused(row.save)
        closed = refused(lambda: factories.visit(visit.resident, IN))
        assert (closed.starts_on, closed.ends_on) == (YEAR.start, YEAR.end)
        assert refused(lambda: Visit.objects.filter(pk=visit.pk).update(deleted_at=timezone.now()))
        assert refused(Visit.objects.filter(pk=visit.pk).delete)


def test_what_lies_outside_is_free_but_not_into_the_period(visit, close_year, acting, community):
    close_year()
    with acting(community):
        later = factories.visit(visit.resident, OUT)
        later.content = "改了内容"
        assert not refused(later.save)
        later.occurred_on = IN
        assert refused(later.save)


def test_another_unit_is_not_touched(visit, close_year, acting, other_community):
    close_year()
    with acting(other_community):
        person = factories.resident(other_community)
        assert not refused(lambda: factories.visit(person, IN))


def test_what_goes_on_is_completed_later_but_keeps_its_days(acting, community, close_year):
    """A problem reported in the closed year is solved in the next one."""
    with acting(community):
        problem = factories.problem(community, IN)
    close_year()
    with acting(community):
        problem = Problem.objects.get(pk=problem.pk)
        problem.state, problem.closed_on, problem.result = "solved", OUT, "已修好。"
        assert not refused(problem.save)
        problem = Problem.objects.get(pk=problem.pk)
        problem.closed_on = IN
        assert refused(problem.save)
        problem = Problem.objects.get(pk=problem.pk)
        problem.occurred_on = OUT
        assert refused(problem.save)


def test_a_reason_lets_the_correction_through_and_stays_with_it(
    visit, close_year, acting, community
):
    close_year()
    with acting(community):
        row = Visit.objects.get(pk=visit.pk)
        with correcting("日期登记错误，按走访记录更正"):
            row.occurred_on = date(2025, 5, 7)
            row.save()
        newest = history_of(row)[0]
        assert newest.reason == "日期登记错误，按走访记录更正"
        assert refused(lambda: factories.visit(visit.resident, IN))  # only within the act


def test_opened_again_it_lets_everything_in(visit, close_year, acting, supervisor, community):
    row = close_year()
    with acting(supervisor):
        services.open_again(row, reason="更正全年走访记录", by=supervisor)
    with acting(community):
        assert not refused(lambda: factories.visit(visit.resident, IN))


def test_each_day_by_which_a_flow_counts_is_guarded():
    """A figure that counts by a column of its own model is not changed behind a closed period."""
    unguarded = {
        (figure.model._meta.label, figure.date)
        for figure in figures
        if isinstance(figure, Flow)
        and "__" not in figure.date
        and figure.date not in (getattr(figure.model, "closes", None) or NONE).days
    }
    assert unguarded <= SCHEDULED, sorted(unguarded - SCHEDULED)


def test_the_days_by_which_a_stock_stands_are_guarded():
    """期末 numbers of residents and their files hold; what other registers lack is known by name."""
    unguarded = {
        figure.model._meta.label
        for figure in figures
        if isinstance(figure, Stock)
        for day in (figure.starts, figure.ends)
        if "__" not in day
        and {day, STANDS_FOR.get(day)}.isdisjoint(
            (getattr(figure.model, "closes", None) or NONE).days
        )
    }
    assert unguarded == NOT_HELD


def test_what_stood_in_the_closed_year_is_not_begun_or_ended_in_it_later(
    acting, community, close_year
):
    with acting(community):
        person, other = factories.resident(community), factories.resident(community, "单小花")
        tag = factories.care_tag(person, starts_on=date(2024, 3, 1))
    close_year()
    with acting(community):
        tag.ends_on = date(2025, 12, 30)
        assert refused(tag.save)
        tag.refresh_from_db()
        tag.ends_on = OUT
        assert not refused(tag.save)
        assert refused(lambda: factories.care_tag(other, starts_on=IN))
        with correcting("补录上年认定的关爱对象"):
            assert not refused(lambda: factories.care_tag(other, starts_on=IN))


class NONE:
    days = ()


# A departure counts from the first day of absence, which follows the last day.
STANDS_FOR = {"ends_on": "left_on"}
NOT_HELD = {
    "disability.Certificate",
    "disability.CertificateApplication",
    "disability.GroupMembership",
    "disability.Incident",
    "disability.InterestGroup",
    "disability.Placement",
    "disability.Programme",
    "disability.ProviderService",
    "disability.RehabAgreement",
    "disability.RehabPlan",
    "disability.RehabWorker",
    "disability.Subsidy",
    "office.Agreement",
    "office.Campaign",
    "office.Channel",
    "office.Facility",
    "office.GroupMember",
    "office.Holding",
    "office.LeadingGroup",
    "office.NoticeBoard",
    "office.Post",
    "office.PostHolder",
    "office.Rule",
    "office.Station",
    "office.WorkPlan",
    "portal.Unit",
    "sanitation.BuybackTarget",
    "sanitation.CleanerLeave",
    "sanitation.DemoSite",
    "sanitation.EnforcementOperation",
    "sanitation.InspectionPoint",
    "sanitation.KeyUnit",
    "sanitation.Representative",
    "sanitation.SortingState",
    "servicecenter.Agent",
    "servicecenter.AgentGrid",
    "servicecenter.Commitment",
    "servicecenter.Disclosure",
    "servicecenter.HallWindow",
    "servicecenter.ItemVersion",
    "servicecenter.Redress",
    "servicecenter.Supervision",
    "volunteers.OrgMembership",
    "volunteers.Trainee",
    "volunteers.VolunteerInsurance",
    "volunteers.VolunteerOrg",
    "volunteers.VolunteerProject",
}


# Days that only plan: a task is due, a case should be done, and both are moved when plans change.
SCHEDULED = {("office.WorkTask", "due_on"), ("servicecenter.Case", "due_on")}


def test_every_column_named_exists():
    for model in apps.get_models():
        if stated := getattr(model, "closes", None):
            names = {field.name for field in model._meta.concrete_fields}
            assert {*stated.days, *(stated.fixed or ())} <= names, model


def test_the_row_of_a_closed_period_stays_as_it_was(close_year, acting, supervisor):
    row = close_year()
    with acting(supervisor):
        rows = ClosedPeriod.objects.filter(pk=row.pk)
        for act in (rows.delete, lambda: rows.update(ends_on=date(2025, 1, 2))):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                act()
        services.open_again(row, reason="更正全年走访记录", by=supervisor)
        assert rows.get().opened_for == "更正全年走访记录"


def test_the_reason_stands_only_on_rows_that_a_period_may_hold(visit, acting, community):
    with acting(community), correcting("按走访记录更正"):
        visit.content = "改了内容"
        visit.save()
        person = visit.resident
        person.name = "黄文法"
        person.save()
        assert history_of(visit)[0].reason == "按走访记录更正"
        assert history_of(person)[0].reason == ""
