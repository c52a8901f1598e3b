"""A board on paper and as a workbook tells what its page tells, with what each number counts."""

import io
import re
import uuid
from datetime import date

import pytest
from openpyxl import load_workbook

from portal.boards import boards
from portal.models import AccessLog
from portal.pdf.measure import read_pdf
from portal.roles import Role
from tests import factories
from tests.portal.pdf_pages import read_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor(make_user, street):
    return make_user(Role.STREET_SUPERVISOR, street, name="周敏")


@pytest.fixture
def client(client_of, supervisor, acting, street, community, other_community):
    with acting(street):
        for unit, count in ((community, 3), (other_community, 1)):
            person = factories.resident(unit)
            factories.disability_file(person)
            for month in range(count):
                factories.visit(person, date(2025, month + 1, 5))
    return client_of(supervisor)


def closed(text: str) -> str:
    """Without what a line break adds."""
    return re.sub(r"\s", "", text)


def test_the_pdf_tells_figures_table_charts_codes_and_the_moment(client):
    answer = client.get("/boards/disability/board.pdf?period=2025")
    assert answer["Content-Type"] == "application/pdf"
    printed = read_pdf(answer.content)
    assert all(sheet.lies for sheet in printed.sheets)
    told = closed(read_text(answer.content))
    page = client.get("/boards/disability/?period=2025")
    for each in page.context["tiles"]:
        tile = each["tile"]
        for text in (tile.label, tile.number.text, tile.change.text, tile.code):
            assert closed(text) in told, text
    for words in (
        "残疾人工作",
        "春华街道",
        "明珠社区",
        "和平社区",
        "数据截至",
        "周敏打印",
        "口径",
        "第1页共",
    ):
        assert words in told, words


def test_the_workbook_tells_the_same_numbers(client):
    answer = client.get("/boards/disability/board.xlsx?period=2025")
    book = load_workbook(io.BytesIO(answer.content))
    page = client.get("/boards/disability/?period=2025")
    tiles, table = book.worksheets
    told = {row[0]: row[1] for row in tiles.iter_rows(values_only=True) if row[0]}
    for each in page.context["tiles"]:
        assert str(told[each["tile"].label]) == each["tile"].number.text
    rows = {row[0]: row[1:] for row in table.iter_rows(values_only=True) if row[0]}
    for row in page.context["table"].rows:
        printed = [str(value) for value in rows[row.name][: len(row.cells)]]
        assert printed == [cell.number.text for cell in row.cells]


def test_a_board_without_figures_still_prints(client):
    told = {"title": "空白", "when": "year", "against": "year", "source": ""}
    made = client.post("/boards/new/", {"_key": str(uuid.uuid4()), **told})
    answer = client.get(made["Location"].replace("edit/", "board.pdf"))
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")


def test_both_files_are_logged_with_unit_and_figures(
    client, client_of, make_user, supervisor, acting, street, community
):
    client.get("/boards/disability/?period=2025")
    with acting(supervisor):
        assert not AccessLog.objects.filter(subject="reports.board").exists()
    for kind in ("pdf", "xlsx"):
        address = f"/boards/disability/board.{kind}?period=2025&unit={community.pk}"
        assert client.get(address).status_code == 200
    figures = len(boards["disability"].lines)
    with acting(supervisor):
        rows = AccessLog.objects.filter(subject="reports.board").order_by("pk")
        told = [(row.action, row.user, row.unit, row.field, row.rows) for row in rows]
    assert told == [
        (action, supervisor, community, "disability", figures)
        for action in (AccessLog.Action.PDF, AccessLog.Action.EXPORT)
    ]
    clerk = client_of(make_user(Role.WINDOW_CLERK, community))
    assert clerk.get("/boards/disability/board.xlsx").status_code == 403
