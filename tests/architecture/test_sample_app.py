"""A ledger, a figure and a summary paragraph come from one app alone (issue 2, last "must show")."""

import io
import json
import uuid
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command

from portal.roles import Role

ROOT = Path(__file__).parents[2]
SLUG = "/ledger/umbrella-loans/"


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def lent(client_of, clerk):
    client = client_of(clerk)
    data = {
        "_key": str(uuid.uuid4()),
        "borrower": "黄文发",
        "umbrellas": "3",
        "occurred_on": "2025-06-01",
    }
    assert client.post(f"{SLUG}add/", data).status_code == 302
    return client


def test_no_file_outside_the_app_names_it():
    named = {
        str(path.relative_to(ROOT))
        for path in ROOT.glob("*/**/*.py")
        if not {".venv", "var"} & {*path.parts} and "sampleapp" in path.read_text(errors="ignore")
    }
    elsewhere = {name for name in named if not name.startswith("tests/")}
    assert elsewhere == {"portal/settings_test.py"}


def test_the_ledger_is_forty_lines_at_most():
    assert len((ROOT / "tests/sampleapp/ledgers.py").read_text().splitlines()) <= 40


def test_the_ledger_lists_counts_exports_and_is_in_the_menu(lent):
    page = lent.get(SLUG, {"period": "2025"})
    assert [cell["value"] for cell in page.context["rows"][0]["cells"]] == [
        "2025-06-01",
        "黄文发",
        "3",
    ]
    assert page.context["footer"][0]["value"] == "3"
    assert "爱心借伞" in {i["title"] for g in page.context["nav"] for i in g["items"]}
    exported = lent.post(f"{SLUG}export/?period=2025")
    rows = list(openpyxl.load_workbook(io.BytesIO(exported.content)).active.values)
    assert rows[1] == ("2025-06-01", "黄文发", 3)


def test_the_figure_answers_on_its_page_and_on_the_command_line(lent, community, capsys):
    page = lent.get("/figures/sampleapp.umbrellas/", {"period": "2025"})
    assert page.context["value"] == "3"
    call_command("figures", unit=community.code, period="2025", format="json")
    told = {item["code"]: item for item in json.loads(capsys.readouterr().out)["figures"]}
    assert told["sampleapp.umbrellas"]["value"] == 3


def test_the_paragraph_is_told_in_the_summary(lent, acting, community):
    from portal.periods import Period
    from portal.summaries import outlines
    from reports.compose import compose

    with acting(community):
        draft = compose(outlines["A"], community, Period.parse("2025"))
    assert any("借出雨伞" in section.text for section in draft.sections)
