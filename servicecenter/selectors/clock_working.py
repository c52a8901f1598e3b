"""时限怎么算出来的: the reckoning of one case, told day by day for its page."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.utils import timezone

from portal.workcalendar.days import DayKind
from portal.workdays import calendar
from servicecenter.clock import Line, Reckoning
from servicecenter.enums.cases import Light
from servicecenter.selectors.clock import light_of, reckoning_of
from servicecenter.workflow import FINISHED

WEEKDAYS = "一二三四五六日"
PLAIN = 45  # rows up to which nothing is folded away
LIGHTS = {
    Light.GREEN: ("good", "circle-check"),
    Light.YELLOW: ("warn", "clock"),
    Light.RED: ("bad", "alert-triangle"),
    Light.STOPPED: ("neutral", "hand-stop"),
}
ICONS = {
    DayKind.WORK: "check",
    DayKind.MADE_UP: "circle-check",
    DayKind.WEEKEND: "calendar",
    DayKind.HOLIDAY: "calendar-event",
    DayKind.CLOSED: "lock",
}
PAUSED = "hand-stop"


def told_light(light: Light | None) -> dict | None:
    """A light as a cell: word, tone and icon, never the colour alone."""
    if not light:
        return None
    light = Light(light)
    badge, icon = LIGHTS[light]
    return {"value": light.label, "badge": badge, "icon": icon}


@dataclass(frozen=True)
class Row:
    """A day that counts, or neighbouring days that do not count for one reason."""

    first: date
    last: date
    days: int
    ordinal: int | None
    words: str
    icon: str
    kind: str
    is_provisional: bool
    is_today: bool
    is_due: bool

    @property
    def dates(self) -> str:
        """9月28日 周日; 10月1日—8日."""
        if self.first == self.last:
            return f"{short(self.first)} 周{WEEKDAYS[self.first.weekday()]}"
        return f"{short(self.first)}—{self.last.day}日"


@dataclass(frozen=True)
class Month:
    """The rows of one month; folded away unless ``is_open``."""

    name: str
    rows: list[Row]
    is_open: bool

    @property
    def counted(self) -> int:
        return sum(row.ordinal is not None for row in self.rows)

    @property
    def skipped(self) -> int:
        return sum(row.days for row in self.rows if row.ordinal is None)


@dataclass(frozen=True)
class Working:
    """All that the page says: ``sentence`` first, then the days by month."""

    start: date
    start_words: str
    due: date | None
    sentence: str
    provisional: str
    light: dict | None
    months: list[Month]
    redatings: list = field(default_factory=list)

    @property
    def folds(self) -> bool:
        return not all(month.is_open for month in self.months)


def short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def full(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def working(case, today: date | None = None) -> Working | None:
    """What the page of the case tells of its clock; None before it is accepted."""
    reckoning = reckoning_of(case)
    if reckoning is None:
        return None
    today = today or timezone.localdate()
    rows = [_row(lines, today, reckoning.due) for lines in _runs(reckoning.lines)]
    return Working(
        start=reckoning.start,
        start_words="重新办理当天不算" if case.reopened_on == reckoning.start else "受理当天不算",
        due=reckoning.due,
        sentence=_sentence(case, reckoning, today),
        provisional=_provisional(reckoning),
        light=told_light(light_of(case, today)),
        months=list(_months(rows, today)),
        redatings=list(case.redatings.select_related("notice")),
    )


def _reason(line: Line):
    """What makes neighbouring days one row; each that counts stands alone."""
    if line.counts:
        return line.ordinal
    month = (line.day.date.year, line.day.date.month)
    if line.pause:
        return (month, line.pause)
    return (month, line.day.kind, line.day.name, line.day.is_provisional)


def _runs(lines):
    return [list(run) for _, run in groupby(lines, key=_reason)]


def _row(lines: list[Line], today: date, due: date | None) -> Row:
    one, last = lines[0], lines[-1].day.date
    if one.pause:
        words = f"停钟：{one.pause.reason}" if one.pause.reason else "停钟"
        if rests := [line.day.words for line in lines if line.day.name and not line.day.works]:
            words += f"（含{'、'.join(dict.fromkeys(rests))}）"
        icon, kind = PAUSED, "paused"
    else:
        words, icon, kind = one.day.words, ICONS[one.day.kind], str(one.day.kind)
    return Row(
        first=one.day.date,
        last=last,
        days=len(lines),
        ordinal=one.ordinal,
        words=words,
        icon=icon,
        kind=kind,
        is_provisional=any(line.day.is_provisional for line in lines),
        is_today=one.day.date <= today <= last,
        is_due=last == due,
    )


def _months(rows: list[Row], today: date):
    """Short reckonings lie open; of long ones the first month, the present one and the last."""
    groups = [list(run) for _, run in groupby(rows, key=lambda row: row.first.replace(day=1))]
    for number, group in enumerate(groups):
        shown = number in (0, len(groups) - 1) or any(row.is_today for row in group)
        name = f"{group[0].first.year}年{group[0].first.month}月"
        yield Month(name, group, shown or len(rows) <= PLAIN)


def _provisional(reckoning: Reckoning) -> str:
    years = sorted({line.day.date.year for line in reckoning.lines if line.day.is_provisional})
    if not years:
        return ""
    told = "、".join(f"{year}年" for year in years)
    return (
        f"{told}的放假通知还没有导入，标“暂定”的日子只按法定节假日推算；导入后重新计算并留下记录。"
    )


def _sentence(case, reckoning: Reckoning, today: date) -> str:
    begun = "重新办理" if case.reopened_on == reckoning.start else "受理"
    said = f"{full(reckoning.start)}{begun}，"
    if reckoning.days == 0:
        said += "即办件，当天办结"
    else:
        said += f"承诺{case.promised_days}个工作日"
        if case.extended_days:
            said += f"，延长{case.extended_days}个工作日"
    if reckoning.stopped:
        since = f"自{full(reckoning.stopped.starts_on)}起停钟，此前计了{reckoning.counted}个工作日"
        ran_out = f"，时限已在{full(reckoning.ran_out)}用完" if reckoning.ran_out else ""
        return f"{said}；{since}{ran_out}，恢复办理后再算到期日。"
    skipped = len(reckoning.lines) - reckoning.counted
    if reckoning.days:
        said += f"；从次日起数，跳过{skipped}天" if skipped else "；从次日起数"
    said += f"，{'暂定' if reckoning.provisional else ''}{full(reckoning.due)}到期。"
    return said + _now(case, reckoning.due, today)


def _now(case, due: date, today: date) -> str:
    """Where an open case stands today, or how a finished one ended."""
    known = calendar()
    if case.state in FINISHED:
        if case.decided_on > due:
            return (
                f"{full(case.decided_on)}办结，超期{known.between(due, case.decided_on)}个工作日。"
            )
        return f"{full(case.decided_on)}办结，没有超期。"
    if today > due:
        return f"今天已超期{known.between(due, today)}个工作日。"
    left = known.between(today, due)
    return f"今天起还有{left}个工作日。" if left else "今天到期。"
