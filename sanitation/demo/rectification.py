"""Demo data of sanitation work: orders with their rounds, warning cards and special programmes."""

from datetime import date, timedelta
from uuid import uuid5

from django.utils import timezone

from portal.bulk import load, prepared
from portal.demo.world import YEAR, World, typed_at
from portal.models import keep_serial
from portal.office.enums import Rank
from portal.workdays import after_workdays
from sanitation.enums.inspections import InspectionKind
from sanitation.enums.rectification import CardColour
from sanitation.models import (
    Finding,
    Inspection,
    RectificationOrder,
    RectificationProgramme,
    RectificationRound,
    WarningCard,
)
from sanitation.selectors.rectification import told_place, told_problem
from sanitation.services.rectification import SERIES

PROBLEMS = (
    ("成堆垃圾 3 处，桥头两侧有陈年垃圾", "老桥桥头", "清除垃圾，设置警示牌，安排保洁员每天巡看。"),
    ("垃圾池满溢、未及时清运", "三组垃圾收集点", "当天清运，周边冲洗干净。"),
    ("店外经营、占道堆物 2 户", "老街中段", "劝导入店经营，恢复人行道畅通。"),
    ("水渠漂浮物、岸边散落垃圾", "灌溉渠二号涵洞", "打捞漂浮物，清理渠岸。"),
    ("公厕不洁、洗手池破损", "集贸市场公厕", "彻底清洗，更换破损设施。"),
    ("小广告未清除 12 处", "沿街楼道口", "清除小广告，落实门前三包。"),
)
DONE = (
    "已组织清理，运走垃圾两车，现场恢复整洁。",
    "已清运并冲洗，增加一次中午收运。",
    "已逐户劝导，物品全部入店。",
    "已打捞清理，安排专人每天巡渠。",
)
AGAIN = "角落仍有残留，请再清理一遍后报复查。"
OPINIONS = ("现场整洁，同意销号。", "整改到位。", "已恢复整洁，保持日常保洁。")
RECHECKERS = ("吴永刚、刘芳", "何建军、吴永刚")
EXTENDED = "连日降雨，机械无法进场。"
RECENT = timedelta(days=45)  # what is younger has a way of its own
# (community, days ago, working days, result of each round; None: not rechecked yet)
FRESH = (
    (0, 1, 2, ()),
    (0, 12, 3, ()),
    (1, 4, 5, (None,)),
    (2, 7, 10, (False,)),
    (0, 9, 10, (False, None)),
)


def build(world: World) -> None:
    _seen_before(world)
    _orders(world)
    _cards(world)


def _seen_before(world: World) -> None:
    """Patrols that saw, some days before the newest quarter checks, what these found again."""
    checked = Finding.objects.kept().filter(
        inspection__kind=InspectionKind.QUARTER, is_open=True, same_as=None
    )
    rows = checked.exclude(place="").select_related("community", "point", "grid")
    for finding in rows.order_by("-occurred_on", "community__code", "key")[:3]:
        day = finding.occurred_on - timedelta(days=6)
        if (day.month - 1) // 3 != (finding.occurred_on.month - 1) // 3:
            continue
        patrol = Inspection.objects.create(
            unit=world.street,
            community=finding.community,
            kind=InspectionKind.ROUTINE,
            occurred_on=day,
            inspectors=RECHECKERS[0],
            handed_in_on=day,
            is_open=True,
            recorded_at=typed_at(day),
        )
        Finding.objects.create(
            unit=world.street,
            inspection=patrol,
            occurred_on=day,
            problem=finding.problem,
            point=finding.point,
            grid=finding.grid,
            place=finding.place,
            key=uuid5(finding.key, "patrol"),
            recorded_at=typed_at(day),
        )


def _begun(world: World, count: int) -> list[RectificationOrder]:
    """Orders of serious findings, and some issued by themselves, all old enough to be closed."""
    random, last = world.random, timezone.localdate() - RECENT
    found = Finding.objects.kept().filter(
        unit=world.street, is_open=True, is_serious=True, order=None, same_as=None
    )
    found = found.filter(occurred_on__lt=last).select_related("community", "grid", "point")
    rows = [
        _new(
            world,
            finding.community,
            finding.occurred_on + timedelta(days=1),
            grid=finding.grid,
            finding=finding,
            problem=told_problem(finding),
            place=told_place(finding),
            demand="立即清理，保持整洁，整改前后拍照上报。",
        )
        for finding in found.order_by("occurred_on", "community__code", "key")[:count]
    ]
    for number in range(count):
        problem, place, demand = PROBLEMS[number % len(PROBLEMS)]
        community = world.communities[random.randrange(len(world.communities))]
        rows.append(
            _new(
                world,
                community,
                world.day(date(YEAR, 1, 6), last),
                grid=random.choice(world.grids[community.pk]),
                problem=problem,
                place=place,
                demand=demand,
            )
        )
    return _unlike(rows)


def _new(world: World, community, day, *, working_days: int = 0, **fields) -> RectificationOrder:
    days = working_days or world.random.choice((3, 5, 5, 10))
    return RectificationOrder(
        unit=world.street,
        community=community,
        occurred_on=day,
        working_days=days,
        due_on=after_workdays(day, days),
        responsible=world.staff(community),
        recorded_at=typed_at(day),
        **fields,
    )


def _fresh(world: World) -> list[tuple[RectificationOrder, list[RectificationRound]]]:
    """Of these weeks: one that is due, one that is late, one that failed, one that waits."""
    today, found = timezone.localdate(), []
    for number, (place, days, limit, results) in enumerate(FRESH):
        problem, _, demand = PROBLEMS[number]
        order = _new(
            world,
            world.communities[place],
            today - timedelta(days=days),
            working_days=limit,
            problem=problem,
            place=f"{PROBLEMS[number][1]}（{number + 1} 号点）",
            demand=demand,
        )
        rounds, day = [], order.occurred_on + timedelta(days=1)
        for passed in results:
            round_ = _round(world, order, day)
            if passed is not None:
                _recheck(world, round_, day + timedelta(days=1), passed)
            rounds.append(round_)
            day += timedelta(days=2)
        found.append((order, rounds))
    return found


def _orders(world: World) -> None:
    random, serials = world.random, {}
    ways = [(order, _way(world, order)) for order in _begun(world, world.many(50))]
    ways += _fresh(world)
    ways.sort(key=lambda way: (way[0].occurred_on, way[0].community.code, way[0].place))
    for order, _ in ways:
        year = order.occurred_on.year
        serials[year] = serials.get(year, 0) + 1
        order.number = f"整改〔{year}〕{serials[year]}号"
        if order.closed_on and random.randrange(8) == 0:
            order.first_due_on, order.extended_for = order.due_on, EXTENDED
            order.due_on = after_workdays(order.due_on, 3)
    load(RectificationOrder, [prepared(order) for order, _ in ways])
    rounds = [round_ for _, several in ways for round_ in several]
    for round_ in rounds:
        round_.order = round_.order  # now it has its key
    load(RectificationRound, rounds)
    for year, serial in serials.items():
        keep_serial(world.street, SERIES, serial, year)


def _unlike(rows) -> list[RectificationOrder]:
    """One order for a problem at a place of a community: it is open or it was long ago."""
    known = {}
    for order in rows:
        known.setdefault((order.community_id, order.problem, order.place), order)
    return list(known.values())


def _way(world: World, order) -> list[RectificationRound]:
    """What came of an old order: most pass at once, some at the second time, few at the third."""
    random, rounds, day = world.random, [], order.occurred_on
    for attempt in range(3):
        day = after_workdays(day, 1 + random.randrange(order.working_days + attempt))
        round_ = _round(world, order, day)
        rounds.append(round_)
        day = after_workdays(day, 1 + random.randrange(2))
        passed = attempt == 2 or random.randrange(5) > 0
        _recheck(world, round_, min(day, timezone.localdate()), passed)
        if passed:
            break
    return rounds


def _round(world: World, order, day) -> RectificationRound:
    day = min(day, timezone.localdate())
    return RectificationRound(
        unit=order.community,
        community=order.community,
        order=order,
        occurred_on=day,
        content=world.random.choice(DONE),
        reporter=order.responsible,
        recorded_at=typed_at(day),
    )


def _recheck(world: World, round_, day, passed: bool) -> None:
    random, order = world.random, round_.order
    round_.rechecked_on, round_.rechecker = day, random.choice(RECHECKERS)
    round_.passed = passed
    round_.opinion = random.choice(OPINIONS) if passed else AGAIN
    if passed:
        order.closed_on, order.result = day, "整改到位，已销号"


def _cards(world: World) -> None:
    """One community on the ladder last year, with its programme; another one that stands now."""
    bad, other = world.communities[4], world.communities[7]
    today = timezone.localdate()
    blue = _card(
        world,
        bad,
        date(YEAR, 4, 16),
        CardColour.BLUE,
        reason="巡查发现垃圾池满溢，多次提醒未改",
        lifted=date(YEAR, 5, 9),
    )
    yellow = _card(
        world,
        bad,
        date(YEAR, 9, 10),
        CardColour.YELLOW,
        reason="暗访发现成堆垃圾和陈年垃圾，垃圾池破损、满溢、未及时清运",
        lifted=date(YEAR, 10, 14),
    )
    standing = _card(
        world,
        other,
        today - timedelta(days=12),
        CardColour.BLUE,
        reason="水域漂浮物较多，保洁员不在岗",
        lifted=None,
    )
    for card in (blue, yellow, standing):
        card.save()
    RectificationProgramme.objects.create(
        unit=world.street,
        community=bad,
        title=f"{bad.name}环境卫生专项整改",
        warning=yellow,
        starts_on=date(YEAR, 9, 12),
        ends_on=date(YEAR, 9, 29),
        street_duty="街道城管办每天到场督查",
        community_duty="社区组织力量清除全部成堆垃圾",
        household_duty="户户落实门前三包，保持整洁",
        measures="调整保洁制度，增加保洁员 2 名；修补垃圾池 5 处；垃圾日产日清。",
        responsible=world.staff(bad),
        result="成堆垃圾全部清除，保洁制度已调整",
        recheck_score="92.0",
        recorded_at=typed_at(date(YEAR, 9, 29)),
    )


def _card(world: World, community, day, colour, *, reason, lifted) -> WarningCard:
    return WarningCard(
        unit=world.street,
        community=community,
        occurred_on=day,
        colour=colour,
        issuer="清河区爱国卫生运动委员会办公室",
        rank=Rank.DISTRICT,
        reason=reason,
        basis="《环境卫生检查考核办法》",
        due_on=day + timedelta(days=30),
        lifted_on=lifted,
        lifted_for="整改后复查合格" if lifted else "",
        recorded_at=typed_at(day),
    )
