"""The cleaners of each community, their grids, leaves and trainings."""

from datetime import date, timedelta
from random import Random

from portal.bulk import load, prepared
from portal.demo.world import SEED, YEAR, World, typed_at
from residents.demo.names import Namer
from residents.enums import ActivityKind, Sex
from residents.models import Activity
from sanitation.enums.places import Employment, LeaveKind
from sanitation.models import Cleaner, CleanerAttendance, CleanerLeave, GridAssignment

AREA = "449903"  # no place has this code
BEGUN, LEFT_ON = date(YEAR - 1, 6, 1), date(YEAR, 9, 30)
TRAININGS = (
    (date(YEAR, 4, 15), "垃圾分类标准和收运要求培训", "街道治理办 周建平"),
    (date(YEAR, 8, 21), "入户宣传和分类指导培训", "区环卫中心 陈工程师"),
    (date(YEAR + 1, 3, 19), "保洁安全和高温作业培训", "街道治理办 周建平"),
)
TOOLS = ("三轮车、扫帚、铁锹、反光背心", "扫帚、火钳、手推车、雨衣", "电动保洁车、扫帚、反光背心")
DUTIES = (
    "主干道两侧和公厕",
    "塘边、水渠和田间路",
    "老街和农贸市场",
    "房前屋后公共区域",
    "广场、步道和停车场",
)
LEAVES = (
    (date(YEAR, 3, 3), 5, LeaveKind.SICK),
    (date(YEAR, 7, 14), 10, LeaveKind.INJURY),
    (date(YEAR, 10, 9), 3, LeaveKind.PERSONAL),
    (date(YEAR + 1, 5, 11), 4, LeaveKind.SICK),
)


def build(world: World) -> None:
    random = Random(SEED + 111)  # noqa: S311  not a secret
    namer = Namer(random)
    cleaners, duties, away = [], [], []
    for index, community in enumerate(world.communities):
        grids = world.grids[community.pk]
        # The last grid of every fifth community has nobody, so that the list shows something.
        swept = grids[:-1] if index % 5 == 2 else grids
        here = [_cleaner(world, community, namer, random, n) for n in range(len(swept) - index % 2)]
        cleaners += here
        duties += [(here[n % len(here)], grid) for n, grid in enumerate(swept)]
        if index % 4 == 1:
            gone = _cleaner(world, community, namer, random, 0)
            gone.starts_on = min(gone.starts_on, BEGUN)
            gone.ends_on, gone.note = LEFT_ON, "年龄较大，本人提出离岗"
            cleaners.append(gone)
            duties.append((gone, grids[0]))
        away.append((here[0], *LEAVES[index % len(LEAVES)], namer.name(Sex.FEMALE)))
    load(Cleaner, [prepared(row) for row in cleaners])
    load(GridAssignment, [_assignment(n, *duty) for n, duty in enumerate(duties)])
    load(CleanerLeave, [_leave(*leave) for leave in away])
    _train(world, cleaners)


def _cleaner(world, community, namer, random, number) -> Cleaner:
    sex = random.choice((Sex.MALE, Sex.FEMALE))
    born = date(random.randrange(1964, 1986), random.randrange(1, 13), random.randrange(1, 28))
    starts = date(random.randrange(2022, YEAR), random.randrange(1, 13), 1)
    told = number % 5 < 4
    return Cleaner(
        unit=world.street,
        community=community,
        name=namer.name(sex),
        sex=sex,
        born_on=born,
        id_kind="citizen" if told else "",
        number=namer.id_number(born, sex, AREA) if told else "",
        phone=f"198{random.randrange(10**7, 10**8)}",
        employment=random.choice((*Employment, Employment.FULL)),
        pay=random.randrange(1200, 2700, 100),
        tools=TOOLS[number % len(TOOLS)],
        starts_on=starts,
        recorded_at=typed_at(starts),
    )


def _assignment(number, cleaner, grid) -> GridAssignment:
    return GridAssignment(
        unit=cleaner.unit,
        community=cleaner.community,
        cleaner=cleaner,
        grid=grid,
        duty=DUTIES[number % len(DUTIES)],
        starts_on=cleaner.starts_on,
        ends_on=cleaner.ends_on,
        recorded_at=typed_at(cleaner.starts_on),
    )


def _leave(cleaner, day, days, kind, substitute) -> CleanerLeave:
    return CleanerLeave(
        unit=cleaner.unit,
        community=cleaner.community,
        cleaner=cleaner,
        kind=kind,
        starts_on=day,
        ends_on=day + timedelta(days=days - 1),
        substitute=substitute,
        recorded_at=typed_at(day),
    )


def _train(world, cleaners) -> None:
    """Most come to each training; the street holds it."""
    attendances, trainings = [], []
    for number, (day, title, speaker) in enumerate(TRAININGS):
        came = [
            cleaner
            for place, cleaner in enumerate(cleaners)
            if (place + number) % 6 and (cleaner.ends_on is None or cleaner.ends_on >= day)
        ]
        training = Activity(
            unit=world.street,
            occurred_on=day,
            recorded_at=typed_at(day),
            title=title,
            kind=ActivityKind.TRAINING,
            place="街道会议室",
            organisers="街道治理办",
            speaker=speaker,
            participants=len(came) + 6,
            hours=4,
            content="讲解标准、现场示范，发放操作卡片。",
            highlight=number == 1,
            domains=["sanitation"],
        )
        trainings.append(training)
        attendances += [(training, cleaner) for cleaner in came]
    load(Activity, trainings)
    load(
        CleanerAttendance,
        [
            CleanerAttendance(
                unit=world.street,
                community=cleaner.community,
                activity=training,
                cleaner=cleaner,
                occurred_on=training.occurred_on,
                recorded_at=typed_at(training.occurred_on),
                passed=True if training is trainings[1] else None,
            )
            for training, cleaner in attendances
        ],
    )
