"""The ways that the demo's cases go: each with its steps, pauses and hand-overs, before anything is stored."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from portal.demo.world import typed_at
from portal.workdays import after_workdays, calendar
from servicecenter.clock import Pause, reckon
from servicecenter.enums.cases import (
    CaseChannel,
    HandOverAnswer,
    HandOverKind,
    Outcome,
    PauseReason,
    ReplyMode,
)
from servicecenter.enums.cases import CaseState as S
from servicecenter.enums.catalogue import AppliesTo, CaseKind
from servicecenter.models import Case

CHANNELS = (
    *[CaseChannel.WINDOW] * 12,
    *[CaseChannel.PHONE] * 3,
    *[CaseChannel.DOORSTEP] * 2,
    *[CaseChannel.ONLINE] * 3,
    CaseChannel.VISIT,
    CaseChannel.HOTLINE,
)
PAUSES = (
    (PauseReason.NOTICE, "公示 7 天，公示编号社区〔{year}〕{n}号"),
    (PauseReason.ASSESSMENT, "残疾评定委托书第{n}号"),
    (PauseReason.JOINT_REVIEW, "街道联审会议通知第{n}号"),
)
REFUSALS = ("不属于本社区受理范围，已告知去处", "不符合申请条件，已当面说明依据")
REPLIES = (
    "已办好，请带身份证来领取。",
    "已办结，结果短信已发。",
    "未获批准，已说明理由和救济途径。",
)


@dataclass
class Way:
    """A case with what belongs to it, before anything is stored."""

    case: Case
    steps: list[tuple[str, str, date, str]] = field(default_factory=list)
    pauses: list[tuple[date, date | None, str, str]] = field(default_factory=list)
    hand_overs: list[dict] = field(default_factory=list)
    number: int = 0

    def went(self, action: str, target: str, day: date, note: str = "") -> None:
        self.steps.append((action, target, day, note))
        self.case.state = target

    @property
    def last(self) -> date:
        return self.steps[-1][2]


def _asked(world, unit, day, n, hand, kinds=()) -> Way:
    """A request of somebody for something that was in force on the day."""
    random = world.random
    items = [
        v
        for v in hand["items"]
        if v.starts_on <= day
        and (v.ends_on is None or day <= v.ends_on)
        and (not kinds or v.kind in kinds)
    ]
    version = random.choice(items)
    for_body = version.applies_to == AppliesTo.BODIES
    if for_body or (version.applies_to == AppliesTo.BOTH and n % 4 == 0):
        who = {"outsider": random.choice(hand["firms"])}
    else:
        who = {"resident_id": random.choice(hand["people"])}
    case = Case(
        unit=unit,
        item=version,
        kind=version.kind,
        occurred_on=day,
        channel=random.choice(CHANNELS),
        recorded_at=typed_at(day),
        **who,
    )
    way = Way(case)
    way.went("register", S.REGISTERED, day)
    return way


def _accept(world, way: Way, day: date, hand) -> None:
    case, version = way.case, way.case.item
    case.accepted_on = case.clock_from = case.receipt_on = day
    case.rights_told = True
    case.agent = world.random.choice(hand["agents"])
    case.legal_days, case.promised_days = version.legal_days, version.promised_days
    case.due_on = after_workdays(day, version.promised_days)
    way.went("accept", S.ACCEPTED, day)


def _at_once(world, way: Way, day: date, hand) -> None:
    _accept(world, way, day, hand)
    way.steps.pop()
    case = way.case
    case.decided_on = case.replied_on = case.due_on = day
    case.outcome, case.worked_days = Outcome.GRANTED, 0
    case.reply_mode, case.reply = ReplyMode.IN_PERSON, "当场办结，已当面告知。"
    way.went("at_once", S.REPLIED, day)


def _hand_over(world, way: Way, day: date, hand, kind, taken: date | None) -> None:
    case = way.case
    former = (case.station, case.handler)
    case.station = world.random.choice(hand["stations"])
    case.handler = world.random.choice(hand["handlers"]) if hand["handlers"] and taken else None
    transferred = kind == HandOverKind.TRANSFER
    way.went(
        "transfer" if transferred else "assign", S.ASSIGNED, day, "转由对口站所承办" * transferred
    )
    way.hand_overs.append(
        {
            "kind": kind,
            "occurred_on": day,
            "station": case.station,
            "handler": case.handler,
            "from_station": former[0] if transferred else None,
            "from_handler": former[1] if transferred else None,
            "answer": HandOverAnswer.TAKEN if taken else HandOverAnswer.WAITING,
            "answered_on": taken,
        }
    )
    if taken:
        way.went("take", S.HANDLING, taken)


def _decide(world, way: Way, day: date, action="decide") -> None:
    case = way.case
    case.decided_on = day
    case.outcome = Outcome.DENIED if world.random.randrange(20) == 0 else Outcome.GRANTED
    case.decision = (
        "符合条件，予以办理。" if case.outcome == Outcome.GRANTED else "经核查不符合条件。"
    )
    case.worked_days = sum(
        calendar().is_workday(on) and not any(p.covers(on) for p in _stops(way))
        for on in _after(case.clock_from, day)
    )
    way.went(action, S.DECIDED, day)


def _after(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range(1, (last - first).days + 1))


def _stops(way: Way) -> list[Pause]:
    return [Pause(since, until) for since, until, *_ in way.pauses]


def _reply(world, way: Way, day: date) -> None:
    case = way.case
    case.replied_on = day
    case.reply_mode = world.random.choice([ReplyMode.PHONE, ReplyMode.IN_PERSON, ReplyMode.MESSAGE])
    case.reply = REPLIES[2] if case.outcome == Outcome.DENIED else world.random.choice(REPLIES[:2])
    way.went("reply", S.REPLIED, day)


def _archive(way: Way, day: date) -> None:
    way.case.archived_on = day
    way.went("archive", S.ARCHIVED, day)


def closed(world, unit, day, n, hand) -> Way:
    """A case of former times: nearly all were closed, some late, some paused over a holiday."""
    random, today = world.random, timezone.localdate()
    day = after_workdays(day - timedelta(days=1), 1)
    way = _asked(world, unit, day, n, hand)
    case = way.case
    if n % 23 == 11:
        return _turned_away(way, day, n)
    if n % 19 == 7:
        _told(way, day)
        day = after_workdays(day, 2)
    if case.kind == CaseKind.ON_SPOT:
        _at_once(world, way, day, hand)
        _archive(way, after_workdays(day, 3))
        return way
    _accept(world, way, day, hand)
    day = after_workdays(day, random.randrange(2))
    _hand_over(world, way, day, hand, HandOverKind.ASSIGN, day)
    if n % 13 == 5:
        day = after_workdays(day, 1)
        _hand_over(world, way, day, hand, HandOverKind.TRANSFER, day)
    if n % 17 == 3:
        day = _pause(way, day, n)
    limit = case.promised_days
    spent = random.randrange(1, max(2, limit)) if n % 12 else limit + 1 + random.randrange(4)
    done = min(after_workdays(day, spent), today - timedelta(days=14))
    done = max(done, way.last)
    if case.kind == CaseKind.SENT_UP:
        case.sent_up_on = case.street_received_on = way.last
        way.went("send_up", S.SENT_UP, case.sent_up_on)
        way.went("receive", S.AT_STREET, case.street_received_on)
    _decide(world, way, done, "approve" if case.kind == CaseKind.SENT_UP else "decide")
    _reply(world, way, after_workdays(done, random.randrange(3)))
    if n % 29 == 4 and way.last + timedelta(days=12) < today:
        _reopen(world, way)
    if way.last + timedelta(days=10) < today:
        _archive(way, after_workdays(way.last, 3))
    return way


def _reopen(world, way: Way) -> None:
    """The applicant was not content: handled again, the clock from that day."""
    case, day = way.case, after_workdays(way.last, 2)
    case.reopened_on = case.clock_from = day
    case.reopened_times = 1
    case.sent_up_on = case.street_received_on = None
    case.due_on = after_workdays(day, case.promised_days)
    way.went("reopen", S.HANDLING, day, "申请人认为结果与告知不符，要求复核")
    _decide(world, way, after_workdays(day, 1))
    _reply(world, way, way.last)


def _turned_away(way: Way, day: date, n: int, state=S.REFUSED) -> Way:
    case = way.case
    case.turned_away_on = day
    case.turned_away_for = REFUSALS[n % 2] if state == S.REFUSED else "重复登记"
    way.went("refuse" if state == S.REFUSED else "cancel", state, day)
    return way


def _told(way: Way, day: date) -> None:
    case = way.case
    case.told_on, case.supply_by = day, day + timedelta(days=10)
    case.missing = "缺收入证明一份；户口簿复印件须含户主页。"
    way.went("supplement", S.SUPPLEMENT, day)


def _pause(way: Way, day: date, n: int, running=False) -> date:
    """The clock stands for a week and a half; the day from which the case goes on."""
    reason, evidence = PAUSES[n % len(PAUSES)]
    until = None if running else after_workdays(day, 7)
    case = way.case
    way.pauses.append((day, until, reason, evidence.format(year=day.year, n=n + 1)))
    case.paused_from = S.HANDLING if running else ""
    way.went("pause", S.PAUSED, day)
    if running:
        case.due_on = None
        return day
    found = reckon(case.clock_from, case.promised_days, _stops(way), calendar())
    case.due_on = found.due
    way.went("resume", S.HANDLING, until)
    return until


def recent(world, unit, today, n, state, hand) -> Way:
    """A case of the last weeks that stands in that state; some are overdue, some not replied to."""
    ago = 30 if n % 5 == 4 else 2 + n % 4
    day = after_workdays(today - timedelta(days=ago + 8), 1)
    kinds = {
        S.SENT_UP: (CaseKind.SENT_UP,),
        S.AT_STREET: (CaseKind.SENT_UP,),
    }.get(state, (CaseKind.PROMISED, CaseKind.SENT_UP))
    way = _asked(world, unit, day, n, hand, kinds)
    case = way.case
    if state in {S.REFUSED, S.CANCELLED}:
        return _turned_away(way, day, n, state)
    if state == S.SUPPLEMENT:
        _told(way, day)
    if state in {S.REGISTERED, S.SUPPLEMENT}:
        return way
    _accept(world, way, day, hand)
    if state == S.ACCEPTED:
        return way
    taken = None if state == S.ASSIGNED else day
    _hand_over(world, way, day, hand, HandOverKind.ASSIGN, taken)
    if state in {S.ASSIGNED, S.HANDLING}:
        return way
    if state == S.PAUSED:
        _pause(way, day, n, running=True)
        return way
    if state in {S.SENT_UP, S.AT_STREET}:
        case.sent_up_on = day
        way.went("send_up", S.SENT_UP, day)
        if state == S.AT_STREET:
            case.street_received_on = day
            way.went("receive", S.AT_STREET, day)
        return way
    _decide(world, way, min(after_workdays(day, 2), today))
    if state in {S.REPLIED, S.ARCHIVED}:
        _reply(world, way, way.last)
    if state == S.ARCHIVED:
        _archive(way, way.last)
    return way
