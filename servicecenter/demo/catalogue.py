"""The demo's catalogue: the street keeps the usual items, communities some of their own; sheets and cards
are handed out. ``world.shared["item_versions"]`` are all versions, for the cases built on them."""

from datetime import date, timedelta

from django.utils import timezone

from portal.bulk import load
from portal.demo.world import YEAR, World, typed_at
from portal.office.models import Station
from residents.enums import HandoutMethod
from residents.models import Handout
from servicecenter.catalogue_seed import SEEDS, STEPS
from servicecenter.enums.catalogue import CaseKind, Department, ItemLevel, PrintKind
from servicecenter.models import ItemMaterial, ItemVersion, ServiceItem

LAST_DAY = date(YEAR + 1, 6, 30)  # of the demo's shared facts
BEGAN, RENEWED = date(YEAR - 1, 1, 1), date(YEAR + 1, 1, 1)
HOURS = "周一至周五 8:30—12:00，14:30—17:30"
PHONE, COMPLAINTS = "0731-85550100", "0731-85550119"
LEGAL = {20: 30, 15: 20, 10: 15, 7: 15, 5: 10}  # what the invented local rules allow
SECTIONS = {
    Department.CIVIL: "社会事务科",
    Department.DISABLED: "社会事务科",
    Department.VETERANS: "社会事务科",
    Department.ESTATE: "城市管理科",
}
FASTER = {
    "MZ-01",
    "MZ-05",
    "CL-01",
    "CL-02",
    "CL-07",
    "JY-01",
    "ZF-01",
}  # promise less since RENEWED
CLOSED = "CL-11", date(YEAR, 6, 30)
OWN = (
    ("SQ-01", "社区活动室预约使用", CaseKind.ON_SPOT, 0, ("居民身份证",)),
    ("SQ-02", "便民工具借用", CaseKind.ON_SPOT, 0, ("居民身份证",)),
    ("SQ-03", "楼道杂物清理帮办", CaseKind.PROMISED, 3, ("情况说明",)),
    ("SQ-04", "独居老人上门代办", CaseKind.PROMISED, 2, ("居民身份证", "联系人电话")),
)
TARGETS = ("来厅办事的居民", "入户走访的居民", "政策宣传活动", "新入住居民")


def build(world: World) -> None:
    versions = _of_street(world)
    for index, unit in enumerate(world.communities):
        versions += _of_community(unit, index)
    world.shared["item_versions"] = versions
    _handouts(world, [v for v in versions if v.unit == world.street and v.ends_on is None])


def _of_street(world: World) -> list[ItemVersion]:
    unit = world.street
    stations = {s.name: s for s in Station.objects.filter(unit=unit)}
    center = stations.get("便民服务中心")
    items = load(
        ServiceItem,
        [
            ServiceItem(
                unit=unit,
                code=seed.code,
                name=seed.name,
                department=seed.department,
                station=stations.get(SECTIONS.get(seed.department, ""), center),
                closed_on=CLOSED[1] if seed.code == CLOSED[0] else None,
                recorded_at=typed_at(BEGAN),
            )
            for seed in SEEDS
        ],
    )
    versions, papers = [], []
    for seed, item in zip(SEEDS, items, strict=True):
        first = ItemVersion(
            unit=unit,
            item=item,
            starts_on=BEGAN,
            ends_on=item.closed_on,
            kind=seed.kind,
            level=seed.level,
            applies_to=seed.applies_to,
            conditions=seed.conditions or "本辖区常住居民，符合有关政策规定。",
            legal_days=seed.legal or LEGAL.get(seed.days),
            promised_days=seed.days,
            basis=seed.basis,
            process="\n".join(STEPS[seed.kind]),
            phone=PHONE,
            complaint_phone=COMPLAINTS,
            place=f"{unit.name}便民服务中心",
            hours=HOURS,
            published_on=BEGAN + timedelta(days=14),
            recorded_at=typed_at(BEGAN),
        )
        versions.append(first)
        papers.append(seed.materials)
        if seed.code in FASTER:
            first.ends_on = RENEWED - timedelta(days=1)
            told = {f.attname: getattr(first, f.attname) for f in ItemVersion._meta.concrete_fields}
            told |= {"id": None, "starts_on": RENEWED, "ends_on": None, "published_on": RENEWED}
            told |= {"promised_days": seed.days * 3 // 4, "recorded_at": typed_at(RENEWED)}
            versions.append(ItemVersion(**told))
            papers.append(seed.materials)
    return _stored(versions, papers)


def _of_community(unit, index: int) -> list[ItemVersion]:
    chosen = [own for n, own in enumerate(OWN) if (n + index) % 2 == 0]
    items = load(
        ServiceItem,
        [
            ServiceItem(
                unit=unit,
                code=code,
                name=name,
                department=Department.OTHER,
                recorded_at=typed_at(BEGAN),
            )
            for code, name, *_ in chosen
        ],
    )
    versions = [
        ItemVersion(
            unit=unit,
            item=item,
            starts_on=BEGAN,
            kind=kind,
            level=ItemLevel.COMMUNITY,
            promised_days=days,
            conditions=f"{unit.name}居民。",
            process="\n".join(STEPS[kind]),
            phone="" if index == 4 and number == 0 else f"0731-855502{index:02d}",
            complaint_phone=COMPLAINTS,
            place=f"{unit.name}为民服务大厅",
            hours=HOURS,
            published_on=None if index == 7 and number == 0 else BEGAN + timedelta(days=14),
            recorded_at=typed_at(BEGAN),
        )
        for number, (item, (_, _, kind, days, _)) in enumerate(zip(items, chosen, strict=True))
    ]
    return _stored(versions, [names for *_, names in chosen])


def _stored(versions, papers) -> list[ItemVersion]:
    """The versions with their materials, which are seeds or mere names."""
    versions = load(ItemVersion, versions)
    materials = []
    for version, asked in zip(versions, papers, strict=True):
        for ordinal, paper in enumerate(asked, start=1):
            told = {"name": paper, "copies": 1} if isinstance(paper, str) else vars(paper)
            materials.append(
                ItemMaterial(
                    unit=version.unit,
                    version_of_item=version,
                    ordinal=ordinal,
                    recorded_at=version.recorded_at,
                    **told,
                )
            )
    load(ItemMaterial, materials)
    return versions


def _handouts(world: World, guides: list[ItemVersion]) -> None:
    """Sheets on single items and cards of the hall, by community and year."""
    random, rows = world.random, []
    newest = min(timezone.localdate(), LAST_DAY)
    spans = [(date(year, 1, 2), date(year, 12, 30)) for year in (YEAR - 1, YEAR, YEAR + 1)]
    for unit in [*world.communities, world.street]:
        for first, last in spans:
            last = min(last, newest)
            if first > last:
                continue
            for number in range(world.many(6)):
                kind = PrintKind.CARD if number % 3 == 2 else PrintKind.GUIDE
                about = f"（{random.choice(guides).item.name}）" if kind == PrintKind.GUIDE else ""
                day = world.day(first, last)
                rows.append(
                    Handout(
                        unit=unit,
                        occurred_on=day,
                        material=f"{kind.label}{about}",
                        quantity=random.randrange(2, 9) * 10,
                        measure="张" if kind == PrintKind.CARD else "份",
                        target=random.choice(TARGETS),
                        method=random.choice([HandoutMethod.POINT, HandoutMethod.EVENT]),
                        domains=["servicecenter"],
                        recorded_at=typed_at(day),
                    )
                )
    load(Handout, rows)
