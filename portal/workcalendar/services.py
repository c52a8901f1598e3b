"""Storing a notice: its days, and every date that depends on them."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError

from portal.models import NoticeSource, Unit, User, WorkNotice, WorkNoticeDay
from portal.scope import access_of
from portal.workcalendar import jobs
from portal.workcalendar.days import SATURDAY, Calendar, Said
from portal.workcalendar.dependents import Change, Dependent, dependents
from portal.workcalendar.holding import store_alone
from portal.workdays import calendar, forget

PERMISSION = "calendar.manage"


def taken_back(year: int, days: Mapping) -> dict[date, Said]:
    """The days that earlier national notices of the year speak of and this one does not: they become
    ordinary days again when it replaces those."""
    earlier = WorkNoticeDay.objects.filter(
        notice__source=NoticeSource.NATIONAL, notice__year=year
    ).values_list("day", flat=True)
    return {day: Said(day.weekday() < SATURDAY) for day in earlier if day not in days}


def days_of_notice(source: str, year: int, days: Mapping, *, replaces: bool) -> dict[date, Said]:
    """All that the notice will say, as the calendar takes it."""
    is_local = source == NoticeSource.LOCAL
    said = {day: Said(each.works, each.name, is_local) for day, each in days.items()}
    return said | (taken_back(year, days) if replaces and not is_local else {})


def calendar_after(source: str, year: int, said: Mapping[date, Said]) -> Calendar:
    """The calendar as it would be with that notice."""
    return calendar().told(said, year if source == NoticeSource.NATIONAL else None)


def changes_by(after: Calendar, units) -> list[tuple[Dependent, list[Change]]]:
    """What would be dated anew in these units, by kind of record."""
    found = [(dependent, dependent.changes(after, units)) for dependent in dependents]
    return [(dependent, changes) for dependent, changes in found if changes]


def store_notice(
    *,
    source: str,
    year: int,
    title: str,
    days: Mapping[date, Said],
    by: User,
    replaces: bool = False,
    document_number: str = "",
    published_on: date | None = None,
    text: str = "",
) -> WorkNotice:
    """Store a notice and date anew what depends on it: in the units of ``by`` now, elsewhere by a job.

    ``replaces``: a national notice of the whole year takes the place of those before it. Raises
    Denied, ValidationError. Notices are stored one after the other; each gets the next edition.
    """
    access = access_of(by)
    access.check(PERMISSION)
    if not days:
        raise ValidationError({"days": "通知里至少要有一天。"})
    store_alone()
    said = days_of_notice(source, year, days, replaces=replaces)
    notice = WorkNotice(
        source=source,
        year=year,
        edition=WorkNotice.objects.filter(source=source, year=year).count() + 1,
        title=title,
        document_number=document_number,
        published_on=published_on,
        text=text,
        imported_by=f"{by.name}（{by.username}）",
    )
    notice.full_clean()
    notice.save()
    WorkNoticeDay.objects.bulk_create(
        WorkNoticeDay(notice=notice, day=day, works=each.works, name=each.name)
        for day, each in sorted(said.items())
    )
    forget()
    units = access.units(PERMISSION)
    for dependent in dependents:
        dependent.redate(notice, units, by=notice.imported_by)
    jobs.defer(notice)
    return notice


def are_all_in_reach(by: User) -> bool:
    """Whether every unit of the installation is one where ``by`` keeps the calendar."""
    return not Unit.objects.exclude(pk__in=access_of(by).units(PERMISSION)).exists()
