"""Hauls, buy-back, posters, the fee, 三分一处: one believable, valid row each; call inside ``acting``."""

from datetime import date
from decimal import Decimal

from portal.models import Unit
from portal.models.units import UnitKind
from sanitation.enums.waste import Recyclable
from sanitation.models import (
    Buyback,
    BuybackTarget,
    FeeCollection,
    FeeStandard,
    MaterialDelivery,
    PasteCheck,
    SortingState,
    WasteHaul,
)

DAY = date(2025, 3, 12)


def _made(model, unit, community, **fields):
    return model.objects.create(unit=unit, community=community or unit, **fields)


def haul(unit, community=None, net=4200, **fields) -> WasteHaul:
    fields = {"occurred_on": DAY, "vehicle": "清A·D6018", "station": "春华压缩站"} | fields
    return _made(WasteHaul, unit, community, net=net, **fields)


def buyback(unit, community=None, weight="12.5", **fields) -> Buyback:
    fields = {
        "occurred_on": DAY,
        "category": Recyclable.PAPER,
        "unit_price": Decimal("0.80"),
        "amount": Decimal("10.00"),
    } | fields
    return _made(Buyback, unit, community, weight=Decimal(weight), **fields)


def target(unit, community=None, weight=100, year=2025, **fields) -> BuybackTarget:
    fields = {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)} | fields
    return _made(BuybackTarget, unit, community, weight=weight, **fields)


def delivery(unit, community=None, quantity=500, **fields) -> MaterialDelivery:
    fields = {"occurred_on": DAY, "material": "垃圾分类宣传画报", "receiver": "李梅"} | fields
    return _made(MaterialDelivery, unit, community, quantity=quantity, **fields)


def paste_check(unit, community=None, sampled=20, pasted=17, **fields) -> PasteCheck:
    fields = {"occurred_on": DAY, "checker": "吴永刚"} | fields
    return _made(PasteCheck, unit, community, sampled=sampled, pasted=pasted, **fields)


def standard(unit, amount="60.00", **fields) -> FeeStandard:
    fields = {"title": "农村生活垃圾处理费", "starts_on": date(2025, 1, 1)} | fields
    return FeeStandard.objects.create(unit=unit, amount=Decimal(amount), **fields)


def collection(unit, community=None, due=300, paid=240, **fields) -> FeeCollection:
    fields = {"occurred_on": DAY, "amount": Decimal(60 * paid)} | fields
    return _made(FeeCollection, unit, community, due=due, paid=paid, **fields)


def sorting(unit, community=None, **fields) -> SortingState:
    fields = {"starts_on": date(2025, 1, 1), "reduces": True} | fields
    return _made(SortingState, unit, community, **fields)


def one_of_each(unit) -> dict:
    """By ledger."""
    rate = standard(unit)
    return {
        "waste-hauls": haul(unit, slip="25031201", gross=11_600, tare=7_400),
        "buybacks": buyback(unit, goods="洗衣皂", households=6),
        "buyback-targets": target(unit, basis="减量工作方案"),
        "material-deliveries": delivery(unit),
        "paste-checks": paste_check(unit),
        "fee-standards": rate,
        "fee-collections": collection(unit, standard=rate, collector="李梅"),
        "sorting-states": sorting(unit, processor="春华环保合作社", households=120),
    }


def twice(unit) -> list:
    return [haul(unit, slip="1"), haul(unit, slip="2")]


def overlapping(unit) -> list:
    return [target(unit), target(unit, starts_on=date(2025, 6, 1))]


def group_beside_whole(unit):
    grid = Unit.objects.create(
        kind=UnitKind.GRID, code=f"{unit.code}091", name="龙顾组", parent=unit
    )
    rate = standard(unit)
    collection(unit, standard=rate)
    return collection(unit, standard=rate, grid=grid, due=20, paid=10, amount=600)


# By quality rule: a row, or rows, of the unit that break it.
BROKEN = {
    "sanitation.haul_heavy": lambda unit: haul(unit, net=30_001),
    "sanitation.haul_light": lambda unit: haul(unit, net=99),
    "sanitation.haul_twice": twice,
    "sanitation.haul_slip": lambda unit: haul(unit, gross=11_600, tare=7_400),
    "sanitation.buyback_amount": lambda unit: buyback(unit, amount="10.01"),
    "sanitation.buyback_free": lambda unit: buyback(unit, unit_price=None, amount=0),
    "sanitation.target_twice": overlapping,
    "sanitation.delivery_receiver": lambda unit: delivery(unit, receiver=""),
    "sanitation.paste_few": lambda unit: paste_check(unit, sampled=9, pasted=9),
    "sanitation.fee_too_much": lambda unit: collection(
        unit, standard=standard(unit), amount=240 * 60 + 1
    ),
    "sanitation.fee_standard": collection,
    "sanitation.fee_twice": group_beside_whole,
    "sanitation.sorting_nothing": lambda unit: sorting(unit, reduces=False),
}
