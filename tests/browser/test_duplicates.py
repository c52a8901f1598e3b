"""Two records of one person: review → same → choose values → merged → undone."""

from datetime import date

from playwright.sync_api import expect

from residents.models import Resident
from tests import factories


def test_two_records_are_merged_and_taken_apart(world, desk, acting):
    with acting(world.staff):
        factories.resident(world.community, "阮玉珍", phone="13800000021")
        other = factories.resident(
            world.community,
            "阮玉珍",
            id_number="",
            no_id_reason="拒报",
            address="桂花里 3 号",
            since=date(2024, 1, 1),
        )
        factories.visit(other)
    station = desk(world.staff)
    station.open("/duplicates/")
    page = station.page
    page.get_by_role("button", name="重新查找").click()
    page.get_by_role("link", name="阮玉珍").first.click()
    expect(page.get_by_role("heading", name="是同一个人吗？")).to_be_visible()
    page.get_by_role("link", name="第一条 阮玉珍").click()
    expect(page.get_by_label("桂花里 3 号")).to_be_checked()
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_text("现在还没有任何改动。")).to_be_visible()
    page.get_by_role("button", name="确认合并").click()
    expect(page.get_by_role("heading", name="阮玉珍 并入 阮玉珍")).to_be_visible()
    with acting(world.staff):
        kept = Resident.objects.kept().get(name="阮玉珍")
        assert (kept.address, kept.visits.count()) == ("桂花里 3 号", 1)
    page.get_by_role("link", name="撤销合并").click()
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="确认撤销").click()
    expect(page.get_by_role("heading", name="是同一个人吗？")).to_be_visible()
    with acting(world.staff):
        assert Resident.objects.kept().filter(name="阮玉珍").count() == 2
    assert station.complaints == []
