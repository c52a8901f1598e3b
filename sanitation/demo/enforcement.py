"""Operations in the market town: two years of actions of the street, with what they dealt with."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from portal.bulk import load
from portal.demo.world import YEAR, World, typed_at
from sanitation.enums.enforcement import WITH_AREA, Handling, TargetKind
from sanitation.models import EnforcementAction, EnforcementItem, EnforcementOperation

ROADS = ("S207 省道", "春垅公路", "开元东路东延线", "新街", "老街", "农贸市场周边")
BODIES = "城管办、派出所、市场监管所、交警中队"
OPERATIONS = (
    ("集镇环境综合整治行动", (3, 1), (12, 20), "年度小城镇管理工作要点"),
    ("违章广告和店外经营专项整治", (5, 1), (8, 31), "环境治理工作方案"),
)
# Month and day, which operation, what about, roads, items: kind, quantity, area, handling.
K, H = TargetKind, Handling
ACTIONS = (
    ((3, 18), 0, "集镇主街占道经营整治", (3, 4), (
        (K.OUT_OF_SHOP, 6, None, H.ORDERED), (K.STALL, 18, None, H.PERSUADED),
        (K.PARKING, 24, None, H.PERSUADED))),
    ((5, 26), 1, "违章广告和店外经营集中整治", (0, 1, 2), (
        (K.WINDOW_SHOP, 5, 760, H.CLOSED), (K.OUT_OF_SHOP, 13, None, H.CLOSED),
        (K.SIGNBOARD, 38, 296, H.REMOVED))),
    ((8, 4), 1, "门窗建材店和招牌集中整治", (0, 1, 2), (
        (K.WINDOW_SHOP, 4, 560, H.CLOSED), (K.SIGNBOARD, 27, 215, H.REMOVED),
        (K.STALL, 31, None, H.PERSUADED))),
    ((9, 22), 0, "农贸市场周边秩序整治", (5,), (
        (K.STALL, 22, None, H.PERSUADED), (K.PARKING, 17, None, H.PERSUADED),
        (K.OUT_OF_SHOP, 4, None, H.ORDERED))),
    ((11, 6), 0, "乱搭乱建拆除", (3, 1), (
        (K.ILLEGAL_BUILDING, 3, 84, H.REMOVED), (K.SIGNBOARD, 9, 63, H.ORDERED))),
)  # fmt: skip


def build(world: World) -> None:
    for year in (YEAR, YEAR + 1):
        operations = load(
            EnforcementOperation,
            [
                EnforcementOperation(
                    unit=world.street,
                    name=f"{year}年{name}",
                    starts_on=date(year, *first),
                    ends_on=date(year, *last),
                    basis=basis,
                    recorded_at=typed_at(date(year, *first)),
                )
                for name, first, last, basis in OPERATIONS
                if date(year, *first) < timezone.localdate()
            ],
        )
        _actions(world, year, operations)


def _actions(world, year, operations) -> None:
    rows = []
    for (month, day), of, title, roads, items in ACTIONS:
        when = date(year, month, day)
        if when >= timezone.localdate():
            continue
        row = EnforcementAction(
            unit=world.street,
            occurred_on=when,
            operation=operations[of],
            title=title,
            roads="、".join(ROADS[n] for n in roads),
            units=BODIES,
            people=world.random.randrange(14, 38),
            vehicles=world.random.randrange(2, 6),
            leader="吴永刚",
            highlight=of == 1,
            recorded_at=typed_at(when),
        )
        rows.append((row, items))
    load(EnforcementAction, [row for row, _ in rows])
    load(
        EnforcementItem,
        [_item(world, row, n, *told) for row, items in rows for n, told in enumerate(items)],
    )


def _item(world, action, number, kind, quantity, area, handling) -> EnforcementItem:
    """Of the second year a little more or less; what was ordered to be mended is looked at after ten days."""
    quantity = max(1, quantity + (action.occurred_on.year - YEAR) * world.random.randrange(-3, 4))
    looked_at = action.occurred_on + timedelta(days=10)
    done = handling == Handling.ORDERED and looked_at < timezone.localdate()
    roads = action.roads.split("、")
    return EnforcementItem(
        unit=action.unit,
        occurred_on=action.occurred_on,
        action=action,
        kind=kind,
        quantity=quantity,
        area=Decimal(area) if area and kind in WITH_AREA else None,
        handling=handling,
        road=roads[number % len(roads)],
        document=f"城管责改〔{action.occurred_on.year}〕{action.occurred_on.month}号"
        if handling == Handling.ORDERED
        else "",
        rechecked_on=looked_at if done else None,
        recheck="已整改到位" if done else "",
        recorded_at=action.recorded_at,
    )
