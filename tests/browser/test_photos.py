"""A photo is taken on a phone at a visit, and the need found there becomes a problem item."""

import io

from PIL import Image
from playwright.sync_api import expect

from tests.attachments import files

THUMB = 48  # px that a thumb hits


def test_a_visits_photo_and_the_problem_found_there(desk, world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    phone = desk(world.staff, width=360)
    page = phone.page
    phone.open(f"/ledger/visits/{world.visit.pk}/")
    for label in page.locator(".upload-way:visible label").all():
        assert label.bounding_box()["height"] >= THUMB
    photo = files.noise((3000, 2000))  # larger than the limit of 10 MB allows as PNG, so it shrinks
    page.locator("#files input[name=files]").set_input_files(
        {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photo}
    )
    expect(page.locator("[data-chosen]")).to_contain_text("IMG_0001.jpg")
    page.get_by_label("说明（可不填）").fill("卫生间扶手")
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_text("已保存 1 个附件")).to_be_visible()
    shown = page.locator(".file img")
    expect(shown).to_have_js_property("complete", True)
    assert page.evaluate("document.querySelector('.file img').naturalWidth") > 0
    full = phone.context.request.get(
        page.locator(".file-open").get_attribute("href")
        and (phone.address + page.locator(".file-open").get_attribute("href"))
    )
    assert max(Image.open(io.BytesIO(full.body())).size) <= 2000
    page.get_by_role("link", name="转为问题事项").click()
    expect(page.get_by_label("问题*", exact=True)).to_be_visible()
    page.get_by_label("问题*", exact=True).fill("扶手松动")
    page.get_by_label("类别*", exact=True).select_option("health")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("heading", name="扶手松动")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.complaints == []
