"""工作日: the days on which offices work, by the notices that are kept in the table (domain §2.9).

A year without a notice is counted by the statute, and its days are provisional (暂定); ``is_settled``
tells such years apart. Who asks for many days takes the ``calendar()`` once and asks that.
"""

from contextvars import ContextVar
from datetime import date

from django.db import connection

from portal.scope import current_scope
from portal.workcalendar.days import Calendar, Said

# Notices are only ever added, so that these tell one state of the tables from any other, also where a
# transaction that added some was rolled back: sequences do not go back.
STAMP = """
SELECT (SELECT max(id) FROM portal_worknotice), (SELECT count(*) FROM portal_worknotice),
  max(id), count(*) FROM portal_worknoticeday
"""
_kept: tuple[tuple, Calendar] | None = None  # of this process
_stored = 0  # how often this process stored a notice
# Within one request, job or command (its scope names it) the calendar is asked for once.
_asked: ContextVar[tuple[str, int, Calendar] | None] = ContextVar("calendar", default=None)


def calendar(*, fresh: bool = False) -> Calendar:
    """The calendar: one short query a request, and the whole table when it changed.

    ``fresh`` asks again: whoever stores a date that hangs on it must know what was committed meanwhile,
    and so must who rolled a notice back.
    """
    global _kept
    request, asked = current_scope().request, _asked.get()
    if request and not fresh and asked and asked[:2] == (request, _stored):
        return asked[2]
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        stamp = (connection.settings_dict["NAME"], *cursor.fetchone())
    kept = _kept
    if kept is None or kept[0] != stamp:
        kept = _kept = (stamp, _read())
    _asked.set((request, _stored, kept[1]))
    return kept[1]


def forget() -> None:
    """A notice was stored: the present requests of this process ask again."""
    global _stored
    _stored += 1


def _read() -> Calendar:
    from portal.models import NoticeSource, WorkNotice, WorkNoticeDay  # needs the models

    rows = WorkNoticeDay.objects.order_by("notice_id", "pk")
    said = {
        day: Said(works, name, source == NoticeSource.LOCAL)
        for day, works, name, source in rows.values_list("day", "works", "name", "notice__source")
    }
    national = WorkNotice.objects.filter(source=NoticeSource.NATIONAL)
    return Calendar(said, frozenset(national.values_list("year", flat=True)))


def is_settled(year: int) -> bool:
    """Whether the year's notice is known; else its days are provisional (暂定)."""
    return calendar().is_settled(year)


def is_workday(day: date) -> bool:
    return calendar().is_workday(day)


def after_workdays(day: date, count: int) -> date:
    """The last of that many working days after ``day``, which itself does not count (民法典第二百零一条)."""
    return calendar().after(day, count)


def workdays_between(first: date, last: date) -> int:
    """How many working days come after ``first``, up to and including ``last``."""
    return calendar().between(first, last)
