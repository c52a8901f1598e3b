"""Upload → check → confirm in the browser."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from portal.imports.reading import read_workbook
from portal.ledgers import ledgers
from portal.models import ImportBatch
from portal.roles import Role
from portal.scope import access_of
from residents.models import Resident
from tests.imports.conftest import PEOPLE, VISITS, citizen, xlsx

GOOD = xlsx(居民=[PEOPLE, ["黄文发", citizen(1), "13800000001", ""]])
BAD = xlsx(居民=[PEOPLE, ["黄文发", citizen(1)[:-1] + "5", "", ""]])
UPLOAD = "/ledger/residents/import/"


@pytest.fixture
def browser(client_of, clerk):
    return client_of(clerk)


def send(browser, content, url=UPLOAD, name="名册.xlsx", **fields):
    data = {"_key": str(uuid.uuid4()), "file": SimpleUploadedFile(name, content), **fields}
    return browser.post(url, data)


def confirm(browser, preview):
    return browser.post(f"{preview}confirm/", {"_key": str(uuid.uuid4())})


def test_upload_is_checked_then_confirmed(browser, counts, acting, clerk):
    sent = send(browser, GOOD)
    assert sent.status_code == 302
    preview = browser.get(sent["Location"])
    assert "检查通过" in preview.content.decode()
    assert counts("residents") == 0

    done = confirm(browser, sent["Location"])

    assert (done.status_code, done["Location"]) == (302, sent["Location"])
    assert counts("residents") == 1
    assert "新增 1 条" in browser.get(done["Location"]).content.decode()
    with acting(clerk):
        batch = ImportBatch.objects.get()
        assert Resident.objects.get().recorded_by == clerk
    assert (batch.counts, batch.uploaded_by, batch.confirmed_at is not None) == (
        {"new": 1, "changed": 0, "unchanged": 0, "refused": 0},
        clerk,
        True,
    )


def test_problems_are_listed_at_their_cells_without_confirmation(browser, counts):
    page = browser.get(send(browser, BAD)["Location"])

    text = page.content.decode()
    assert "B2" in text
    assert "confirm/" not in text
    assert counts("residents") == 0


def test_confirming_a_file_with_problems_stores_nothing(browser, counts):
    preview = send(browser, BAD)["Location"]

    assert confirm(browser, preview).status_code == 409
    assert counts("residents") == 0


def test_what_changed_since_the_check_is_shown_instead(browser, bring, counts):
    two = xlsx(居民=[PEOPLE, ["黄文发", citizen(1), "", ""]], 走访=[VISITS, visit()])
    bring("residents", GOOD)
    preview = send(browser, two, "/imports/")["Location"]
    bring("residents", xlsx(居民=[PEOPLE, ["黄文发", citizen(3), "", ""]]))

    answer = confirm(browser, preview)

    assert answer.status_code == 409
    assert "检查之后台账有了变化" in answer.content.decode()
    assert counts("visits") == 0
    assert "同名居民" in browser.get(preview).content.decode()


def visit():
    return ["2025-03-10", "黄文发", "", "入户", "李梅", ""]


def test_file_confirmed_before_says_so_and_changes_nothing(browser, counts):
    confirm(browser, send(browser, GOOD)["Location"])

    text = browser.get(send(browser, GOOD)["Location"]).content.decode()

    assert "导入过" in text
    assert "未变动：" in text
    assert "confirm/" not in text


def test_confirming_twice_stores_once(browser, counts):
    preview = send(browser, GOOD)["Location"]

    assert [confirm(browser, preview).status_code for _ in range(2)] == [302, 302]
    assert counts("residents") == 1


def test_file_and_findings_are_sealed(browser, acting, clerk):
    send(browser, BAD)
    with acting(clerk), connection.cursor() as cursor:
        cursor.execute("SELECT content FROM portal_importbatch")
        content = bytes(cursor.fetchone()[0])
        cursor.execute("SELECT string_agg(after::text, '') FROM audit.log")
        logged = cursor.fetchone()[0]
    assert b"PK" not in content[:4]
    assert "证件号码" not in logged


@pytest.mark.parametrize(
    ("name", "content"), [("名册.csv", GOOD), ("名册.xlsx", b"not a workbook")]
)
def test_wrong_file_is_refused_on_the_form(browser, acting, clerk, name, content):
    answer = send(browser, content, name=name)

    assert answer.status_code == 200
    assert "只能导入 .xlsx" in answer.content.decode()
    with acting(clerk):
        assert ImportBatch.objects.count() == 0


def test_whole_workbook_is_uploaded_at_once(browser, counts):
    sent = send(
        browser, xlsx(走访=[VISITS, visit()], 居民=[PEOPLE, ["黄文发", citizen(1)]]), "/imports/"
    )
    confirm(browser, sent["Location"])

    assert [counts("residents"), counts("visits")] == [1, 1]


def test_batch_of_another_user_is_missing(browser, client_of, make_user, community):
    preview = send(browser, GOOD)["Location"]
    other = client_of(make_user(Role.COMMUNITY_STAFF, community))

    assert other.get(preview).status_code == 404
    assert confirm(other, preview).status_code == 404


def test_unit_of_others_cannot_be_chosen(make_user, client_of, clerk, other_community, counts):
    answer = send(client_of(clerk), GOOD, unit=other_community.pk)

    assert answer.status_code == 302  # the clerk has one unit; a forged choice is not even read
    assert counts("residents") == 0


@pytest.mark.parametrize("role", [Role.WINDOW_CLERK, Role.COMMUNITY_HEAD, Role.STREET_SUPERVISOR])
@pytest.mark.parametrize("url", [UPLOAD, f"{UPLOAD}template/", "/imports/", "/imports/template/"])
def test_pages_are_closed_without_the_permission(client_of, make_user, community, role, url):
    assert client_of(make_user(role, community)).get(url).status_code == 403


# --- templates ----------------------------------------------------------------------------------
def test_template_filled_in_is_accepted(browser, bring):
    header = read_workbook(browser.get(f"{UPLOAD}template/").content)[0].cells(1)
    assert header[:3] == ["姓名*", "证件类型", "证件号码"]
    values = {"姓名*": "黄文发", "证件类型": "居民身份证", "证件号码": citizen(1)}

    report = bring("residents", xlsx(居民=[header, [values.get(label) for label in header]]))

    assert report.problems == []


@pytest.mark.parametrize(
    ("slug", "code", "values"),
    [
        (
            "households",
            "household-register",
            {"户编号*": "1-001", "地址*": "明珠路 1 号", "姓名*": "黄文发", "与户主关系*": "户主"},
        ),
        (
            "disability-files",
            "disability-register",
            {
                "姓名*": "黄文发",
                "残疾人证号*": f"{citizen(1)}44",
                "残疾类别*": "肢体",
                "残疾等级*": "四级",
                "发证日期*": "2024-05-01",
            },
        ),
    ],
)
def test_template_of_several_ledgers_is_offered_and_accepted(browser, bring, slug, code, values):
    upload = f"/ledger/{slug}/import/"
    assert f"?form={code}" in browser.get(upload).content.decode()
    sheet = read_workbook(browser.get(f"{upload}template/?form={code}").content)[0]
    number = next(label for label in sheet.cells(1) if label.startswith("证件号码"))
    filled = {**values, number: citizen(1)}
    row = [filled.get(label) for label in sheet.cells(1)]

    report = bring(slug, xlsx(**{sheet.name: [sheet.cells(1), row]}))

    assert report.errors == []
    assert report.totals["new"] == 3


@pytest.mark.parametrize("form", ["disability-register", "nonsense"])
def test_template_of_what_the_page_does_not_take_is_missing(browser, form):
    assert (
        browser.get(f"{UPLOAD.replace('residents', 'visits')}template/?form={form}").status_code
        == 404
    )


def test_workbook_template_has_a_sheet_for_every_ledger_that_the_clerk_records_in(
    browser, acting, clerk
):
    """Not for those that only services write (acts), nor for those of heads alone."""
    sheets = read_workbook(browser.get("/imports/template/").content)

    with acting(clerk):
        wanted = [each for each in ledgers if access_of(clerk).may(each.edit_permission)]
    assert [s.name for s in sheets[:-2]] == [ledger.title[:31] for ledger in wanted]
    assert all(ledger.by_hand for ledger in wanted)
    assert {"residents", "visits", "certificates"} <= {ledger.slug for ledger in wanted}
    assert [s.name for s in sheets[-2:]] == ["填写说明", "选项"]


def test_template_keeps_numbers_as_text_and_lists_choices(browser):
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{UPLOAD}template/").content))
    sheet = book["居民"]
    assert sheet.column_dimensions["C"].number_format == "@"
    lists = {str(v.sqref).split(":")[0]: v.formula1 for v in sheet.data_validations.dataValidation}
    first = lists["B2"].removeprefix("选项!").replace("$", "").split(":")
    words = [row[0].value for row in book["选项"][first[0] : first[1]]]
    assert words[:2] == ["居民身份证", "户口簿"]
