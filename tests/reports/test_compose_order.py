"""The same records give the same draft in whatever order they were written down."""

from datetime import date

import pytest
from django.db import transaction

from portal.summaries import outlines
from reports.compose import compose
from reports.facts import facts_for
from reports.layout import lay_out
from residents.enums import ActivityKind, VisitMode
from residents.models import Activity
from tests import factories
from tests.reports.conftest import YEAR


class Undone(Exception):
    pass


def facts_of(community, other, people) -> list:
    """Each call writes one down: visits, help and events of two communities, no two events on one day."""

    def event(unit, day, title, **fields):
        return lambda: factories.activity(unit, day, title=title, highlight=True, **fields)

    def visit(person, day, mode):
        return lambda: factories.visit(person, day, mode=mode)

    first, second, neighbour = people
    publicity = {"kind": ActivityKind.PUBLICITY, "theme_day": "disability-day", "place": "中街"}
    return [
        event(community, date(2025, 3, 10), "创办你的企业", organisers="市残联"),
        event(other, date(2025, 3, 11), "手工编织"),
        event(community, date(2025, 5, 18), "助残宣传", **publicity),
        event(other, date(2025, 5, 16), "康复知识宣传", **publicity),
        *(visit(first, date(2025, month, 6), VisitMode.HOME) for month in (2, 9, 4)),
        *(visit(neighbour, date(2025, month, 6), VisitMode.PHONE) for month in (8, 3)),
        lambda: factories.assistance(second, date(2025, 1, 6), festival="春节", highlight=True),
        lambda: factories.assistance(neighbour, date(2025, 1, 5), festival="春节", highlight=True),
        lambda: factories.handout(community, 200, date(2025, 5, 18)),
        lambda: factories.handout(other, 120, date(2025, 5, 16)),
        lambda: factories.application(first, date(2025, 4, 2)),
        lambda: factories.application(neighbour, date(2025, 4, 1)),
    ]


def told(unit, facts) -> tuple:
    """The draft as stored and as printed with its tables, of records that are then taken back."""
    try:
        with transaction.atomic():
            for write_down in facts:
                write_down()
            draft = compose(outlines["A"], unit, YEAR)
            texts = [section.text for section in draft.sections]
            found = facts_for(draft.outline, draft.telling, texts)
            sections = [(s.key, s.heading, s.text) for s in draft.sections]
            laid = lay_out(draft.title, sections, found.values, found.tables)
            raise Undone
    except Undone:
        return draft.sections, laid


@pytest.mark.parametrize("whose", ["the community's", "the street's"])
def test_records_written_in_another_order_give_the_same_draft(
    whose, acting, community, other_community
):
    unit = community if whose == "the community's" else community.parent
    with acting(community.parent):
        people = [
            factories.resident(community, "黄文发"),
            factories.resident(community, "单小花"),
            factories.resident(other_community, "欧阳丹"),
        ]
        for person in people:
            factories.disability_file(person)
        facts = facts_of(community, other_community, people)
        once = told(unit, facts)
        assert not Activity.objects.exists()
        assert told(unit, facts[::-1]) == once
        assert told(unit, facts[1::2] + facts[::2]) == once
    assert "创办你的企业" in str(once[1])
