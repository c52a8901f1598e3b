"""A list as seen, as a workbook: filter, search, columns, order, all rows, checked and logged."""

import logging
from datetime import date

import pytest

from portal.exports import checking
from portal.exports.checking import counting_figure
from portal.exports.selection import Selection
from portal.ledgers import ledgers
from portal.ledgers.choosing import choose
from portal.models import AccessLog
from portal.roles import Role
from residents.models import Visit
from tests import factories

EXPORT = "/ledger/visits/export/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def visits(acting, community, person):
    with acting(community):
        other = factories.resident(community, "安平")
        factories.visit(person, date(2025, 3, 10), mode="home")
        factories.visit(other, date(2025, 3, 11), mode="home")
        factories.visit(person, date(2025, 3, 12), mode="phone")
        factories.visit(person, date(2024, 3, 12), mode="phone")


def test_the_file_holds_filter_order_and_columns_as_seen(client_of, staff, visits, rows_of, acting):
    client = client_of(staff)
    with acting(staff):
        choose(ledgers["visits"], staff, ["方式", "姓名", "日期"])
    query = "?period=2025&mode=home&sort=resident__pinyin"
    listed = client.get(f"/ledger/visits/{query}")
    seen = [tuple(cell["value"] for cell in row["cells"]) for row in listed.context["rows"]]
    head, *rows = rows_of(client.post(EXPORT + query))
    assert head == tuple(h["label"] for h in listed.context["headers"]) == ("方式", "姓名", "日期")
    assert rows == seen == [("入户", "安平", "2025-03-11"), ("入户", "黄文发", "2025-03-10")]


def test_the_file_holds_what_a_search_found(client_of, staff, visits, rows_of):
    client = client_of(staff)
    found = client.post("/ledger/visits/", {"q": "ap"})["Location"]
    rows = rows_of(client.post(EXPORT + "?" + found.partition("?")[2]))
    assert [row[1] for row in rows[1:]] == ["安平"]


def test_all_columns_on_request(client_of, staff, visits, rows_of):
    head, *_ = rows_of(client_of(staff).post(EXPORT, {"columns": "all"}))
    assert head == tuple(c.label for c in ledgers["visits"].shown_columns)


def test_an_id_is_text_and_masked(client_of, staff, person, sheet_of):
    sheet = sheet_of(client_of(staff).post("/ledger/residents/export/"))
    cells = {sheet.cell(1, n).value: sheet.cell(2, n) for n in range(1, sheet.max_column + 1)}
    assert cells["证件号码"].value == person.masked_id
    assert cells["证件号码"].data_type == "s"
    assert cells["联系电话"].value == "138****5678"


def test_three_thousand_rows_are_three_thousand_rows(client_of, staff, acting, person, rows_of):
    with acting(staff):
        row = factories.visit(person)
        Visit.objects.bulk_create(
            Visit(
                unit=row.unit,
                resident=person,
                occurred_on=row.occurred_on,
                mode="home",
                visitor="李梅",
                domains=["disability"],
            )
            for _ in range(2999)
        )
    answer = client_of(staff).post(EXPORT + "?period=2025")
    assert len(rows_of(answer)) == 1 + 3000
    with acting(staff):
        assert AccessLog.objects.get().rows == 3000


# --- rows == figure -----------------------------------------------------------------------------
def test_ledgers_whose_rows_a_figure_counts():
    found = {slug: getattr(counting_figure(ledgers[slug]), "code", None) for slug in LEDGERS}
    assert found == LEDGERS


LEDGERS = {
    "visits": "visits.person_times",
    "activities": "activities.times",
    "assistance": "assistance.person_times",
    "participations": "activities.attendance",
    "residents": None,  # people are counted by their spells
    "certificates": None,  # holders are people, not certificates
}


def test_the_count_is_checked_and_printed_on_the_sheet(client_of, staff, visits, sheet_of, acting):
    answer = client_of(staff).post(EXPORT + "?period=2025&mode=home")
    assert "共 2 条" in sheet_of(answer).oddFooter.left.text
    with acting(staff):
        selection = Selection(ledgers["visits"], staff, {"period": "2025", "mode": "home"})
        assert checking.counted(selection).value == 2


@pytest.mark.parametrize(
    "params", [{"highlight": "true"}, {"s": "x"}, {}, {"mode": "phone", "period": "2024"}]
)
def test_the_count_agrees_under_any_filter_or_is_not_known(acting, staff, visits, params):
    with acting(staff):
        selection = Selection(ledgers["visits"], staff, _Params(params))
        reading = checking.counted(selection)
        assert reading is None or reading.value == selection.records().count()


class _Params(dict):
    def getlist(self, key):
        return [self[key]]


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_a_count_that_disagrees_refuses_the_export_and_is_logged(
    client_of, staff, visits, acting, monkeypatch, caplog, kind
):
    everything = Selection.records
    monkeypatch.setattr(Selection, "records", lambda self: everything(self).exclude(mode="phone"))
    with caplog.at_level(logging.ERROR, "portal.exports"):
        answer = client_of(staff).post(EXPORT, {"format": kind})
    assert answer.status_code == 500
    assert "列表有 2 条，指标“走访人次”是 4" in answer.content.decode()
    assert "visits: 2 rows, but visits.person_times counts 4" in caplog.text
    with acting(staff):
        assert not AccessLog.objects.exists()


def test_who_may_not_know_of_all_departments_exports_without_the_figure(
    acting, client_of, make_user, community, visits, rows_of, monkeypatch
):
    """The figure counts all departments' visits; the list holds those that the user knows of."""
    from portal.roles import DUTIES, Duty

    few = Duty("", frozenset({"residents.view", "records.export"}))
    monkeypatch.setitem(DUTIES, Role.STATION_HANDLER, few)
    handler = make_user(Role.STATION_HANDLER, community)
    with acting(community):
        factories.visit(Visit.objects.first().resident, domains=["residents"])
    assert len(rows_of(client_of(handler).post(EXPORT))) == 2


# --- who may ------------------------------------------------------------------------------------
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_the_right_there_is_no_page_and_no_file(
    client_of, make_user, community, visits, method
):
    clerk = client_of(make_user(Role.WINDOW_CLERK, community))
    assert getattr(clerk, method)(EXPORT).status_code == 403
    assert clerk.post("/ledger/visits/export/print/", {"_key": KEY}).status_code == 403


KEY = "6d8c6d9e-2f0b-4c60-9d1e-1f2a3b4c5d6e"


def test_the_export_page_says_what_would_leave(client_of, staff, visits):
    page = client_of(staff).get(EXPORT + "?period=2025&mode=phone").content.decode()
    assert "共 1 条" in page
    assert "时段：2025年；方式：电话" in page
    assert "证件、电话等号码一律遮盖" in page


def test_a_searched_number_is_not_repeated_on_the_paper(acting, staff, person):
    from portal.fields import seal_token

    with acting(staff):
        params = _Params({"s": seal_token(person.id_number)})
        assert Selection(ledgers["residents"], staff, params).described() == "查找：按号码"
