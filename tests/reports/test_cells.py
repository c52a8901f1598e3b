"""Each cell of a table opens its figure, which tells the same number."""

import pytest

from portal.periods import Period
from portal.summaries import Telling, outlines
from reports.cells import cell_urls
from reports.facts import facts_for
from reports.tables import tables_of
from reports.tokens import table_token
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
