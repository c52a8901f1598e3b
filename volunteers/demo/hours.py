"""Demo data of hours: who served in the activities that were held, on every step of the way; monthly
postings, corrections, the street's rule, stars.

Months before the last one count already, the last one is posted now, this one is being confirmed. In the
first community a check-in of yesterday was forgotten on purpose, so that the lists of what is due are
not empty.
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from portal.bulk import load
from portal.demo.world import World, typed_at
from portal.months import first_of, following, last_of
from volunteers.enums.activities import ActivityState
from volunteers.enums.hours import CorrectionState, HoursState, RecordManner
from volunteers.models import (
    HoursCorrection,
    HoursPosting,
    HoursRule,
    ServiceRecord,
    StarAward,
    Volunteer,
    VolunteerActivity,
)
from volunteers.models.hours import A_DAY
from volunteers.models.volunteers import YOUNGEST
from volunteers.selectors.stars import promotions

WHAT = (
    "清扫楼道和绿地",
    "入户走访",
    "维持秩序",
    "发放宣传单",
    "登记和引导",
    "整理物资",
    "陪同老人",
)
CLAIMS = (
    ("那天多干了半个小时，签退时忘了点。", 30),
    ("我中途有事早走，时长记多了。", -30),
)
STARS_ON = date(2025, 12, 31)


def build(world: World) -> None:
    HoursRule.objects.create(
        unit=world.street,
        starts_on=date(2025, 1, 1),
        one=20,
        two=50,
        three=100,
        four=200,
        five=300,
        basis="《春华街道志愿服务管理办法（试行）》",
        recorded_at=typed_at(date(2025, 1, 1)),
    )
    for unit in (*world.communities, world.street):
        records = _records(world, unit)
        postings = _postings(world, unit, records)
        load(ServiceRecord, records)
        if records:
            _corrections(world, unit, records, postings)
            _stars(unit)
    _due(world, world.communities[0])


def _records(world: World, unit) -> list[ServiceRecord]:
    people = list(Volunteer.objects.kept().filter(unit=unit).select_related("resident", "unit"))
    held = VolunteerActivity.objects.kept().filter(unit=unit, state=ActivityState.HELD)
    busy: set[tuple[int, date]] = set()
    found = []
    for activity in held.prefetch_related("shifts").order_by("starts_on", "pk"):
        day = activity.starts_on
        able = [p for p in people if _may_serve(p, day) and (p.pk, day) not in busy]
        world.random.shuffle(able)
        for person in able[: world.random.randint(3, 9)]:
            busy.add((person.pk, day))
            found.append(_record(world, activity, person))
    return found


def _may_serve(person, day: date) -> bool:
    age = person.age_on(day)
    left = person.left_on is None or person.left_on > day
    return person.joined_on <= day and left and (age is None or age >= YOUNGEST)


def _record(world: World, activity, person) -> ServiceRecord:
    """Came about when the shift began, left about when it ended."""
    shifts = [s for s in activity.shifts.all() if s.deleted_at is None]
    shift = world.random.choice(shifts) if shifts else None
    begins = (
        shift.starts_at
        if shift
        else timezone.make_aware(
            datetime.combine(activity.starts_on, time(world.random.choice((8, 9, 14))))
        )
    )
    whole = (shift.ends_at - shift.starts_at) if shift else timedelta(hours=2.5)
    came = begins + timedelta(minutes=world.random.randint(-15, 10))
    left = begins + whole + timedelta(minutes=world.random.randint(-20, 15))
    record = ServiceRecord(
        unit=activity.unit,
        volunteer=person,
        activity=activity,
        shift=shift,
        came_at=came,
        left_at=max(left, came + timedelta(minutes=30)),
        pause_minutes=world.random.choice((0, 0, 0, 10)),
        what=world.random.choice(WHAT),
        manner=world.random.choice((RecordManner.QR, RecordManner.LEADER, RecordManner.LEADER)),
        recorder=world.staff(activity.unit),
    )
    record.derive()
    record.recorded_at = typed_at(record.occurred_on)
    record.state = _state_now(world, record)
    if record.state == HoursState.REFUSED:
        record.void_reason = "签到后没有参加，现场负责人核实"
    return record


def _state_now(world: World, record) -> str:
    today = timezone.localdate()
    this_month = first_of(today)
    if world.random.random() < 0.01:
        return HoursState.REFUSED
    if record.occurred_on >= this_month:
        return world.random.choice((HoursState.RECORDED, HoursState.CONFIRMED))
    if record.occurred_on >= following(this_month, -1):
        return HoursState.POSTED
    return HoursState.COUNTED


def _postings(world: World, unit, records) -> dict[date, HoursPosting]:
    """One for each month that had any service, shown early in the next one; the newest is open still."""
    months = defaultdict(list)
    for record in records:
        if record.state in (HoursState.COUNTED, HoursState.POSTED):
            months[first_of(record.occurred_on)].append(record)
    today, found = timezone.localdate(), {}
    for month, of_month in sorted(months.items()):
        is_open = of_month[0].state == HoursState.POSTED
        starts = today - timedelta(days=2) if is_open else following(month) + timedelta(days=4)
        ends = starts + timedelta(days=7)
        posting = HoursPosting.objects.create(
            unit=unit,
            title=f"志愿服务时长公示（{month}至{last_of(month)}）",
            starts_on=starts,
            ends_on=ends,
            place="社区宣传栏和微信群",
            closed_on=None if is_open else ends + timedelta(days=1),
            recorded_at=typed_at(starts),
        )
        found[month] = posting
        for record in of_month:
            record.posting, record.confirmed_on = posting, min(following(month), today)
            if not is_open:
                record.counted_on = posting.closed_on
    return found


def _corrections(world: World, unit, records, postings) -> None:
    """Some that were answered long ago, and one that objects to what is posted now."""
    counted = [r for r in records if r.state == HoursState.COUNTED]
    for record in world.random.sample(counted, min(len(counted), world.many(4))):
        claim, more = world.random.choice(CLAIMS)
        day = record.posting.starts_on + timedelta(days=1)
        HoursCorrection.objects.create(
            unit=unit,
            service=record,
            occurred_on=day,
            claim=claim,
            wanted_minutes=min(max((record.minutes or 60) + more, 10), A_DAY),
            by_self=world.random.random() < 0.5,
            state=CorrectionState.REFUSED,
            answered_on=day + timedelta(days=2),
            answer="已查签到表和现场照片，登记的时长无误，已电话说明。",
            recorded_at=typed_at(day),
        )
    posted = [r for r in records if r.state == HoursState.POSTED]
    if posted:
        record, (claim, more) = world.random.choice(posted), CLAIMS[0]
        day = timezone.localdate() - timedelta(days=2)
        HoursCorrection.objects.create(
            unit=unit,
            service=record,
            occurred_on=day,
            claim=claim,
            wanted_minutes=record.minutes + more,
            by_self=True,
            recorded_at=typed_at(day),
        )


def _stars(unit) -> None:
    """Those of the end of last year; who rose since is on the promotion list."""
    for each in promotions(unit, STARS_ON):
        StarAward.objects.create(
            unit=unit,
            volunteer=each.volunteer,
            level=each.level,
            minutes=each.minutes,
            occurred_on=STARS_ON,
            recorded_at=typed_at(STARS_ON),
        )


def _due(world: World, unit) -> None:
    """A forgotten check-out of yesterday, a day over the limit, a record that was revoked."""
    yesterday = timezone.localdate() - timedelta(days=1)
    rows = ServiceRecord.objects.filter(unit=unit).select_related("activity")
    revoked = rows.filter(state=HoursState.COUNTED).order_by("occurred_on", "pk").first()
    if revoked:
        revoked.state, revoked.void_reason = HoursState.REVOKED, "同一次服务重复登记"
        revoked.save()
    over = rows.filter(state=HoursState.RECORDED).order_by("-occurred_on", "pk").first()
    if over:
        over.came_at = over.came_at.replace(hour=0, minute=0)  # 8:00 in China
        over.left_at = over.came_at + timedelta(hours=10)
        over.pause_minutes = 60
        over.derive()
        over.save()
    newest = (
        VolunteerActivity.objects.kept()
        .filter(unit=unit, state=ActivityState.HELD, starts_on__lte=yesterday)
        .order_by("-starts_on", "-pk")
        .first()
    )
    person = _free(unit, newest) if newest else None
    if person:
        record = ServiceRecord(
            unit=unit,
            volunteer=person,
            activity=newest,
            came_at=timezone.make_aware(datetime.combine(newest.starts_on, time(14))),
            manner=RecordManner.QR,
            state=HoursState.OPEN,
        )
        record.derive()
        record.save()


def _free(unit, activity):
    """Somebody who did not serve on the day of the activity."""
    served = ServiceRecord.objects.filter(occurred_on=activity.starts_on).values("volunteer")
    rows = Volunteer.objects.kept().filter(unit=unit).exclude(pk__in=served)
    able = (p for p in rows.order_by("pk") if _may_serve(p, activity.starts_on))
    return next(able, None)
