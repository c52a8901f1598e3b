"""The upper level's own table, from the upload to its undoing."""

import os
from pathlib import Path

from playwright.sync_api import expect

from portal.imports.reading import read_workbook
from portal.roles import Role
from residents.models import Resident
from tests import factories
from tests.browser.looking import grave_findings
from tests.imports.samples import SAMPLES

FORM = SAMPLES / "残疾人基本情况登记表.xlsx"
FIRST = 6  # the row of the first person


def photograph(page, name):
    """Where ``SHOTS`` names a directory: the page on a desk and on a phone."""
    if shots := os.environ.get("SHOTS"):
        for width in (1440, 360):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(shots) / f"{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1440, "height": 900})


def test_disability_register_as_issued_is_read_chosen_stored_and_undone(
    desk, make_user, community, acting
):
    number = read_workbook(FORM.read_bytes())[0].cells(FIRST)[3].strip("'")
    with acting(community):
        factories.resident(community, "韦英堃", id_number=number, born_on=None)
    window = desk(make_user(Role.COMMUNITY_STAFF, community))
    window.open("/ledger/disability-files/import/")
    page = window.page
    expect(page.get_by_role("link", name="下载空白的“残疾人基本情况登记表”")).to_be_visible()
    page.get_by_label("Excel 工作簿").set_input_files(FORM)
    page.get_by_role("button", name="上传并检查").click()

    check = page.get_by_role("button", name="这样读，开始检查")
    expect(check).to_be_visible()
    found = grave_findings(page)
    photograph(page, "mapping")
    check.click()

    choice = page.get_by_label(f"第 {FIRST} 行，姓名是哪一个")
    expect(choice).to_be_visible()
    found += grave_findings(page)
    photograph(page, "check")
    choice.select_option(label="是同一个人，改为这里的姓名")
    page.get_by_role("button", name="按所选重新检查").click()
    expect(choice).to_have_count(0)

    page.get_by_role("button", name="只导入无误的").click()
    expect(page.locator("h1")).to_have_text("导入完成")
    found += grave_findings(page)
    photograph(page, "done")
    with acting(community):
        assert Resident.objects.kept().count() == 111

    page.get_by_role("button", name="撤销整批").click()
    expect(page.locator("h1")).to_have_text("导入已撤销")
    photograph(page, "undone")
    with acting(community):
        assert Resident.objects.kept().get().name == "韦英堃"
    assert (found, window.complaints) == ([], [])
