"""Demo data of volunteer work: projects, activities of two years month by month, shifts, sign-ups, notices."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter

from django.utils import timezone

from portal.bulk import load
from portal.demo.world import YEAR, World, typed_at
from residents.models import Activity
from volunteers.demo.activity_texts import EVENTS, NOTICES, PROJECTS, Event
from volunteers.enums.activities import ActivityState, NoticeChannel, SignUpState
from volunteers.models import (
    RecruitmentNotice,
    Shift,
    SignUp,
    Volunteer,
    VolunteerActivity,
    VolunteerActivityType,
    VolunteerInsurance,
    VolunteerOrg,
    VolunteerProject,
)
from volunteers.models.volunteers import YOUNGEST
from volunteers.services.activities import domains_of

BEGIN = date(YEAR, 1, 1)
TIMES = (("上午班", time(9), time(11, 30)), ("下午班", time(14, 30), time(16, 30)))
AHEAD = timedelta(days=9)  # from today to the Saturday after: the activity with open shifts
JOINT = (
    4,
    "cleanup",
)  # the clean-up of April is held together with 环境卫生 and the residents' office


def build(world: World) -> None:
    types = {each.code: each for each in VolunteerActivityType.objects.all()}
    for unit in world.communities[: max(1, world.many(12))]:
        orgs = list(VolunteerOrg.objects.filter(unit=unit, ended_on=None).order_by("kind", "pk"))
        projects = _projects(world, unit, orgs)
        held = _held(world, unit, types, orgs, projects)
        people = _People(unit)
        _shifts(world, [*held, *_ahead(world, unit, types, orgs)], people)
        _notices(world, unit, held)


def _projects(world, unit, orgs) -> list[VolunteerProject]:
    return load(
        VolunteerProject,
        [
            VolunteerProject(
                unit=unit,
                name=name,
                org=orgs[n % len(orgs)] if orgs else None,
                is_key=is_key,
                goal=goal,
                starts_on=starts_on,
                ends_on=ends_on,
                recorded_at=typed_at(starts_on),
            )
            for n, (name, is_key, goal, starts_on, ends_on) in enumerate(PROJECTS)
        ],
    )


def _days(unit_number: int) -> Iterator[tuple[date, Event]]:
    """Two or three events a month until yesterday, no two on one day."""
    today, month = timezone.localdate(), BEGIN
    while month < today:
        fitting = [each for each in EVENTS if each.months is None or month.month in each.months]
        for n in range(2 + (month.month + unit_number) % 2):
            event = fitting[(month.month * 3 + month.year + n * 2 + unit_number) % len(fitting)]
            if (month.month, n) == (JOINT[0], 0):
                event = EVENTS[0]
            day = event.day_in(month, 4 + n * 9 + unit_number % 5)
            if day < today:
                yield day, event
        month = (month + timedelta(days=32)).replace(day=1)


def _held(world, unit, types, orgs, projects) -> list[VolunteerActivity]:
    rows, facts, seen = [], [], set()
    for day, event in _days(world.communities.index(unit)):
        if day in seen:
            continue
        seen.add(day)
        row = _activity(world, unit, types, orgs, event, day)
        row.project = projects[event.project] if event.project is not None else None
        row.state = ActivityState.HELD
        joint = (day.month, event.type) == JOINT
        row.also = ["residents"] if joint else []
        row.highlight = joint
        rows.append(row)
        facts.append(
            Activity(
                unit=unit,
                occurred_on=day,
                title=row.title,
                kind=row.type.kind,
                place=row.place,
                content=row.content,
                organisers=row.org.name if row.org else "",
                participants=row.needed + world.random.randrange(4, 30),
                consultations=world.random.randrange(15, 60) if event.type == "clinic" else None,
                theme_day="lei-feng-day" if (day.month, day.day) == (3, 5) else "",
                domains=domains_of(row),
                highlight=joint,
                recorded_at=typed_at(day),
            )
        )
    for row, fact in zip(rows, load(Activity, facts), strict=True):
        row.activity = fact
    return load(VolunteerActivity, rows)


def _ahead(world, unit, types, orgs) -> list[VolunteerActivity]:
    """One on the Saturday after next, that seeks people."""
    day = timezone.localdate() + AHEAD
    day += timedelta(days=(5 - day.weekday()) % 7)
    event = next(each for each in EVENTS if each.type == "elders")
    row = _activity(world, unit, types, orgs, event, day)
    row.state, row.recorded_at = ActivityState.RECRUITING, typed_at(timezone.localdate() - AHEAD)
    row.needed = 16
    return load(VolunteerActivity, [row])


def _activity(world, unit, types, orgs, event, day) -> VolunteerActivity:
    kind = types[event.type]
    return VolunteerActivity(
        unit=unit,
        title=event.title,
        type=kind,
        org=orgs[(day.month + day.day) % len(orgs)] if orgs else None,
        leader=world.staff(unit),
        leader_phone="020-38000000",
        starts_on=day,
        place=f"{unit.name}{event.place}",
        content=event.content,
        serves=event.serves,
        needed=world.random.choice((10, 12, 15)),
        risks="夜间和路边活动，注意来往车辆，两人以上同行。" if kind.is_risky else "",
        insurance="志愿者保险由街道统一投保。" if kind.is_risky else "",
        recorded_at=typed_at(day),
    )


class _People:
    """The volunteers of a unit, and who of them may take part on a day."""

    def __init__(self, unit):
        rows = Volunteer.objects.kept().filter(unit=unit).select_related("resident")
        self.all = list(rows.order_by("serial_number", "pk"))
        spells = VolunteerInsurance.objects.kept().filter(unit=unit).order_by("volunteer", "pk")
        self.insured = {
            key: [(each.starts_on, each.ends_on) for each in found]
            for key, found in groupby(spells, attrgetter("volunteer_id"))
        }

    def on(self, day: date, *, insured: bool) -> list[Volunteer]:
        return [
            person
            for person in self.all
            if person.joined_on <= day
            and (person.left_on is None or day < person.left_on)
            and ((age := person.age_on(day)) is None or age >= YOUNGEST)
            and (not insured or self._covered(person, day))
        ]

    def _covered(self, person, day) -> bool:
        return any(begin <= day <= end for begin, end in self.insured.get(person.pk, ()))


def _shifts(world, activities, people) -> None:
    """A morning and mostly an afternoon; those of the past are nearly full, the ones ahead are not."""
    shifts = []
    for activity in activities:
        both = activity.starts_on.day % 3 or activity.state != ActivityState.HELD
        for name, begins, ends in TIMES if both else TIMES[:1]:
            shifts.append(
                Shift(
                    unit=activity.unit,
                    activity=activity,
                    name=name,
                    starts_at=_moment(activity.starts_on, begins),
                    ends_at=_moment(activity.starts_on, ends),
                    capacity=max(1, activity.needed // 2),
                    skill="medical" if activity.type.code == "clinic" else "",
                    recorded_at=activity.recorded_at,
                )
            )
    signed = []
    for activity, own in groupby(load(Shift, shifts), attrgetter("activity")):
        free = people.on(activity.starts_on, insured=activity.type.is_risky)
        world.random.shuffle(free)
        for shift in own:
            share = 0.9 if activity.state == ActivityState.HELD else 0.4
            number = min(round(shift.capacity * share), len(free))
            signed += [_sign_up(shift, free.pop()) for _ in range(number)]
    load(SignUp, signed)


def _sign_up(shift, volunteer) -> SignUp:
    signed_at = min(shift.starts_at - timedelta(days=3), timezone.now() - timedelta(days=1))
    return SignUp(
        unit=shift.unit,
        shift=shift,
        volunteer=volunteer,
        state=SignUpState.SIGNED,
        signed_at=signed_at.replace(minute=0, second=0, microsecond=0),
        recorded_at=signed_at.replace(minute=0, second=0, microsecond=0),
    )


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def _notices(world, unit, held) -> None:
    """One for every second activity, the channels in turn; banners are taken down afterwards."""
    rows = []
    for n, activity in enumerate(held[::2]):
        channel = NoticeChannel.values[n % len(NoticeChannel.values)]
        content, place, least, most = NOTICES[channel]
        day = activity.starts_on - timedelta(days=5)
        rows.append(
            RecruitmentNotice(
                unit=unit,
                occurred_on=day,
                activity=activity,
                channel=channel,
                content=f"{activity.title}：{content}",
                place=f"{unit.name}{place}" if place else "",
                quantity=world.random.randint(least, most),
                removed_on=activity.starts_on if channel == NoticeChannel.BANNER else None,
                recorded_at=typed_at(day),
            )
        )
    load(RecruitmentNotice, rows)
