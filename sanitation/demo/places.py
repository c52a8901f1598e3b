"""Points, key units and representatives."""

from datetime import date
from random import Random

from portal.bulk import load
from portal.demo.world import SEED, YEAR, World, typed_at
from residents.demo.names import Namer
from residents.enums import Sex
from sanitation.enums.places import KeyUnitKind, PointKind, RepresentativeKind
from sanitation.models import InspectionPoint, KeyUnit, Representative

SINCE = date(YEAR, 1, 6)
POINTS = (
    ("{c}主干道", PointKind.ROAD, "社区服务中心门前至国道路口"),
    ("{c}农贸市场", PointKind.MARKET, "老街中段"),
    ("{c}东塘", PointKind.WATER, "三组塘边"),
    ("{c}公厕", PointKind.TOILET, "文化广场东侧"),
    ("{c}一号垃圾收集点", PointKind.BIN, "村口"),
    ("{c}二号垃圾收集点", PointKind.BIN, "小学后面"),
    ("{c}水渠", PointKind.DITCH, "北边田间"),
    ("{c}后山竹林", PointKind.HILL, "山脚步道两侧"),
)
UNITS = (
    ("{c}建材市场", KeyUnitKind.MARKET, "门前堆料占道，装修垃圾混投"),
    ("{c}兴旺养殖场", KeyUnitKind.FARM, "污水须进沉淀池，不得直排水渠"),
    ("{c}中心小学", KeyUnitKind.SCHOOL, "厨余垃圾每天清运"),
    ("春华门窗加工厂", KeyUnitKind.FACTORY, "边角料当日清理"),
    ("{c}好味道餐馆", KeyUnitKind.CATERING, "油污不得倒入雨水口"),
)
DUTIES = ("1—15 号各户房前屋后", "塘边十二户", "主街两侧门店", "广场和步道")


def build(world: World) -> None:
    random = Random(SEED + 110)  # noqa: S311  not a secret
    namer = Namer(random)
    full = world.scale >= 0.5
    points, units, people = [], [], []
    for index, community in enumerate(world.communities):
        grids = world.grids[community.pk]
        short = community.name.removesuffix("社区")
        common = {"unit": world.street, "community": community, "starts_on": SINCE}
        common["recorded_at"] = typed_at(SINCE)
        for number, (name, kind, place) in enumerate(POINTS if full else POINTS[:4]):
            points.append(
                InspectionPoint(
                    name=name.format(c=short),
                    kind=kind,
                    grid=grids[number % len(grids)],
                    place=place,
                    keeper=world.staff(community) if number % 2 else "",
                    **common,
                )
            )
        for name, kind, concerns in UNITS[index % 2 :: 2 if full else 4]:
            units.append(
                KeyUnit(
                    name=name.format(c=short),
                    kind=kind,
                    grid=grids[-1],
                    manager=namer.name(Sex.MALE),
                    phone=f"198{random.randrange(10**7, 10**8)}",
                    concerns=concerns,
                    **common,
                )
            )
        for number in range(2 if full else 1):
            people.append(
                Representative(
                    **common | {"unit": community},
                    name=namer.name(random.choice((Sex.MALE, Sex.FEMALE))),
                    kind=list(RepresentativeKind)[(index + number) % 3],
                    grid=grids[number],
                    phone=f"197{random.randrange(10**7, 10**8)}",
                    duty=DUTIES[(index + number) % len(DUTIES)],
                )
            )
    load(InspectionPoint, points)
    load(KeyUnit, units)
    load(Representative, people)
