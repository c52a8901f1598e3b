"""Hours of volunteers: the rule in force, what a day holds, what stands against confirming a record."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db.models import Q
from django.db.models.functions import ExtractYear
from django.utils import timezone

from portal.figures import figures
from portal.figures.engine import counted_rows
from portal.models import Unit
from portal.numbers import NOTHING, format_number
from portal.periods import Period
from portal.scope import access_of
from volunteers.enums.hours import CorrectionState, RecordManner
from volunteers.enums.placements import PLACEMENT
from volunteers.models import HoursPosting, HoursRule, ServiceRecord, Volunteer
from volunteers.models.hours import VALID
from volunteers.selectors.shifts import same_person
from volunteers.workflow import APPROVE

HOURS = "volunteers.hours"
BEGINNING = date(1990, 1, 1)  # no volunteer was registered before
# The stars of the national method (domain §3.3); the posting days of the national guidance (§3.2). What a
# day may hold without approval is no national number: eight hours, until the office sets its own.
NATIONAL = {
    "starts_on": date(2012, 10, 23),
    "daily_minutes": 480,
    "posting_days": 7,
    "one": 100,
    "two": 300,
    "three": 600,
    "four": 1000,
    "five": 1500,
    "basis": "《志愿服务记录办法》（民函〔2012〕340号）；公示天数依据民发〔2015〕149号",
}


def told_hours(minutes: int | None) -> str:
    """Minutes as hours with two decimals, without the word 小时; "—" for None."""
    return NOTHING if minutes is None else format_number(minutes / 60, places=2)


def told_moment(moment: datetime | None) -> str:
    """3月8日 09:05, on the local clock; "" for None."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def told_span(record: ServiceRecord) -> str:
    """When a record says that the service was: 3月8日 09:00—11:00, or the day and the hours alone."""
    if record.came_at is None:
        return f"{record.occurred_on:%Y-%m-%d}，{told_hours(record.minutes)}小时"
    if record.left_at is None:
        return f"{told_moment(record.came_at)}签到，还没有签退"
    left = timezone.localtime(record.left_at)
    same = timezone.localdate(record.came_at) == left.date()
    return (
        f"{told_moment(record.came_at)}—{left:%H:%M}"
        if same
        else (f"{told_moment(record.came_at)}—{told_moment(record.left_at)}")
    )


def rules_of(units) -> Callable[[Unit, date], HoursRule]:
    """The rule that each of the units keeps its hours by on a day: its own, else that of the nearest unit
    above, else the national one, which is not stored. All rules are read at once."""
    paths = {unit.pk: _path(unit) for unit in units}
    known = {pk for path in paths.values() for pk in path}
    rules = list(HoursRule.objects.kept().filter(unit__in=known).order_by("-starts_on"))

    def on(unit, day: date) -> HoursRule:
        path = paths[unit.pk]
        begun = [rule for rule in rules if rule.unit_id in path and rule.starts_on <= day]
        nearest = min(begun, key=lambda rule: path.index(rule.unit_id), default=None)
        return nearest or HoursRule(unit=unit, **NATIONAL)

    return on


def _path(unit) -> list[int]:
    path = []
    while unit is not None:
        path.append(unit.pk)
        unit = unit.parent
    return path


def rule_on(unit, day: date) -> HoursRule:
    """The rule of one unit on one day."""
    return rules_of([unit])(unit, day)


def thresholds(rule: HoursRule) -> dict[int, int]:
    """Star level → the minutes that it takes."""
    hours = (rule.one, rule.two, rule.three, rule.four, rule.five)
    return {level: 60 * each for level, each in enumerate(hours, 1)}


def on_day(volunteer: Volunteer, day: date, but: int | None = None):
    """The records of the person that began on the local day and are not refused or revoked, be it under
    another number or in another unit within sight."""
    rows = ServiceRecord.objects.kept().filter(
        same_person(volunteer), occurred_on=day, state__in=VALID
    )
    return rows.exclude(pk=but) if but else rows


def day_minutes(volunteer: Volunteer, day: date, but: int | None = None) -> int:
    """The minutes of all records of that day; those still open have none yet."""
    return sum(on_day(volunteer, day, but).values_list("minutes", flat=True).exclude(minutes=None))


def crossing(record: ServiceRecord) -> ServiceRecord | None:
    """Another record of the person whose times overlap those of this one; one that is still open goes
    on without an end. Under one number, the exclusion constraint guarantees what this tells."""
    if record.came_at is None:
        return None
    rows = ServiceRecord.objects.kept().filter(
        same_person(record.volunteer), came_at__isnull=False, state__in=VALID
    )
    if record.pk:
        rows = rows.exclude(pk=record.pk)
    rows = rows.exclude(left_at__lte=record.came_at)
    if record.left_at:
        rows = rows.filter(came_at__lt=record.left_at)
    return rows.select_related("activity").order_by("came_at").first()


def what_of(record: ServiceRecord) -> str:
    """The activity of a record, or that it was a logged day of a placement."""
    return record.activity.title if record.activity else PLACEMENT


def is_over(record: ServiceRecord) -> bool:
    """Whether the day of the record holds more than the rule allows without approval: the sum of all
    records of that volunteer on that day counts."""
    limit = rule_on(record.unit, record.occurred_on).daily_minutes
    return day_minutes(record.volunteer, record.occurred_on) > limit


def over_limit(records: Iterable[ServiceRecord]) -> set[int]:
    """The keys of those that ``is_over`` by the records under the volunteer's own number, found together."""
    records = list(records)
    rules = rules_of({record.unit_id: record.unit for record in records}.values())
    days = ServiceRecord.objects.kept().filter(
        volunteer__in={record.volunteer_id for record in records},
        occurred_on__in={record.occurred_on for record in records},
        state__in=VALID,
        minutes__isnull=False,
    )
    total = Counter()
    for volunteer, day, minutes in days.values_list("volunteer", "occurred_on", "minutes"):
        total[volunteer, day] += minutes
    return {
        record.pk
        for record in records
        if total[record.volunteer_id, record.occurred_on]
        > rules(record.unit, record.occurred_on).daily_minutes
    }


def has_open_correction(record: ServiceRecord) -> bool:
    return record.corrections.kept().filter(state=CorrectionState.OPEN).exists()


def typed_by(record: ServiceRecord, user) -> bool:
    """Whether the times or minutes are the user's own word, so that another confirms them: written down or
    changed afterwards, or logged on a placement and confirmed there by the user, whom the log names."""
    if record.manner == RecordManner.LATER:
        return record.recorded_by_id == user.pk
    if record.manner == RecordManner.PLACEMENT:
        log = record.trainee_log
        return record.recorded_by_id == user.pk or bool(log and log.confirmed_by == user.name)
    return False


def keeps_hours(unit_id: int) -> bool:
    """Whether the unit keeps its hours here: it once posted some, or somebody came by code, by list or by
    a log, what is in the recycle bin included. What a register of former times brought does not say so."""
    if HoursPosting.objects.filter(unit=unit_id).exists():
        return True
    here = Q(counted_on__isnull=True) | Q(posting__isnull=False)
    came = ServiceRecord.objects.filter(here, unit=unit_id).exclude(manner=RecordManner.LATER)
    return came.exists()


def may_bring_register(unit_id: int, by) -> bool:
    """Who may say by a file alone that hours count, or that stars were given: who holds ``hours.approve``
    too; others only as long as the unit does not keep its hours here (ADR 25)."""
    return access_of(by).may(APPROVE, unit_id) or not keeps_hours(unit_id)


def barred(record: ServiceRecord, name: str, by, over: bool | None = None) -> str:
    """Why the step is not to be taken with the record now, in words; "" where nothing is against it. Who
    may take it at all, and from which state, stands in the workflow. ``over`` is what is known of the
    day's limit already."""
    if name == "approve" and record.approved_by_id:
        return "超时已经批准过。"
    if name == "approve" and not is_over(record):
        return "当天没有超过每日上限，不必批准。"
    if name != "confirm":
        return ""
    if has_open_correction(record):
        return "有一件更正申请还没有处理，请先处理。"
    if typed_by(record, by):
        if record.manner == RecordManner.PLACEMENT:
            return "这条实践日志由您确认，计入志愿服务须请另一位同事确认。"
        return "事后补记的，不能由补记人自己确认，请另一位同事确认。"
    if not record.approved_by_id and (is_over(record) if over is None else over):
        limit = rule_on(record.unit, record.occurred_on).daily_minutes
        total = day_minutes(record.volunteer, record.occurred_on)
        return (
            f"当天共{told_hours(total)}小时，超过每日上限{told_hours(limit)}小时，"
            "须先由负责人批准超时。"
        )
    return ""


def _grouped(rows, path: str, period: Period) -> dict[int, int]:
    """Minutes by the values of the path. The figure tells hours to the hundredth, which is less than a
    minute, so the minutes are exact."""
    hours = figures[HOURS].value.aggregate(period)
    found = rows.order_by().values_list(path).annotate(_hours=hours)
    return {key: round(value * 60) for key, value in found}


def minutes_of(volunteers, until: date | None = None) -> dict[int, int]:
    """Volunteer → counted minutes up to the day: the rows of the figure 志愿服务时长 and no others."""
    period = Period(BEGINNING, until or timezone.localdate())
    rows = counted_rows(figures[HOURS], period).filter(volunteer__in=volunteers)
    return _grouped(rows, "volunteer", period)


def counted_minutes(volunteer, until: date | None = None) -> int:
    return minutes_of([volunteer.pk], until).get(volunteer.pk, 0)


def minutes_by_year(volunteer) -> list[tuple[int, int]]:
    """(year, counted minutes), the newest first; only years with any."""
    period = Period(BEGINNING, timezone.localdate())
    rows = counted_rows(figures[HOURS], period).filter(volunteer=volunteer.pk)
    years = rows.annotate(_year=ExtractYear("occurred_on"))
    return sorted(_grouped(years, "_year", period).items(), reverse=True)
