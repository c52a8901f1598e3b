"""Demo hauls, buy-back and targets, posters and paste checks, the waste fee and 三分一处."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from portal.bulk import load
from portal.demo.world import SEED, YEAR, World, typed_at
from sanitation.enums.waste import Recyclable, WasteClass
from sanitation.forms.waste import money_of
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

FIRST = date(YEAR, 1, 2)
TRIPS, BOUGHT, POSTERS, HOMES = 100, 36, 1250, 900  # of a community in a full year
VEHICLES = ("清A·D6018", "清A·D6027", "清A·D6035")
STATIONS = ("春华街道垃圾压缩站", "清河区垃圾处理场")
# Of ten trips; the others take residual waste.
CLASSES = {2: WasteClass.FOOD, 5: WasteClass.FOOD, 7: WasteClass.RECYCLABLE}
TONNES = {
    WasteClass.RESIDUAL: (3200, 6800),
    WasteClass.FOOD: (900, 2400),
    WasteClass.RECYCLABLE: (600, 1500),
    WasteClass.HAZARDOUS: (120, 260),
}
PRICES = {
    Recyclable.PAPER: Decimal("0.80"),
    Recyclable.PLASTIC: Decimal("1.20"),
    Recyclable.METAL: Decimal("1.60"),
    Recyclable.GLASS: Decimal("0.20"),
    Recyclable.TEXTILE: Decimal("0.30"),
}
GOODS = "洗衣皂"
FEE = Decimal("60.00")
NOT_CHARGING = 2  # the last communities have not begun to collect the fee
COOPERATIVE = "春华环保合作社"


def build(world: World) -> None:
    random = Random(SEED + 206)  # noqa: S311  not a secret
    last = timezone.localdate() - timedelta(days=2)
    load(
        WasteHaul,
        [
            haul
            for number in range(len(world.communities))
            for haul in _hauls(world, random, number, last)
        ],
    )
    load(Buyback, [row for unit in world.communities for row in _bought(world, random, unit, last)])
    load(BuybackTarget, list(_targets(world, last)))
    load(MaterialDelivery, list(_posters(world, last)))
    load(PasteCheck, list(_checks(world, random, last)))
    [standard] = load(FeeStandard, [_standard(world)])
    load(FeeCollection, list(_fees(world, random, standard, last)))
    load(SortingState, list(_sorting(world)))


def _spread(random, count: int, last: date):
    """``count`` days in a year, evenly with some chance, until the last day."""
    step, number = 365 / count, 0
    while True:
        day = FIRST + timedelta(days=int(number * step) + random.randrange(max(1, int(step / 2))))
        if day > last:
            return
        yield number, day
        number += 1


def _hauls(world, random, number, last):
    community = world.communities[number]
    for trip, day in _spread(random, world.many(TRIPS), last):
        waste = CLASSES.get((trip + number) % 10, WasteClass.RESIDUAL)
        if trip == number * 3 + 11:
            waste = WasteClass.HAZARDOUS
        low, high = TONNES[waste]
        less = Decimal("0.94") if day.year > YEAR else 1
        net = int(random.randrange(low, high) * less)
        tare = 7400 + number * 20
        yield WasteHaul(
            unit=world.street,
            community=community,
            occurred_on=day,
            recorded_at=typed_at(day),
            waste=waste,
            vehicle=VEHICLES[number % len(VEHICLES)],
            station=STATIONS[number % len(STATIONS)],
            slip=f"{day:%y%m%d}{number + 1:02d}{trip % 100:02d}",
            gross=tare + net,
            tare=tare,
            net=net,
        )


def _bought(world, random, unit, last):
    """Kept by the community itself, which stands at the scales."""
    for number, day in _spread(random, world.many(BOUGHT), last):
        category = list(Recyclable)[number % len(Recyclable)]
        weight = Decimal(random.randrange(80, 900)) / 10
        price = PRICES.get(category)
        yield Buyback(
            unit=unit,
            community=unit,
            occurred_on=day,
            recorded_at=typed_at(day),
            category=category,
            weight=weight if price else weight / 10,
            unit_price=price,
            amount=money_of(weight, price) if price else Decimal(0),
            goods="" if price else GOODS,
            households=random.randrange(3, 25),
        )


def _targets(world, last):
    for year in range(YEAR, last.year + 1):
        for number, community in enumerate(world.communities):
            yield BuybackTarget(
                unit=world.street,
                community=community,
                recorded_at=typed_at(date(year, 1, 6)),
                starts_on=date(year, 1, 1),
                ends_on=date(year, 12, 31),
                weight=world.many(BOUGHT) * (32 + number),
                basis=f"春华街道{year}年垃圾分类减量工作方案",
            )


def _posters(world, last):
    for day, name in (
        (date(YEAR, 7, 8), "垃圾分类宣传画报"),
        (date(YEAR + 1, 3, 10), "环境卫生公约画报"),
    ):
        for community in world.communities if day <= last else ():
            yield MaterialDelivery(
                unit=world.street,
                community=community,
                occurred_on=day,
                recorded_at=typed_at(day),
                material=name,
                quantity=world.many(POSTERS),
                measure="份",
                receiver=world.staff(community),
            )


def _checks(world, random, last):
    for first in (date(YEAR, 8, 18), date(YEAR + 1, 4, 13)):
        for number, community in enumerate(world.communities):
            day = first + timedelta(days=number // 3)
            if day > last:
                continue
            sampled = random.randrange(20, 41)
            yield PasteCheck(
                unit=world.street,
                community=community,
                occurred_on=day,
                recorded_at=typed_at(day),
                sampled=sampled,
                pasted=sampled * random.randrange(62, 101) // 100,
                checker="吴永刚",
            )


def _standard(world):
    return FeeStandard(
        unit=world.street,
        recorded_at=typed_at(FIRST),
        title="农村生活垃圾处理费",
        amount=FEE,
        per="户·年",
        basis="春华街道垃圾费收取办法",
        starts_on=date(YEAR, 1, 1),
    )


def _fees(world, random, standard, last):
    """Each community as a whole, but one of them group by group."""
    for year in (YEAR, YEAR + 1):
        day = date(year, 5, 20)
        for number, community in enumerate(world.communities[:-NOT_CHARGING]):
            if day > last:
                return
            grids = world.grids[community.pk] if number == 3 else [None]
            for grid in grids:
                due = world.many(HOMES / len(grids)) + number
                paid = due * random.randrange(68, 101) // 100
                yield FeeCollection(
                    unit=world.street,
                    community=community,
                    grid=grid,
                    occurred_on=day,
                    recorded_at=typed_at(day),
                    standard=standard,
                    due=due,
                    paid=paid,
                    amount=FEE * paid,
                    collector=world.staff(community),
                )


def _sorting(world):
    for number, community in enumerate(world.communities):
        since = date(YEAR, 3, 1) + timedelta(days=30 * (number % 4))
        common = {"unit": world.street, "community": community, "recorded_at": typed_at(since)}
        yield SortingState(
            **common,
            starts_on=since,
            reduces=True,
            sorts=number % 4 != 3,
            collects=number % 3 != 2,
            processor=COOPERATIVE if number % 3 == 0 else "",
            households=world.many(HOMES) * 2 // 3,
        )
        if number % 4 == 3:
            yield SortingState(
                **common,
                grid=world.grids[community.pk][0],
                starts_on=since + timedelta(days=60),
                reduces=True,
                sorts=True,
                households=max(1, world.many(HOMES) // 5),
            )
