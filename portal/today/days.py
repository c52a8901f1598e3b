"""Which day a due date falls on: 已超期, 今天, 七天内, 七天以后. Pure: today and the calendar are handed in.

The seven days begin with today, so that on a Friday Monday's deadlines are in sight (ADR 43).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from portal.today.enums import Due, Term
from portal.workcalendar.days import ONE_DAY, Calendar

AHEAD = 7  # days that are looked at, today among them


def told_late(due: date, today: date, calendar: Calendar | None = None) -> str:
    """How late, in the one word for it everywhere: 超期 2 天, 超期 2 个工作日; "" of what is not late.

    With a calendar working days count, and a last day that is off is put off to the next working day; on
    the days off right after the last day no working day is lost yet, so that no number is told.
    """
    if calendar is None:
        return f"超期 {(today - due).days} 天" if today > due else ""
    while due < today and not calendar.is_workday(due):
        due += ONE_DAY
    if today <= due:
        return ""
    days = calendar.between(due, today)
    return f"超期 {days} 个工作日" if days else "超期"


@dataclass(frozen=True)
class Span:
    """Due dates after ``after`` up to and including ``until``; open where there is None."""

    after: date | None
    until: date | None

    def __contains__(self, day: date) -> bool:
        late_enough = self.after is None or day > self.after
        return late_enough and (self.until is None or day <= self.until)


class Horizon:
    """Today and the days ahead, as both ways of counting see them."""

    def __init__(self, today: date, calendar: Calendar):
        self.today, self.calendar = today, calendar
        self.days = tuple(today + timedelta(days=n) for n in range(AHEAD))
        self._cuts = {
            term: tuple(self._cut(term, today + timedelta(days=n)) for n in range(AHEAD + 1))
            for term in Term
        }

    def _cut(self, term: Term, day: date) -> date:
        """The latest due date whose time is over when ``day`` begins."""
        day -= ONE_DAY
        if term == Term.WORKDAYS:
            while not self.calendar.is_workday(day):
                day -= ONE_DAY
        return day

    def cuts(self, term: Term) -> tuple[date, ...]:
        """For today and each day after it, up to the eighth: the latest due date whose time is over."""
        return self._cuts[term]

    def span(self, when: str, term: Term) -> Span | None:
        """The due dates of ``when`` (a Due, or an ISO day of the seven); None for those without one."""
        cuts = self._cuts[term]
        match when:
            case Due.NOW:
                return Span(None, cuts[1])
            case Due.OVERDUE:
                return Span(None, cuts[0])
            case Due.TODAY:
                return Span(cuts[0], cuts[1])
            case Due.WEEK:
                return Span(cuts[1], cuts[-1])
            case Due.LATER:
                return Span(cuts[-1], None)
            case Due.UNDATED:
                return None
        n = [day.isoformat() for day in self.days].index(when)
        return Span(cuts[n], cuts[n + 1])

    def knows(self, when: str) -> bool:
        """Whether ``span`` can tell: a Due or one of the seven days."""
        return when in Due.values or when in {day.isoformat() for day in self.days}

    def when(self, due: date | None, term: Term) -> Due:
        if due is None:
            return Due.UNDATED
        dated = (Due.OVERDUE, Due.TODAY, Due.WEEK)
        return next((each for each in dated if due in self.span(each, term)), Due.LATER)

    def told(self, due: date, term: Term) -> str:
        """How far off, in words: 超期 2 天, 今天到期, 还有 3 个工作日."""
        known = self.calendar if term == Term.WORKDAYS else None
        if late := told_late(due, self.today, known):
            return late
        if self.when(due, term) == Due.TODAY:
            return "今天到期"
        if known:
            return f"还有 {known.between(self.today, due)} 个工作日"
        return f"还有 {(due - self.today).days} 天"

    def off_ahead(self) -> tuple[date, ...]:
        """The days off that begin tomorrow; () where tomorrow is a working day, or today is off itself."""
        if not self.calendar.is_workday(self.today):
            return ()
        found = []
        for day in self.days[1:]:
            if self.calendar.is_workday(day):
                break
            found.append(day)
        return tuple(found)
