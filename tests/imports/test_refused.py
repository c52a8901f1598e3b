"""Rows that are refused: named, given back in the very workbook, and left out on request."""

import io
import json
import uuid
from dataclasses import replace

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl.styles import Font

from portal.imports import batches
from portal.imports.contents import page_of
from portal.imports.journal import REFUSED
from portal.imports.layout import KEEP
from portal.imports.reading import read_workbook
from portal.imports.running import propose, run
from portal.ledgers import ledgers
from portal.models import AccessLog, ImportBatch, ImportState
from residents.models import Household, Resident
from tests.imports.conftest import PEOPLE, citizen, xlsx

WRONG = citizen(5)[:-1] + ("0" if citizen(5)[-1] != "0" else "1")


def styled() -> bytes:
    """Three persons, the second with a wrong check digit; a bold name and a formula beside them."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "居民"
    for cells in (
        [*PEOPLE[:3], "备注"],
        ["黄文发", citizen(1)],
        ["韦英堃", WRONG],
        ["李四", citizen(3)],
    ):
        sheet.append(cells)
    sheet["A2"].font = Font(bold=True, name="楷体")
    sheet["F2"] = "=LEN(A2)"
    sheet["F3"], sheet["F4"] = "=LEN(A3)", "=LEN(A4)"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture
def browser(client_of, clerk):
    return client_of(clerk)


def post(browser, url, **fields):
    return browser.post(url, {"_key": str(uuid.uuid4()), **fields})


@pytest.fixture
def checked(browser):
    file = SimpleUploadedFile("名册.xlsx", styled())
    return post(browser, "/ledger/residents/import/", file=file)["Location"]


def test_refused_rows_come_back_in_the_same_workbook(browser, checked, acting, clerk):
    answer = post(browser, f"{checked}refused/", what="marked")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["居民"]
    assert sheet["G1"].value == "不能导入的原因"
    assert "校验码" in sheet["G3"].value
    assert sheet["G3"].font.color.rgb == "00C00000"
    assert (sheet["G2"].value, sheet["G4"].value) == (None, None)
    assert sheet["B3"].fill.start_color.rgb == "00FDE0DD"
    assert "校验码" in sheet["B3"].comment.text
    assert (sheet["A2"].font.bold, sheet["F2"].value) == (True, "=LEN(A2)")
    with acting(clerk):
        assert AccessLog.objects.get(action="export").rows == 1


def test_only_the_refused_rows_are_left_open(browser, checked):
    answer = post(browser, f"{checked}refused/", what="only")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["居民"]
    assert [n for n in range(2, 5) if not sheet.row_dimensions[n].hidden] == [3]
    assert sheet["A4"].value == "李四"


def test_marked_twice_the_reasons_stand_in_one_column(browser, checked):
    first = post(browser, f"{checked}refused/", what="marked").content
    file = SimpleUploadedFile("名册.xlsx", first)
    again = post(browser, "/ledger/residents/import/", file=file)["Location"]

    sheet = openpyxl.load_workbook(
        io.BytesIO(post(browser, f"{again}refused/", what="marked").content)
    )["居民"]

    assert [cell.value for cell in sheet[1]].count("不能导入的原因") == 1


def test_sormas_2549_problems_are_a_list_to_take_along(browser, checked):
    answer = post(browser, f"{checked}refused/", what="list")

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[1][:4] == ("居民", "3", "B3", "证件号码")
    assert WRONG not in str(rows)


def test_good_rows_alone_only_when_asked_for(browser, checked, counts, acting, clerk):
    assert post(browser, f"{checked}confirm/").status_code == 409
    assert counts("residents") == 0

    post(browser, f"{checked}confirm/", rows="good")

    assert counts("residents") == 2
    page = browser.get(checked).content.decode()
    assert "有 1 行有误，按您的选择没有导入" in page
    with acting(clerk):
        step = ImportBatch.objects.get().steps.get(action="store")
        assert step.note == "只导入无误的行，1 行不导入"


def test_opendk_123_success_is_said_only_where_the_count_changed(browser, checked, counts):
    page = post(browser, f"{checked}confirm/").content.decode()

    assert "已导入" not in page
    assert "没有导入任何记录" in page
    assert counts("residents") == 0


def test_opensid_1032_repeated_id_overwrites_nobody(bring, acting, clerk):
    report = bring(
        "residents",
        xlsx(居民=[PEOPLE, ["黄文发", citizen(1), "", ""], ["黄大发", citizen(1), "", ""]]),
    )
    assert [p.cell for p in report.errors] == ["B3"]
    with acting(clerk):
        assert Resident.objects.count() == 0


def test_good_rows_of_a_household_without_head_leave_its_members_out(acting, clerk, community):
    columns = ["姓名", "证件号码", "户编号", "与户主关系"]
    content = xlsx(
        户=[["户编号", "地址"], ["1-001", "明珠路 1 号"], ["1-002", "明珠路 2 号"]],
        居民=[
            columns,
            ["黄文发", citizen(1), "1-001", "户主"],
            ["韦英堃", citizen(3), "1-002", "子"],
        ],
    )
    with acting(clerk):
        batch = batches.upload(content, "户.xlsx", ledger=None, unit=community, by=clerk)
        batches.check(batch, by=clerk)
        [refused] = page_of(batch, REFUSED, 1)
        assert (refused["sheet"], refused["row"]) == ("居民", 3)

        batches.confirm(batch, by=clerk, good_only=True)

        assert batch.state == ImportState.STORED
        assert [person.name for person in Resident.objects.all()] == ["黄文发"]
        assert Household.objects.count() == 2


def test_a_column_that_only_fills_changes_nothing_that_is_there(acting, clerk, community, bring):
    bring("residents", xlsx(居民=[PEOPLE, ["黄文发", citizen(1), "13800000001", ""]]))
    columns = [*PEOPLE[:3], "现居住地址"]
    other = xlsx(居民=[columns, ["黄文发", citizen(1), "13900000002", "明珠路 2 号"]])
    ledger = ledgers["residents"]
    with acting(clerk):
        layout = propose(read_workbook(other), ledger=ledger, unit=community, by=clerk)
        [sheet] = layout.sheets
        kept = layout.with_sheet(replace(sheet, rules={3: KEEP, 4: KEEP})).as_json()

        report = run(
            other,
            ledger=ledger,
            unit=community,
            by=clerk,
            commit=True,
            layout=json.loads(json.dumps(kept)),
        )

        assert report.totals["changed"] == 1
        person = Resident.objects.get()
        assert (person.phone, person.address) == ("13800000001", "明珠路 2 号")
