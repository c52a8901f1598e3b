"""Each quality rule of enforcement and campaigns finds the row that breaks it, and worklists what is due."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.quality import rules
from portal.worklists import worklists
from sanitation.enums.enforcement import Handling, TargetKind
from tests.factories import sanitation_market as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.mark.parametrize("code", make.BROKEN)
def test_rule_finds_the_row_that_breaks_it(code, community, other_community, street, acting):
    with acting(street):
        row = make.BROKEN[code](community)
        assert list(rules[code].rows(frozenset({community.pk}))) == [row]
        assert not rules[code].rows(frozenset({other_community.pk})).exists()


def test_what_is_sound_breaks_none(community, acting):
    with acting(community):
        whole = make.operation(community)
        once = make.action(community, operation=whole)
        make.item(once, area=1320)
        make.item(once, TargetKind.STALL, 70, handling=Handling.PERSUADED)
        make.complete_cleanup(community)
        make.solved(community, replied_on=make.DAY + timedelta(days=6))
        make.task(make.plan(community))
        units = frozenset({community.pk})
        found = {code: list(rules[code].rows(units)) for code in make.BROKEN}
        assert {code: rows for code, rows in found.items() if rows} == {}


class TestWorklists:
    def found(self, code, unit):
        return list(worklists[f"sanitation.{code}"].rows(frozenset({unit.pk})))

    def test_actions_without_items(self, community, acting):
        with acting(community):
            bare = make.action(community, TODAY - timedelta(days=3))
            make.item(make.action(community, TODAY - timedelta(days=2)))
            make.action(community, TODAY - timedelta(days=200), title="很久以前")
            assert self.found("enforcement_without_items", community) == [bare]

    def test_items_ordered_a_week_ago(self, community, acting):
        with acting(community):
            once = make.action(community, TODAY - timedelta(days=7))
            due = make.item(once, handling=Handling.ORDERED)
            make.item(once, handling=Handling.ORDERED, rechecked_on=TODAY, recheck="好")
            make.item(once, handling=Handling.CLOSED)
            late = make.action(community, TODAY - timedelta(days=6))
            make.item(late, handling=Handling.ORDERED)
            assert self.found("enforcement_recheck", community) == [due]
            told = worklists["sanitation.enforcement_recheck"]
            assert told.due(due) == "已 7 天"
            assert told.text(due) == "门窗建材店：违章广告和店外经营整治"

    def test_cleanups_without_detail_and_those_told_twice(self, street, community, acting):
        day = TODAY - timedelta(days=3)
        with acting(street):
            ours, theirs = make.cleanup(street, day), make.cleanup(community, day)
            make.detail(theirs)
            make.cleanup(community, day, title="另一次")
            assert self.found("cleanups_without_detail", street) == [ours]
            assert self.found("cleanups_told_twice", street) == [ours]
            assert self.found("cleanups_told_twice", community) == []

    def test_hot_spots_and_tasks(self, community, acting):
        with acting(community):
            late = make.hot_spot(community, due_on=TODAY - timedelta(days=1))
            free = make.hot_spot(community, owner="", title="没人管")
            soon = make.hot_spot(community, due_on=TODAY + timedelta(days=7), title="快到期")
            make.hot_spot(community, due_on=TODAY + timedelta(days=8), title="还早")
            assert self.found("hot_spots_overdue", community) == [late, soon]
            assert self.found("hot_spots_unassigned", community) == [free]
            plans = make.plan(community, year=TODAY.year)
            soon = make.task(plans, due_on=min(TODAY + timedelta(days=7), plans.ends_on))
            make.task(plans, "已完成", due_on=plans.starts_on, done_on=plans.starts_on)
            assert self.found("tasks_due", community) == [soon]
