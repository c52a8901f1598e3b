"""Clean-ups with what they took, contests, study tours, hot spots and cadres' visits."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from portal.bulk import load
from portal.demo.world import YEAR, World, typed_at
from residents.enums import (
    ActivityKind,
    ProblemKind,
    ProblemSource,
    ProblemState,
    VisitMode,
    VisitPurpose,
)
from residents.models import Activity, Problem, Visit
from sanitation.demo.regime import add_regime
from sanitation.enums.places import PointKind
from sanitation.models import CleanupDetail
from sanitation.selectors.shares import CLEANUPS, TAGS

VISITS = 320  # of the whole street in a year
SCOPES = [PointKind.ROAD, PointKind.MARKET, PointKind.WATER, PointKind.YARD, PointKind.DITCH]
# First day, last day, kind, title, place, people, bodies, marked for the summary.
EVENTS = (
    ((1, 18), (1, 22), ActivityKind.CLEANUP, "迎新春环境卫生大扫除", "全街道", 460, 22, True),
    ((9, 27), (9, 28), ActivityKind.CLEANUP, "国庆前环境集中清理", "集镇和主次干道", 210, 14, False),
    ((6, 5), None, ActivityKind.CONTEST, "环境保护法知识竞赛", "街道礼堂", 318, 16, True),
    ((6, 6), (9, 13), ActivityKind.PUBLICITY, "环境保护百日宣传", "各社区和企业", 2150, 31, True),
    ((10, 16), None, ActivityKind.STUDY_TOUR, "垃圾分类和保洁管理考察", "白沙、果园、金井", 26, 12, True),
)  # fmt: skip
TROUBLES = (
    ("后河边垃圾成堆多年无人清", "组织清运 4 车，设监控和警示牌，移交保洁员每日巡查。"),
    ("垃圾池破损满溢，夏天臭味大", "拆除旧池，改设四分类投放点，每天清运两次。"),
    ("农贸市场门口污水横流", "疏通雨污管道 60 米，市场每晚冲洗。"),
    ("餐饮店油烟污水直排水沟", "安装隔油池和净化器，复查达标。"),
)
TALKS = (
    "讲解四分类投放，赠送分类画报并当场张贴。",
    "检查房前屋后卫生，约定每周大扫除一次。",
    "宣传垃圾收费的用途，户主表示支持。",
    "反映垃圾桶太远，已记下转保洁员。",
)


def build(world: World) -> None:
    add_regime(world)
    _events(world)
    _details(world)
    _hot_spots(world)
    _visits(world)


def _past(day: date) -> bool:
    return day < timezone.localdate()


def _events(world) -> None:
    rows = []
    for year in (YEAR, YEAR + 1):
        for first, last, kind, title, place, people, parties, marked in EVENTS:
            day, until = date(year, *first), date(year, *(last or first))
            if not _past(until):
                continue
            rows.append(
                Activity(
                    unit=world.street,
                    occurred_on=day,
                    ends_on=until if last else None,
                    kind=kind,
                    title=title,
                    place=place,
                    organisers="春华街道城管办",
                    participants=people + world.random.randrange(-18, 40),
                    parties=parties,
                    domains=TAGS,
                    highlight=marked,
                    recorded_at=typed_at(until),
                )
            )
    load(Activity, rows)


def _details(world) -> None:
    """What every clean-up took, those of volunteers and of communities too."""
    rows = []
    for activity in (
        Activity.objects.kept().filter(CLEANUPS).order_by("occurred_on", "unit", "title")
    ):
        large = activity.unit_id == world.street.pk
        scopes = SCOPES if large else sorted(world.random.sample(SCOPES, 2), key=SCOPES.index)
        rows.append(
            CleanupDetail(
                unit=activity.unit,
                occurred_on=activity.occurred_on,
                activity=activity,
                scopes=[scope.value for scope in scopes],
                vehicles=world.random.randrange(9, 16) if large else world.random.randrange(1, 4),
                tonnes=Decimal(
                    world.random.randrange(*((28_000, 46_000) if large else (600, 4200)))
                )
                / 1000,
                spots=world.random.randrange(20, 40) if large else world.random.randrange(2, 9),
                recorded_at=activity.recorded_at,
            )
        )
    load(CleanupDetail, rows)


def _hot_spots(world) -> None:
    """Three in each of the first communities, solved and answered; a fresh one is still under way."""
    today = timezone.localdate()
    units = world.communities[: max(2, world.many(12))]
    rows = []
    for number, unit in enumerate(units):
        for step, year in enumerate((YEAR, YEAR, YEAR + 1)):
            day = date(year, 2 + (number * 3 + step * 4) % 8, 5 + number)
            if day < today - timedelta(days=60):
                rows.append(_hot_spot(world, unit, day, number + step, solved=True, told=step == 0))
    fresh = today - timedelta(days=12)
    rows.append(_hot_spot(world, units[0], fresh, 3, solved=False, told=False))
    load(Problem, rows)


def _hot_spot(world, unit, day, number, *, solved, told) -> Problem:
    title, result = TROUBLES[number % len(TROUBLES)]
    closed = day + timedelta(days=8 + number * 2) if solved else None
    return Problem(
        unit=unit,
        occurred_on=day,
        title=title,
        kind=ProblemKind.ENVIRONMENT,
        source=ProblemSource.WALK_IN,
        owner=world.staff(unit),
        due_on=day + timedelta(days=45),
        state=ProblemState.SOLVED if solved else ProblemState.WORKING,
        closed_on=closed,
        replied_on=closed,
        result=result if solved else "",
        highlight=told,
        domains=TAGS,
        recorded_at=typed_at(day),
    )


def _visits(world) -> None:
    """The cadres of some communities go out more often than those of others, so they can be ranked."""
    places = {unit.pk: number for number, unit in enumerate(world.communities)}
    settled = world.shared["settled"]
    weights = [3 + places[unit.pk] % 5 for _, unit, _ in settled]
    rows = []
    for year in (YEAR, YEAR + 1):
        last = min(date(year, 12, 28), timezone.localdate() - timedelta(days=1))
        for _ in range(world.many(VISITS)):
            person, unit, _ = world.random.choices(settled, weights)[0]
            day = world.day(date(year, 1, 6), last)
            rows.append(
                Visit(
                    unit=unit,
                    grid=person.grid,
                    occurred_on=day,
                    resident=person,
                    mode=VisitMode.HOME,
                    purposes=[VisitPurpose.WASTE_SORTING],
                    visitor=world.staff(unit),
                    content=world.random.choice(TALKS),
                    domains=TAGS,
                    recorded_at=typed_at(day),
                )
            )
    load(Visit, rows)
