"""The mapping page: what was inferred is shown, corrected, remembered; looking stores nothing."""

import uuid

import pytest

from portal.models import ColumnMapping, ImportBatch, ImportState
from portal.roles import Role
from residents.models import Resident
from tests.imports.conftest import citizen, xlsx
from tests.imports.samples import sample
from tests.imports.test_pages import send

THEIRS = [
    ["××街道人员名册（2025年）"],
    ["序号", "姓 名", "公民身份号码", "联系方式", "单位职务"],
    [1, "黄文发", citizen(1), "13800000001", "退休"],
    ["合计", 1],
]


@pytest.fixture
def clerks_browser(client_of, clerk):
    return client_of(clerk)


@pytest.fixture
def upload(clerks_browser):
    def sent(slug, content):
        return send(clerks_browser, content, f"/ledger/{slug}/import/")

    return sent


def batch_of(acting, clerk) -> ImportBatch:
    with acting(clerk):
        return ImportBatch.objects.order_by("-pk")[0]


@pytest.fixture
def mapping(upload, acting, clerk):
    response = upload("residents", xlsx(名册=THEIRS))
    batch = batch_of(acting, clerk)
    assert response["Location"] == f"/imports/{batch.pk}/mapping/"
    return batch


def fields(page) -> dict[str, str]:
    """What a browser would send back."""
    shown = {"_key": str(uuid.uuid4())}
    for sheet, seen in page.context["sheets"]:
        i = sheet.index
        shown |= {f"seen-{i}": seen, f"target-{i}": sheet.layout.target}
        shown |= {f"header-{i}": sheet.header, f"skip-{i}": sheet.skipped}
        shown |= {f"col-{i}-{c.number}": c.chosen for c in sheet.columns}
    return shown


def test_other_names_lead_to_the_mapping_page_with_the_reason_of_each(mapping, clerks_browser):
    page = clerks_browser.get(f"/imports/{mapping.pk}/mapping/")

    (sheet, _), *_ = page.context["sheets"]
    assert [(c.label, c.chosen, c.how) for c in sheet.columns] == [
        ("序号", "", "没有认出"),
        ("姓 名", "姓名", "列名相同"),
        ("公民身份号码", "证件号码", "常用的叫法"),
        ("联系方式", "联系电话", "常用的叫法"),
        ("单位职务", "", "没有认出"),
    ]
    assert sheet.columns[2].samples == ["110***1X"] or "***" in sheet.columns[2].samples[0]
    assert (sheet.header, sheet.skipped) == ("2", "4")


def test_looking_stores_nothing(mapping, clerks_browser, acting, clerk):
    page = clerks_browser.get(f"/imports/{mapping.pk}/mapping/")
    clerks_browser.post(
        f"/imports/{mapping.pk}/mapping/", fields(page) | {"step": "look", "header-0": "1"}
    )

    after = batch_of(acting, clerk)
    assert (after.state, after.layout) == (ImportState.UPLOADED, mapping.layout)
    with acting(clerk):
        assert not ColumnMapping.objects.exists()


def test_chosen_columns_are_checked_remembered_and_proposed_next_time(
    mapping, clerks_browser, upload, acting, clerk
):
    page = clerks_browser.get(f"/imports/{mapping.pk}/mapping/")
    sent = fields(page) | {"col-0-5": "备注", "rule-0-4": "keep", "step": "check"}

    response = clerks_browser.post(f"/imports/{mapping.pk}/mapping/", sent)

    batch = batch_of(acting, clerk)
    assert response["Location"] == f"/imports/{batch.pk}/"
    assert (batch.state, batch.counts["new"]) == (ImportState.CHECKED, 1)
    clerks_browser.post(f"/imports/{batch.pk}/confirm/", {"_key": str(uuid.uuid4())})
    with acting(clerk):
        assert Resident.objects.get().note == "退休"
        assert ColumnMapping.objects.get().rules == {"联系方式": "keep"}
    again = upload("residents", xlsx(名册=THEIRS))
    assert "/mapping/" not in again["Location"]  # all of it is remembered


def test_missing_required_column_is_named(upload, clerks_browser, acting, clerk):
    upload("visits", xlsx(走访=[["走访对象", "走访人员"], ["黄文发", "李梅"]]))
    batch = batch_of(acting, clerk)

    page = clerks_browser.get(f"/imports/{batch.pk}/mapping/")

    assert page.context["sheets"][0][0].missing == ["日期"]
    assert "必填、还没有对应的：日期" in page.content.decode()


def test_row_number_that_is_not_there_is_refused(mapping, clerks_browser):
    page = clerks_browser.get(f"/imports/{mapping.pk}/mapping/")

    wrong = clerks_browser.post(
        f"/imports/{mapping.pk}/mapping/", fields(page) | {"header-0": "99", "step": "check"}
    )

    assert wrong.status_code == 400
    assert "没有您写的那一行" in wrong.content.decode()


def test_sheet_as_issued_shows_its_parts_in_one(upload, clerks_browser, acting, clerk):
    upload("disability-files", sample("残疾人基本情况登记表"))
    batch = batch_of(acting, clerk)

    page = clerks_browser.get(f"/imports/{batch.pk}/mapping/")

    (sheet, _), *_ = page.context["sheets"]
    chosen = {c.label: c.chosen for c in sheet.columns}
    assert sheet.target.title == "残疾人基本情况登记表"
    assert sheet.header == "4、5"
    assert chosen["监护人 / 姓名"] == "监护人"
    assert chosen["姓　名"] == "姓名"
    assert {label: text for _, label, text in sheet.constants}["建档日期"] == "2025-12-8"


def test_own_export_and_template_need_no_mapping(upload, clerks_browser, acting, clerk):
    own = xlsx(居民=[["姓名", "证件号码", "联系电话"], ["黄文发", citizen(1), ""]])

    assert "/mapping/" not in upload("residents", own)["Location"]


def test_foreign_batch_is_not_there(mapping, client_of, make_user, other_community):
    stranger = client_of(make_user(Role.COMMUNITY_STAFF, other_community, "stranger"))

    assert stranger.get(f"/imports/{mapping.pk}/mapping/").status_code == 404
