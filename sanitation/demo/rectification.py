"""Demo data of sanitation work: orders with their rounds, warning cards and special programmes."""

from datetime import date, timedelta

from django.utils import timezone

from portal.bulk import load, prepared
from portal.demo.world import YEAR, World, typed_at
from portal.models import keep_serial
from portal.office.enums import Rank
from portal.workdays import after_workdays
from sanitation.enums.rectification import CardColour
from sanitation.models import (
    Finding,
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


def build(world: World) -> None:
    _orders(world)
    _cards(world)


def _begun(world: World, count: int) -> list[RectificationOrder]:
    """Orders of serious findings, and some that were issued by themselves, in the order of their days."""
    random, today = world.random, timezone.localdate()
    found = Finding.objects.kept().filter(
        unit=world.street, is_open=True, is_serious=True, order=None, same_as=None
    )
    found = found.select_related("community", "grid", "point").order_by(
        "occurred_on", "community__code", "problem", "place"
    )
    rows = []
    for finding in found[:count]:
        day = min(finding.occurred_on + timedelta(days=1), today)
        rows.append(
            RectificationOrder(
                unit=world.street,
                community=finding.community,
                grid=finding.grid,
                finding=finding,
                occurred_on=day,
                problem=told_problem(finding),
                place=told_place(finding),
                demand="立即清理，保持整洁，整改前后拍照上报。",
            )
        )
    last = today - timedelta(days=1)
    for number in range(count):
        problem, place, demand = PROBLEMS[number % len(PROBLEMS)]
        community = world.communities[random.randrange(len(world.communities))]
        # The newest are of these weeks, so that something is due on the first day.
        first = date(YEAR, 1, 6) if number % 3 else last - timedelta(days=20)
        rows.append(
            RectificationOrder(
                unit=world.street,
                community=community,
                grid=random.choice(world.grids[community.pk]),
                occurred_on=world.day(first, last),
                problem=problem,
                place=place,
                demand=demand,
            )
        )
    return sorted(rows, key=lambda r: (r.occurred_on, r.community.code, r.problem, r.place))


def _orders(world: World) -> None:
    random, serials, last = world.random, {}, {}
    rows = _unlike(_begun(world, world.many(60)))
    for order in rows:
        year = order.occurred_on.year
        serials[year] = serials.get(year, 0) + 1
        order.number = f"整改〔{year}〕{serials[year]}号"
        order.responsible = world.staff(order.community)
        order.working_days = random.choice((3, 5, 5, 10))
        order.due_on = after_workdays(order.occurred_on, order.working_days)
        if random.randrange(12) == 0:
            order.first_due_on, order.extended_for = order.due_on, EXTENDED
            order.due_on = after_workdays(order.due_on, 3)
        order.recorded_at = typed_at(order.occurred_on)
        last[order.number] = _way(world, order)
    load(RectificationOrder, [prepared(order) for order in rows])
    rounds = [round_ for order in rows for round_ in last[order.number]]
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
    """What the community did by today: most reports pass, some at the second time; a few wait."""
    random, today = world.random, timezone.localdate()
    rounds, day = [], order.occurred_on
    for attempt in range(3):
        day = after_workdays(day, 1 + random.randrange(order.working_days + attempt))
        old = today - order.occurred_on > timedelta(days=25)
        if day > today or (not old and random.randrange(4) == 0):
            return rounds
        round_ = RectificationRound(
            unit=order.community,
            community=order.community,
            order=order,
            occurred_on=day,
            content=random.choice(DONE),
            reporter=order.responsible,
            recorded_at=typed_at(day),
        )
        rounds.append(round_)
        day = after_workdays(day, 1 + random.randrange(2))
        if day > today:
            return rounds
        round_.rechecked_on, round_.rechecker = day, random.choice(RECHECKERS)
        round_.passed = attempt == 2 or random.randrange(5) > 0
        round_.opinion = random.choice(OPINIONS) if round_.passed else AGAIN
        if round_.passed:
            order.closed_on, order.result = day, "整改到位，已销号"
            return rounds
    return rounds


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
