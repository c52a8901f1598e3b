"""Demo programmes: a 阳光之家 and a 温馨护理站 with two months of marks, a small 活动室, placements."""

from datetime import date, time, timedelta
from random import Random

from disability.demo.programme_people import Place, chance, enrol, open_programmes
from disability.enums.programmes import (
    AttendanceMark,
    ContactMode,
    DoseResult,
    GroupActivity,
    IncidentKind,
    PlacementKind,
    SessionKind,
)
from disability.models import (
    Attendance,
    FamilyContact,
    GroupMembership,
    Incident,
    InterestGroup,
    MedicationLog,
    Placement,
    ProgrammeClosure,
    ProgrammeSession,
    TimetableSlot,
)
from portal.bulk import load
from portal.demo.world import YEAR, World, typed_at

FIRST, LAST = date(YEAR, 9, 1), date(YEAR, 10, 31)  # the two months that were marked
INCIDENT_ON = date(YEAR, 9, 16)
HOLIDAY = date(YEAR, 10, 1), date(YEAR, 10, 8), "国庆节、中秋节放假"
GROUPS = (
    ("腰鼓队", GroupActivity.PERCUSSION),
    ("舞蹈队", GroupActivity.DANCE),
    ("图画小组", GroupActivity.PAINTING),
    ("编织小组", GroupActivity.CRAFT),
    ("英语小组", GroupActivity.LANGUAGE),
    ("兴趣小组", GroupActivity.OTHER),
)
# Weekday, from, to, topic, kind, the number of the group that it is for.
LESSONS = (
    ("1", time(9), time(10, 30), "腰鼓练习", SessionKind.CULTURE, 0),
    ("2", time(9), time(10), "肢体协调训练", SessionKind.REHABILITATION, None),
    ("3", time(14), time(15, 30), "编织手工", SessionKind.WORK, 3),
    ("4", time(9), time(10), "认字和算数", SessionKind.STUDY, None),
    ("5", time(15), time(16), "户外运动", SessionKind.OUTDOOR, None),
)
TALK = (
    "近日情绪平稳，在家能帮忙做简单家务。",
    "反映夜间睡眠不好，请家长留意按时服药。",
    "商量国庆节后返回项目的时间。",
    "介绍本月学习情况，家长表示满意。",
)


def build(world: World) -> None:
    random, places = chance(), open_programmes(world)
    _closures(places)
    for place in places:
        enrol(world, place, random)
    groups = _groups(world, places[0])
    _attendance(random, places)
    _lessons(world, places[0], groups)
    _medicine(world, random, places[1])
    _families(world, random, places)
    for enrolment in [e for e in places[0].enrolments if e.covers(INCIDENT_ON)][:1]:
        _incident(places[0], enrolment)
    _placements(world, random)


def _closures(places) -> None:
    starts_on, ends_on, reason = HOLIDAY
    load(
        ProgrammeClosure,
        [
            ProgrammeClosure(
                unit=place.unit,
                programme=place.programme,
                starts_on=starts_on,
                ends_on=ends_on,
                reason=reason,
                recorded_at=typed_at(FIRST),
            )
            for place in places
        ],
    )


def marked_days(place: Place) -> list[date]:
    days = place.programme.opening_days(FIRST, LAST)
    return [day for day in days if not HOLIDAY[0] <= day <= HOLIDAY[1]]


def _groups(world: World, place: Place) -> list[InterestGroup]:
    since = date(YEAR - 1, 9, 2)
    groups = load(
        InterestGroup,
        [
            InterestGroup(
                unit=place.unit,
                programme=place.programme,
                name=name,
                kind=kind,
                leader=world.staff(place.unit),
                starts_on=since,
                recorded_at=typed_at(since),
            )
            for name, kind in GROUPS
        ],
    )
    members = []
    for number, enrolment in enumerate(place.enrolments):
        begins = max(since, enrolment.starts_on)
        for group in {groups[number % 6], groups[(number * 5 + 2) % 6]}:
            if enrolment.ends_on is None or begins <= enrolment.ends_on:
                members.append(
                    GroupMembership(
                        unit=place.unit,
                        group=group,
                        enrolment=enrolment,
                        starts_on=begins,
                        ends_on=enrolment.ends_on,
                        recorded_at=typed_at(begins),
                    )
                )
    members.sort(key=lambda row: (row.enrolment_id, row.group_id))
    load(GroupMembership, members)
    return groups


def _attendance(random: Random, places) -> None:
    rows = []
    marks = (AttendanceMark.PRESENT, AttendanceMark.LEAVE, AttendanceMark.ABSENT)
    for place in places:
        for day in marked_days(place):
            for enrolment in place.enrolments:
                if enrolment.covers(day):
                    rows.append(
                        Attendance(
                            unit=place.unit,
                            enrolment=enrolment,
                            occurred_on=day,
                            mark=random.choices(marks, (91, 6, 3))[0],
                            recorded_at=typed_at(day),
                        )
                    )
    load(Attendance, rows)


def _lessons(world: World, place: Place, groups) -> None:
    """The timetable, and its lessons held: one in eight fell out."""
    since = date(YEAR - 1, 9, 2)
    slots = load(
        TimetableSlot,
        [
            TimetableSlot(
                unit=place.unit,
                programme=place.programme,
                weekday=weekday,
                begins=begins,
                ends=ends,
                topic=topic,
                kind=kind,
                group=None if group is None else groups[group],
                teacher=world.staff(place.unit),
                starts_on=since,
                recorded_at=typed_at(since),
            )
            for weekday, begins, ends, topic, kind, group in LESSONS
        ],
    )
    held, there = [], len(place.enrolments)
    for number, day in enumerate(marked_days(place)):
        slot = slots[day.weekday()]
        if number % 8 == 5:
            continue
        held.append(
            ProgrammeSession(
                unit=place.unit,
                programme=place.programme,
                slot=slot,
                occurred_on=day,
                title=slot.topic,
                kind=slot.kind,
                group=slot.group,
                minutes=slot.minutes,
                people=max(1, there // 3 if slot.group else there - number % 3),
                teacher=slot.teacher,
                highlight=number == 4,
                recorded_at=typed_at(day),
            )
        )
    load(ProgrammeSession, held)


def _medicine(world: World, random: Random, place: Place) -> None:
    rows = []
    for day in marked_days(place):
        for enrolment in place.enrolments:
            for slot in enrolment.dose_times if enrolment.covers(day) else ():
                rows.append(
                    MedicationLog(
                        unit=place.unit,
                        enrolment=enrolment,
                        occurred_on=day,
                        time=slot,
                        result=random.choices(DoseResult.values, (95, 3, 2))[0],
                        given_by=world.staff(place.unit),
                        recorded_at=typed_at(day),
                    )
                )
    load(MedicationLog, rows)


def _families(world: World, random: Random, places) -> None:
    rows = []
    for place in places[:2]:
        for number, enrolment in enumerate(place.enrolments):
            for start in (FIRST, date(YEAR, 10, 9)):
                day = start + timedelta(days=number % 18)
                if enrolment.covers(day):
                    rows.append(
                        FamilyContact(
                            unit=place.unit,
                            enrolment=enrolment,
                            occurred_on=day,
                            mode=random.choice((ContactMode.PHONE, ContactMode.FACE)),
                            relative=random.choice(("母亲", "父亲")),
                            staff=world.staff(place.unit),
                            content=random.choice(TALK),
                            recorded_at=typed_at(day),
                        )
                    )
    load(FamilyContact, rows)


def _incident(place: Place, who) -> None:
    day = INCIDENT_ON
    load(
        Incident,
        [
            Incident(
                unit=place.unit,
                programme=place.programme,
                resident=who.resident,
                occurred_on=day,
                kind=IncidentKind.FALL,
                content="下楼时滑倒，右手擦伤。",
                handling="现场消毒包扎，通知家长接回观察，次日复查无碍；楼梯加装防滑条。",
                family_told=True,
                closed_on=date(YEAR, 9, 18),
                recorded_at=typed_at(day),
            )
        ],
    )


def _placements(world: World, random: Random) -> None:
    """A few of the disabled in care institutions; who is in a programme is not."""
    taken, rows = world.shared["enrolled"], []
    free = [(p, unit) for p, unit in world.shared["disabled"] if p.pk not in taken]
    for number, (person, unit) in enumerate(random.sample(free, min(len(free), 6))):
        since = date(YEAR, 2 + number, 6)
        rows.append(
            Placement(
                unit=unit,
                resident=person,
                institution=("金色晚年养护院", "区残疾人托养中心")[number % 2],
                kind=(PlacementKind.NURSING, PlacementKind.BOARDING)[number % 2],
                starts_on=since,
                funding=("区残联养护补贴", "家庭自付")[number // 3],
                highlight=number == 0,
                recorded_at=typed_at(since),
            )
        )
    load(Placement, rows)
