"""Each cell of a table opens its figure, which tells the same number."""

from dataclasses import replace
from datetime import date

import pytest

from portal.periods import Period
from portal.summaries import FigureTable, Telling, outlines
from reports.cells import _urls, cell_urls
from reports.facts import facts_for
from reports.tables import tables_of, tabulate
from reports.tokens import table_token
from residents.enums import ActivityKind, Hosting, Sex
from tests import factories
from tests.factories import sanitation
from tests.reports.conftest import YEAR

pytestmark = pytest.mark.django_db


def facts_with_tables(kind, unit, period):
    outline = outlines[kind]
    text = "\n".join(table_token(title) for title in tables_of(outline))
    return facts_for(outline, Telling.of(unit, period), [text])


MOST = 24  # pages opened; each counts a figure


def check_cells(client, facts) -> int:
    """How many cells other than nought opened a page with their own number, spread over the tables."""
    told = []
    for title, urls in cell_urls(facts).items():
        content = facts.tables[title]
        for texts, addresses in [
            *zip(content.rows, urls.rows, strict=True),
            (content.total, urls.total),
        ]:
            # Ranks and changes stand behind the figures and open nothing.
            pairs = zip(texts[1:], addresses, strict=False)
            told += [pair for pair in pairs if pair[1] and pair[0] not in {"0", "0.00", "—"}]
    told = told[:: len(told) // MOST + 1]
    for text, address in told:
        assert client.get(address).context["value"] == text, address
    return len(told)


def test_cells_of_a_community_by_month_and_by_category(
    acting, client_of, head, community, year_of_records
):
    with acting(head):
        facts = facts_with_tables("A", community, YEAR)
    assert check_cells(client_of(head), facts) > 5


def test_cells_of_a_street_by_unit(
    acting, client_of, make_user, street, community, other_community, year_of_records
):
    user = make_user("street_supervisor", street)
    with acting(user):
        facts = facts_with_tables("A", street, Period.parse("2025H1"))
    assert check_cells(client_of(user), facts) > 2


def test_columns_of_nobody_shift_no_link(acting, client_of, head, community):
    """Of the sexes only those are columns that there are."""
    with acting(head):
        sanitation.cleaner(community)
        sanitation.cleaner(community, "王秀兰", sex=Sex.UNKNOWN, born_on=None)
        facts = facts_with_tables("G", community, YEAR)
        assert len(facts.tables["保洁员性别和年龄情况"].headers) == 4
    title = "保洁员性别和年龄情况"
    only = replace(facts, tables={title: facts.tables[title]})
    assert check_cells(client_of(head), only) == 7


def test_a_table_has_a_row_for_what_does_not_say_only_where_there_is_any(
    acting, client_of, head, community
):
    table = FigureTable("A", "basics", 1, "文体活动", ("disability.culture_events",), by="hosting")
    telling = Telling.of(community, YEAR)
    culture = {"kind": ActivityKind.CULTURE, "occurred_on": date(2025, 3, 3)}
    with acting(head):
        factories.activity(community, hosting=Hosting.GUESTS, **culture)
        assert tabulate(table, telling).rows == (("接待来访", "1"),)
        factories.activity(community, **culture)
        content = tabulate(table, telling)
        [_, address] = _urls(table, content, telling).rows
    assert content.rows == (("接待来访", "1"), ("未选（即本单位举办）", "1"))
    assert content.total == ("合计", "2")
    assert client_of(head).get(address[0]).context["value"] == "1"
