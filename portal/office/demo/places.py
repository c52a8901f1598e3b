"""Facilities with zones, reading rooms, boards with postings, slogans, purchases."""

from datetime import date, time, timedelta

from portal.demo.world import YEAR
from portal.office.demo.stage import DISABILITY, LAST_DAY, OFFICE, SANITATION, SERVICE, Stage
from portal.office.enums import BoardKind, FacilityKind, HoldingKind, SloganKind
from portal.office.models import (
    Facility,
    FacilityZone,
    Holding,
    NoticeBoard,
    Posting,
    Purchase,
    ReadingDay,
    Slogan,
)

# Name, kind, ㎡, zones, tags.
FACILITIES = (
    ("服务大厅", FacilityKind.HALL, 180, (("受理窗口", 60), ("等候区", 70)), SERVICE),
    (
        "残疾人之家",
        FacilityKind.HOME,
        320,
        (("阳光之家", 100), ("康复训练室", 120), ("温馨护理站", 60)),
        DISABILITY,
    ),
    ("阅览室", FacilityKind.READING, 85, (), OFFICE),
    ("垃圾分类投放点", FacilityKind.WASTE, 40, (), SANITATION),
)
HELD = (
    (HoldingKind.BOOKS, 1850),
    (HoldingKind.PERIODICALS, 46),
    (HoldingKind.NEWSPAPERS, 12),
    (HoldingKind.LARGE_PRINT, 60),
)
BOARDS = (
    ("居务公开栏", BoardKind.DISCLOSURE, "居委会门口"),
    ("宣传栏", BoardKind.PUBLICITY, "中心广场"),
    ("电子屏", BoardKind.SCREEN, "小区北门"),
)
POSTED = (
    ("财务收支公开", "财务"),
    ("低保评议结果公示", "救助"),
    ("党员发展公示", "党务"),
    ("便民服务指南", "服务"),
)
SLOGANS = (
    ("人道、廉洁、服务、奉献", DISABILITY),
    ("垃圾分一分，环境美十分", SANITATION),
    ("群众办事零距离", SERVICE),
)
BOUGHT = (
    ("视频监控设备", 4, "套", 12800, "街道专项经费", SERVICE),
    ("轮椅", 3, "台", 2400, "残疾人事业经费", DISABILITY),
    ("分类垃圾桶", 20, "个", 3600, "环卫经费", SANITATION),
    ("办公电脑", 2, "台", 9600, "办公经费", OFFICE),
)


def add_places(stage: Stage) -> None:
    facilities = [row for unit in stage.communities for row in _facilities(stage, unit)]
    facilities.append(_new_home(stage))
    stage.store(Facility, facilities)
    stage.store(FacilityZone, [r for row in facilities for r in _zones(stage, row)])
    _add_reading(Stage(stage.world), facilities)  # a chance of its own: the rest stays as it was
    boards = [row for unit in stage.units for row in _boards(stage, unit)]
    stage.store(NoticeBoard, boards)
    stage.store(Posting, [r for row in boards for r in _postings(stage, row)])
    stage.store(Slogan, [r for u in stage.communities for r in _slogans(stage, u)])
    stage.store(Purchase, [r for u in stage.communities for r in _purchases(stage, u)])


def _facilities(stage, unit):
    for number, (name, kind, area, _, domains) in enumerate(FACILITIES):
        yield stage.row(
            Facility,
            unit,
            date(2019, 5, 1),
            name=f"{unit.name}{name}",
            kind=kind,
            area=area + stage.units.index(unit) * 5,
            address=f"{unit.name}春华路{8 + number}号",
            manager=stage.people(unit)[number],
            built_on=date(2019, 3, 1),
            opened_on=date(2019, 5, 1),
            domains=domains,
        )


def _new_home(stage):
    """The street's new building: built, not yet in use, so that it is counted apart."""
    return stage.row(
        Facility,
        stage.street,
        date(YEAR, 11, 28),
        name=f"{stage.street.name}残疾人之家",
        kind=FacilityKind.HOME,
        area=1100,
        address=f"{stage.street.name}滨河路1号",
        manager=stage.people(stage.street)[0],
        planned_on=date(YEAR - 1, 3, 1),
        built_on=date(YEAR, 11, 28),
        domains=DISABILITY,
    )


def _zones(stage, facility):
    zones = {name: listed for name, _, _, listed, _ in FACILITIES}
    name = next((known for known in zones if facility.name.endswith(known)), "")
    for zone, area in zones.get(name, ()):
        yield stage.row(
            FacilityZone,
            facility.unit,
            facility.opened_on or facility.built_on,
            facility=facility,
            name=zone,
            area=area,
        )


def _add_reading(stage, facilities):
    rooms = [row for row in facilities if row.kind == FacilityKind.READING]
    stage.store(Holding, [r for row in rooms for r in _holdings(stage, row)])
    stage.store(ReadingDay, [r for row in rooms for r in _open_days(stage, row)])


def _holdings(stage, room):
    """Counted at the opening, and books and papers anew at the beginning of the demo year."""
    counted, anew = room.opened_on, date(YEAR, 1, 6)
    for kind, quantity in HELD:
        again = kind in (HoldingKind.BOOKS, HoldingKind.PERIODICALS)
        quantity += stage.units.index(room.unit) * 7
        fields = {"facility": room, "kind": kind}
        yield stage.row(
            Holding, room.unit, counted, quantity=quantity, starts_on=counted,
            ends_on=anew if again else None, **fields,
        )  # fmt: skip
        if again:
            yield stage.row(
                Holding, room.unit, anew, quantity=quantity + 85, starts_on=anew, **fields
            )


def _open_days(stage, room):
    keepers = stage.people(room.unit)
    for number, day in enumerate(sorted(set(stage.dated(36)))):
        visits = 6 + stage.random.randrange(22)
        yield stage.row(
            ReadingDay,
            room.unit,
            day,
            facility=room,
            opened_at=time(9),
            closed_at=time(16, 30),
            visits=visits,
            elders=visits - stage.random.randrange(1 + visits // 3),
            lent=stage.random.randrange(9),
            keeper=keepers[number % 3],
        )


def _boards(stage, unit):
    since = date(2021, 4, 1)
    for name, kind, place in BOARDS:
        yield stage.row(
            NoticeBoard,
            unit,
            since,
            name=f"{unit.name}{name}",
            kind=kind,
            place=place,
            keeper=stage.people(unit)[2],
            starts_on=since,
            domains=OFFICE,
        )


def _postings(stage, board):
    for number, day in enumerate(stage.dated(4)):
        title, category = POSTED[number % len(POSTED)]
        due = day + timedelta(days=30)
        removed = due if due <= LAST_DAY and stage.random.random() < 0.95 else None
        yield stage.row(
            Posting,
            board.unit,
            day,
            board=board,
            title=title,
            category=category,
            due_on=due,
            removed_on=removed,
        )


def _slogans(stage, unit):
    for number, (text, domains) in enumerate(SLOGANS):
        day = stage.day(YEAR)
        yield stage.row(
            Slogan,
            unit,
            day,
            text=text,
            kind=SloganKind.BANNER if number else SloganKind.WALL,
            place=f"{unit.name}主干道",
            quantity=number + 2,
            size="6m×0.7m",
            domains=domains,
        )


def _purchases(stage, unit):
    for item, quantity, measure, amount, funding, domains in BOUGHT:
        yield stage.row(
            Purchase,
            unit,
            stage.day(YEAR),
            item=item,
            quantity=quantity,
            measure=measure,
            amount=amount + stage.units.index(unit) * 100,
            funding=funding,
            use="改善社区服务条件",
            domains=domains,
        )
