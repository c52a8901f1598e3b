"""The stage of the demo: one street of twelve communities, its staff, and a seeded chance.

Each app adds its own records in ``<app>/demo`` by a function ``build(world)``, in the order of the
installed apps. Nothing here is real: the district's code belongs to no place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from random import Random
from time import monotonic

from django.apps import apps

from portal.demo.asking import add_asks_and_notices
from portal.demo.quality import add_history
from portal.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from portal.isolation import one_moment
from portal.models import RoleAssignment, Unit, User
from portal.models.units import UnitKind
from portal.scope import Scope, scope, scope_of_units

DISTRICT = ("449901000000", "清河区")
STREET = ("449901001000", "春华街道")
COMMUNITIES = (
    "明珠社区", "和平社区", "东湖社区", "南苑社区", "西园社区", "北门社区",
    "桂花社区", "翠竹社区", "文昌社区", "新桥社区", "河畔社区", "向阳社区",
)  # fmt: skip
SEED = 20250101
YEAR = 2025


@dataclass
class World:
    """What the builders share. ``many(n)`` scales a number of records, at least one."""

    scale: float
    street: Unit
    communities: list[Unit]
    grids: dict[int, list[Unit]]
    random: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311  not a secret
    shared: dict = field(default_factory=dict)

    def many(self, number: float) -> int:
        return max(1, round(number * self.scale))

    def day(self, first: date, last: date) -> date:
        """A day between the two, seldom a weekend: most work is done on working days."""
        for _ in range(3):
            day = first + timedelta(days=self.random.randrange((last - first).days + 1))
            if day.weekday() < 5:
                return day
        return day

    def staff(self, unit: Unit) -> str:
        return self.shared["staff"][unit.pk]


def typed_at(day: date) -> datetime:
    """When a record of ``day`` was typed: at 9:30 the next morning, Beijing time."""
    return datetime(day.year, day.month, day.day, 1, 30, tzinfo=UTC) + timedelta(days=1)


def exists() -> bool:
    return Unit.objects.filter(code=STREET[0]).exists()


def build(scale: float, say=lambda text: None) -> World:
    """Units, accounts, and every app's records, in one transaction: all of it or nothing. It reads one
    moment, as summaries are issued in it."""
    with one_moment():
        return _build(scale, say)


def _build(scale: float, say) -> World:
    with scope(Scope(frozenset(), frozenset(), "command:demo")):
        world = _units(scale)
        _accounts(world)
    district = world.street.parent_id
    with scope(scope_of_units([district], "command:demo")):
        for name, builder in _builders():
            started = monotonic()
            builder(world)
            say(f"{name}: {monotonic() - started:.1f} s")
        add_history()
        add_asks_and_notices(world)
    return world


def _builders() -> Iterator[tuple]:
    """The office's places and partners stand first: the departments work with them."""
    for config in sorted(apps.get_app_configs(), key=lambda c: not c.name.startswith("portal.")):
        module = f"{config.name}.demo"
        if config.name != "portal" and find_spec(module):
            yield config.name, import_module(module).build


def _units(scale: float) -> World:
    since = date(2010, 1, 1)
    district = Unit.objects.create(
        kind=UnitKind.DISTRICT, code=DISTRICT[0], name=DISTRICT[1], valid_from=since
    )
    street = Unit.objects.create(
        kind=UnitKind.STREET, code=STREET[0], name=STREET[1], parent=district, valid_from=since
    )
    communities = [
        Unit.objects.create(
            kind=UnitKind.COMMUNITY,
            code=f"{STREET[0][:9]}{number:03d}",
            name=name,
            parent=street,
            valid_from=since,
        )
        for number, name in enumerate(COMMUNITIES, start=1)
    ]
    grids = {
        community.pk: [
            Unit.objects.create(
                kind=UnitKind.GRID,
                code=f"{community.code}{number:03d}",
                name=f"第{'一二三四五六'[number - 1]}网格",
                parent=community,
                valid_from=since,
            )
            for number in range(1, 5 + index % 3)
        ]
        for index, community in enumerate(communities)
    }
    world = World(scale, street, communities, grids)
    names = (
        "李梅",
        "王秀兰",
        "张建国",
        "刘芳",
        "陈志远",
        "杨丽",
        "赵敏",
        "黄海",
        "周玉兰",
        "吴刚",
        "徐静",
        "孙伟",
    )
    world.shared["staff"] = {
        community.pk: names[index] for index, community in enumerate(communities)
    }
    world.shared["staff"][street.pk] = "梁伟文"
    return world


def _accounts(world: World) -> None:
    units = {unit.code[-3:]: unit for unit in [world.street, *world.communities]}
    for account in DEMO_ACCOUNTS:
        user = User.objects.create_user(account.username, account.name, DEMO_PASSWORD)
        RoleAssignment.objects.create(
            user=user,
            unit=units[account.unit_suffix],
            role=account.role,
            valid_from=date(2024, 1, 1),
        )
