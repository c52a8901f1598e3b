"""The usual items: taken once, checked, then published."""

import uuid
from datetime import date

import pytest

from portal.imports.running import run
from portal.ledgers import ledgers
from servicecenter.catalogue_seed import SEEDS
from servicecenter.enums.catalogue import CaseKind, Department
from servicecenter.models import ItemVersion, ServiceItem
from tests.factories import cases
from tests.imports.conftest import xlsx

pytestmark = pytest.mark.django_db
SEED, PUBLISH = "/servicecenter/items/seed/", "/servicecenter/items/publish/"


def post(client, url, **fields):
    return client.post(url, {"_key": str(uuid.uuid4())} | fields)


def test_the_seed_list_keeps_the_rules_of_the_catalogue():
    assert len({seed.code for seed in SEEDS}) == len({seed.name for seed in SEEDS}) == len(SEEDS)
    assert len(SEEDS) >= 45
    assert {seed.department for seed in SEEDS} == set(Department) - {Department.OTHER}
    for seed in SEEDS:
        assert (seed.days == 0) == (seed.kind == CaseKind.ON_SPOT), seed.code
        assert seed.legal is None or seed.days <= seed.legal, seed.code
        assert seed.materials, seed.code
        assert len(seed.name) <= 60


def test_usual_items_are_taken_once(client_of, clerk, acting, community):
    with acting(community):
        hall = cases.hall(community, hours="周一至周五 9:00—17:00")
    client = client_of(clerk)
    assert "装入常用事项" in client.get("/ledger/service-items/").content.decode()

    post(client, SEED, starts_on="2026-01-01")

    with acting(clerk):
        assert ServiceItem.objects.count() == ItemVersion.objects.count() == len(SEEDS)
        version = ItemVersion.objects.get(item__code="CL-01")
        seed = next(seed for seed in SEEDS if seed.code == "CL-01")
        names = [paper.name for paper in seed.materials]
        assert list(version.materials.values_list("name", flat=True)) == names
        assert (version.phone, version.hours) == (hall.phone, hall.hours)
        assert (version.starts_on, version.published_on) == (date(2026, 1, 1), None)
        assert version.steps[0] == "窗口申请"
    assert "装入常用事项" not in client.get("/ledger/service-items/").content.decode()
    answer = client.post(SEED, {"_key": str(uuid.uuid4()), "starts_on": "2026-01-01"}, follow=True)
    assert "没有重复装入" in answer.content.decode()
    with acting(clerk):
        assert ServiceItem.objects.count() == len(SEEDS)


def test_only_codes_that_neither_the_unit_nor_the_street_has_are_taken(
    client_of, clerk, acting, street, community
):
    with acting(street, community):
        cases.item(street, "MZ-01", "街道的低保")
        cases.item(community, "MZ-02", "停了的", closed_on=date(2025, 1, 1))
    post(client_of(clerk), SEED, starts_on="2026-01-01")
    with acting(clerk):
        own = set(ServiceItem.objects.filter(unit=community).values_list("code", flat=True))
        assert own == {seed.code for seed in SEEDS} - {"MZ-01"}
        assert ServiceItem.objects.filter(unit=community, code="MZ-02").count() == 1


def test_versions_in_force_are_published_together(client_of, clerk, acting, community):
    with acting(community):
        now = cases.version(community)
        ahead = cases.version(community, starts_on=date(2027, 1, 1))
        before = cases.version(community, published_on=date(2025, 5, 5))
    client = client_of(clerk)
    assert "2 个事项版本还没有公开" in client.get(PUBLISH).content.decode()

    post(client, PUBLISH, published_on="2026-06-01")

    with acting(clerk):
        days = dict(ItemVersion.objects.values_list("pk", "published_on"))
        assert days == {now.pk: date(2026, 6, 1), ahead.pk: None, before.pk: date(2025, 5, 5)}


def test_an_import_finds_items_by_code_or_name_and_ends_the_former_version(
    clerk, acting, community
):
    with acting(clerk):
        former = cases.version(community, cases.item(community, "MZ-09", "高龄津贴"))
        cases.item(community, "MZ-10", "高龄津贴补发")
        header = [
            "事项",
            "施行日期",
            "办件类型",
            "办理层级",
            "服务对象",
            "承诺时限（工作日）",
            "收费标准",
        ]
        row = ["高龄津贴", date(2026, 1, 1), "承诺件", "街道审批", "个人", 3, "不收费"]
        report = run(
            xlsx(事项版本=[header, row]),
            ledger=ledgers["item-versions"],
            unit=community,
            by=clerk,
            commit=True,
        )
        assert report.problems == []
        former.refresh_from_db()
        assert former.ends_on == date(2025, 12, 31)
        header = [
            "事项编码",
            "施行日期",
            "序号",
            "材料名称",
            "原件（份）",
            "复印件（份）",
            "可容缺受理",
        ]
        report = run(
            xlsx(申请材料=[header, ["MZ-09", date(2026, 1, 1), 3, "银行卡", 0, 1, "是"]]),
            ledger=ledgers["item-materials"],
            unit=community,
            by=clerk,
            commit=True,
        )
        assert report.problems == []
        new = ItemVersion.objects.get(starts_on="2026-01-01")
        assert list(new.materials.values_list("ordinal", "name")) == [
            (1, "身份证"),
            (2, "户口簿"),
            (3, "银行卡"),
        ]
