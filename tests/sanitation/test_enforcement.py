"""Enforcement: many items keyed at once, re-checks, the page of an operation, and what figures count."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.errors import StaleRecord
from portal.figures import engine
from portal.ledgers import ledgers
from portal.ledgers.forms import form_class_for
from portal.periods import Period
from portal.roles import Role
from portal.scope import Denied
from sanitation.enums.enforcement import MEASURES, Handling, TargetKind
from sanitation.models import EnforcementAction, EnforcementItem
from sanitation.selectors.enforcement import results
from sanitation.services import enforcement as service
from tests.factories import sanitation_market as make

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")
ITEMS = "/ledger/enforcement-items/"


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street)


@pytest.fixture
def once(acting, street):
    with acting(street):
        return make.action(street, operation=make.operation(street))


def key() -> dict:
    return {"_key": str(uuid.uuid4())}


def value(code, unit, **category):
    return engine.read(f"sanitation.{code}", {unit.pk}, YEAR, category).value


def test_every_kind_has_its_measure():
    assert MEASURES.keys() == set(TargetKind)


# --- items of an action, many at once -----------------------------------------------------------------
def many(once, street, *lines):
    data = key() | {
        "lines": "10",
        "unit": str(street.pk),
        "action": str(once.pk),
        "action_text": "",
    }
    for n, line in enumerate(lines):
        data |= {f"l{n}-{name}": str(told) for name, told in line.items()}
    return data


NINE = {"kind": "window_shop", "quantity": 9, "area": "1320", "handling": "closed"}
STALLS = {"kind": "stall", "quantity": 70, "handling": "persuaded"}


def test_items_are_keyed_at_once_on_the_actions_day(client_of, inspector, street, once, acting):
    client = client_of(inspector)
    page = client.get(f"/ledger/enforcement-actions/{once.pk}/")
    assert f"{ITEMS}add-many/?action={once.pk}" in page.content.decode()
    answer = client.post(f"{ITEMS}add-many/", many(once, street, NINE, STALLS))
    assert answer.status_code == 302
    with acting(inspector):
        found = list(EnforcementItem.objects.order_by("pk").values_list("kind", "quantity", "area"))
        assert found == [("window_shop", 9, Decimal(1320)), ("stall", 70, None)]
        assert {i.occurred_on for i in EnforcementItem.objects.all()} == {once.occurred_on}
        assert {i.unit for i in EnforcementItem.objects.all()} == {street}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (STALLS | {"quantity": "70余"}, "请只填数字，不带单位和“余”“约”等字。"),
        (STALLS | {"quantity": 0}, "数量至少为 1。"),
        (STALLS | {"handling": ""}, "请选择处理。"),
        (NINE | {"area": "-1"}, "不能小于 0。"),
    ],
)
def test_one_bad_line_and_none_is_stored(client_of, inspector, street, once, acting, line, said):
    answer = client_of(inspector).post(f"{ITEMS}add-many/", many(once, street, NINE, line))
    assert said in answer.content.decode()
    with acting(inspector):
        assert not EnforcementItem.objects.exists()


def item_form(user, unit, **data):
    ledger = ledgers["enforcement-items"]
    return form_class_for(ledger)(data, ledger=ledger, user=user, unit=unit)


def test_form_of_an_item(inspector, street, community, once, acting):
    with acting(inspector):
        form = item_form(inspector, street, **STALLS, action=once.pk, area="3", recheck="好")
        assert form.errors == {"rechecked_on": ["填了复查情况的，请填写复查日期。"]}
        assert form.warnings == ["流动摊点按家计，一般没有面积，请核对。"]
        early = item_form(
            inspector, street, **NINE, action=once.pk, rechecked_on="2025-05-25", recheck="好"
        )
        assert early.errors == {"rechecked_on": ["复查日期不能早于日期。"]}
        elsewhere = make.action(community)
        other = item_form(inspector, street, **NINE, action=elsewhere.pk)
        assert list(other.errors) == ["action"]


def test_an_action_lies_within_its_operation(client_of, inspector, street, once):
    data = key() | {
        "unit": street.pk,
        "title": "清早整治",
        "occurred_on": "2025-04-30",
        "operation": once.operation_id,
        "operation_text": "",
    }
    answer = client_of(inspector).post("/ledger/enforcement-actions/add/", data)
    assert "行动日期应在整治行动的 2025-05-01 以后之内" in answer.content.decode()


# --- another day, the bin -----------------------------------------------------------------------------
def test_items_follow_the_day_of_their_action(inspector, once, acting):
    with acting(inspector):
        make.item(once)
        row = EnforcementAction.objects.get(pk=once.pk)
        row.occurred_on = date(2025, 6, 3)
        service.store_action(row, by=inspector)
        item = EnforcementItem.objects.get()
        assert item.occurred_on == date(2025, 6, 3)
        service.recheck([item], day=date(2025, 6, 10), found="已整改", by=inspector)
        row = EnforcementAction.objects.get(pk=once.pk)
        row.occurred_on = date(2025, 6, 11)
        with pytest.raises(ValidationError) as refused:
            service.store_action(row, by=inspector)
        assert refused.value.message_dict.keys() == {"occurred_on"}


def test_an_action_takes_its_items_to_the_bin_and_back(inspector, once, acting):
    with acting(inspector):
        make.item(once)
        ledger, row = ledgers["enforcement-actions"], EnforcementAction.objects.get(pk=once.pk)
        ledger.check_deletable(row)
        ledger.recycle(row, version=row.version, by=inspector)
        assert not EnforcementItem.objects.kept().exists()
        ledger.restore(EnforcementAction.objects.get(pk=once.pk), by=inspector)
        assert EnforcementItem.objects.kept().count() == 1


# --- re-check -----------------------------------------------------------------------------------------
def test_several_items_are_rechecked_on_one_page(client_of, inspector, once, acting):
    with acting(inspector):
        shops = make.item(once, handling=Handling.ORDERED, target="甲门窗店")
        boards = make.item(once, TargetKind.SIGNBOARD, 65, handling=Handling.ORDERED)
        make.item(once, TargetKind.STALL, 70, handling=Handling.PERSUADED)
    client, url = client_of(inspector), f"/sanitation/enforcement/{once.pk}/recheck/"
    page = client.get(url).content.decode()
    assert "门窗建材店9户 · 责令整改 · 甲门窗店" in page
    assert "流动摊点" not in page
    versions = f"{shops.pk}:1,{boards.pk}:1"
    said = {"versions": versions, "items": [shops.pk], "day": "2025-06-02", "found": "已整改到位"}
    refused = client.post(url, key() | said | {"day": "2025-05-20"}).content.decode()
    assert "复查日期不能早于日期。" in refused
    assert client.post(url, key() | said | {"items": []}).status_code == 200
    assert client.post(url, key() | said).status_code == 302
    with acting(inspector):
        shops.refresh_from_db()
        assert (shops.rechecked_on, shops.recheck) == (date(2025, 6, 2), "已整改到位")
        assert EnforcementItem.objects.get(pk=boards.pk).rechecked_on is None
        assert value("enforcement_ordered", once.unit) == 2
        assert engine.read("sanitation.enforcement_recheck_rate", {once.unit_id}, YEAR).text == (
            "50.0%"
        )
        may = engine.read(
            "sanitation.enforcement_rechecked", {once.unit_id}, Period.parse("2025-05")
        )
        assert may.value == 0  # looked at in June: at May's end it was not


def test_recheck_refuses_a_stale_row_and_who_may_not_edit(
    inspector, make_user, street, once, acting
):
    with acting(inspector):
        item = make.item(once, handling=Handling.ORDERED)
        stale = EnforcementItem.objects.get(pk=item.pk)
        item.road = "S207"
        item.save()
        with pytest.raises(StaleRecord):
            service.recheck([stale], day=timezone.localdate(), found="好", by=inspector)
    section = make_user(Role.STREET_SECTION, street)
    with acting(street), pytest.raises(Denied):
        service.recheck([item], day=timezone.localdate(), found="好", by=section)


def test_recheck_page_of_another_unit_is_missing(client_of, make_user, community, once):
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    assert client.get(f"/sanitation/enforcement/{once.pk}/recheck/").status_code == 404
    head = client_of(make_user(Role.COMMUNITY_HEAD, community))
    assert head.get(f"/sanitation/enforcement/{once.pk}/recheck/").status_code == 403


# --- what figures count -------------------------------------------------------------------------------
@pytest.fixture
def of_s8(once, street, acting):
    """What S8-7…S8-11 tell, and another action outside the operation."""
    with acting(street):
        make.item(once, area=1320)
        make.item(once, TargetKind.OUT_OF_SHOP, 13)
        make.item(once, TargetKind.STALL, 70, handling=Handling.PERSUADED)
        august = make.action(
            street,
            date(2025, 8, 4),
            title="招牌整治",
            operation=once.operation,
            people=18,
            vehicles=2,
        )
        make.item(august, TargetKind.SIGNBOARD, 65, area=500, handling=Handling.REMOVED)
        alone = make.action(street, date(2025, 9, 1), title="日常巡查", people=None)
        make.item(alone, TargetKind.WINDOW_SHOP, 1, area=80)
    return once.operation


def test_each_kind_is_told_in_its_own_measure(of_s8, street, acting):
    with acting(street):
        read = {
            code: engine.read(f"sanitation.enforced_{code}", {street.pk}, YEAR, None).full
            for code in ("window_shop", "out_of_shop", "stall", "signboard", "parking")
        }
        assert read == {
            "window_shop": "10户",
            "out_of_shop": "13户",
            "stall": "70家",
            "signboard": "65块",
            "parking": "0辆",
        }
        assert value("enforced_window_shop", street, operation=str(of_s8.pk)) == 9
        assert value("enforced_window_shop", street, operation="none") == 1
        assert value("enforced_stall", street, handling="closed") == 0
        assert value("enforcement_actions", street) == 3
        assert value("enforcement_people", street) == 44
        assert value("enforcement_items", street) == 5
        assert value("enforcement_area", street) == 1900
        average = engine.read("sanitation.enforced_window_shop_average", {street.pk}, YEAR)
        assert average.full == "140.0㎡（1400㎡/10户）"


def test_kinds_and_handlings_add_up(of_s8, street, acting):
    with acting(street):
        for code in ("enforcement_quantity", "enforcement_area"):
            whole = value(code, street)
            for name in ("kind", "handling", "operation"):
                parts = engine.by_category(f"sanitation.{code}", name, {street.pk}, YEAR)
                assert sum(reading.value for reading in parts.values()) == whole
        for kind in TargetKind:
            own = value(f"enforced_{kind.value}", street)
            assert own == value("enforcement_quantity", street, kind=kind)


def test_an_operation_is_counted_while_it_goes_on(street, acting):
    with acting(street):
        make.operation(street, starts_on=date(2024, 11, 1), ends_on=date(2025, 1, 1))
        make.operation(street, "过去的", starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31))
        make.operation(street, "以后的", starts_on=date(2026, 1, 1))
        assert value("enforcement_operations", street) == 1


def test_the_page_of_an_operation_tells_its_totals(client_of, inspector, of_s8, street, acting):
    with acting(inspector):
        told = results({"operation": of_s8.pk}, street, inspector)
    rows = {
        row["label"]: (
            row["quantity"]["value"],
            row["measure"],
            row["area"] and row["area"]["value"],
            row["average"],
        )
        for row in told["rows"]
    }
    assert rows == {
        "门窗建材店": ("9", "户", "1320.00", "146.7"),
        "店外经营": ("13", "户", None, ""),
        "流动摊点": ("70", "家", None, ""),
        "违章广告招牌": ("65", "块", "500.00", "7.7"),
    }
    assert [(t["value"], t["unit"]) for t in told["totals"]] == [
        ("2", "次"),
        ("44", "人次"),
        ("2", "辆次"),
        ("4", "项"),
    ]
    client = client_of(inspector)
    page = client.get(f"/ledger/enforcement-operations/{of_s8.pk}/").content.decode()
    assert "146.7" in page
    evidence = client.get(told["rows"][0]["quantity"]["url"])
    assert evidence.context["value"] == "9"


def test_the_page_of_an_operation_asks_few_queries(
    client_of, inspector, of_s8, street, acting, django_assert_max_num_queries
):
    with acting(inspector), django_assert_max_num_queries(24):
        results({"operation": of_s8.pk}, street, inspector)
