"""A year of assistive devices in the demo: every community's store, who needs and has a device, and who
was shown its use."""

from datetime import date, timedelta

from disability.demo.conditions import NURSES, cared_for, grown
from disability.enums.devices import DeviceCondition, DeviceState, StockMove
from disability.models import DeviceCase, DeviceEntry, DeviceKind, DeviceTraining
from portal.bulk import load
from portal.demo.world import YEAR, World, typed_at
from residents.demo.facts import LAST_DAY, dated

CASES, TRAININGS = 280, 190  # of the whole street in the full year
STORED = ("手动轮椅", "助行器", "拐杖", "护理床", "坐便椅", "语音血压计", "防压疮床垫")
FITTING = {
    "1": ("盲杖", "助视器", "语音血压计"),
    "2": ("助听器", "闪光门铃"),
    "3": ("沟通板",),
    "4": ("手动轮椅", "拐杖", "助行器", "小腿假肢", "坐便椅", "护理床"),
    "5": ("儿童益智训练器具", "坐便椅"),
    "6": ("手指功能训练器",),
    "7": ("手动轮椅", "护理床", "助听器"),
}
WHY = ("原有的已损坏", "日常生活需要", "评估后建议配备", "家属照料吃力", "首次申请")


def build(world: World) -> None:
    kinds = {kind.name: kind for kind in DeviceKind.objects.select_related("family")}
    _store(world, kinds)
    people = cared_for(world)
    _cases(world, people, kinds)
    _trainings(world, people, kinds)


def _store(world, kinds) -> None:
    """Enough for whatever the year gives out."""
    random, rows = world.random, []
    for unit in world.communities:
        for number, name in enumerate(STORED):
            day = date(YEAR - 1, 1, 8 + number)
            source, move = random.choice(
                (
                    ("区残联配发", StockMove.ALLOTMENT),
                    ("爱心企业捐赠", StockMove.DONATION),
                    ("街道助残经费", StockMove.PURCHASE),
                )
            )
            rows.append(
                DeviceEntry(
                    unit=unit,
                    occurred_on=day,
                    kind=kinds[name],
                    move=move,
                    quantity=2 + round(random.randrange(10, 16) * max(world.scale, 0.1)),
                    source=source,
                    keeper=world.staff(unit),
                    recorded_at=typed_at(day),
                )
            )
    load(DeviceEntry, rows)
    world.shared["device_store"] = {(row.unit_id, row.kind_id): row.quantity for row in rows}


def _cases(world, people, kinds) -> None:
    random, rows, waiting = world.random, [], set()
    store = world.shared["device_store"]
    for number, day in enumerate(dated(world, CASES)):
        person, unit, letter = random.choice(people)
        kind = kinds[random.choice(FITTING[letter])]
        if not grown(person, day) or (person.pk, kind.pk) in waiting:
            continue
        waiting.add((person.pk, kind.pk))
        stage = _stage(number, day, kind)
        held = store.get((unit.pk, kind.pk), 0)
        given = "issued_on" in stage and held > 1
        if given and "returned_on" not in stage:
            store[unit.pk, kind.pk] = held - 1
        rows.append(
            DeviceCase(
                unit=unit,
                resident=person,
                occurred_on=day,
                kind=kind,
                reason=WHY[number % len(WHY)],
                from_stock=given,
                serial=f"{kind.family.code}-{number:04d}" if given else "",
                highlight=number % 40 == 0 and "issued_on" in stage,
                recorded_at=typed_at(day),
                **stage,
            )
        )
    load(DeviceCase, rows)


def _stage(number: int, day: date, kind) -> dict:
    """Six of eight needs are met; what can be lent is lent every second time."""
    week = timedelta(days=7)
    if number % 8 == 0 or day > LAST_DAY - 3 * week:
        return {"state": DeviceState.NEEDED}
    seen = {
        "assessed_on": day + week,
        "assessed_by": NURSES[number % len(NURSES)],
        "assessment": "符合适配条件",
    }
    if number % 8 == 1:
        return seen | {"state": DeviceState.ASSESSED}
    issued = day + 2 * week
    if not kind.is_returnable or number % 2:
        return seen | {"state": DeviceState.FITTED, "issued_on": issued}
    lent = seen | {"issued_on": issued, "due_back_on": issued + timedelta(days=180)}
    back = issued + timedelta(days=90)
    if number % 3 or back > LAST_DAY:
        return lent | {"state": DeviceState.ON_LOAN}
    return lent | {
        "state": DeviceState.RETURNED,
        "returned_on": back,
        "condition": DeviceCondition.GOOD if number % 9 else DeviceCondition.REPAIRED,
    }


def _trainings(world, people, kinds) -> None:
    random, rows = world.random, []
    for number, day in enumerate(dated(world, TRAININGS)):
        person, unit, letter = random.choice(people)
        wanted = [kinds[name] for name in FITTING[letter] if kinds[name].needs_training]
        if not wanted or not grown(person, day):
            continue
        kind = random.choice(wanted)
        rows.append(
            DeviceTraining(
                unit=unit,
                resident=person,
                occurred_on=day,
                kind=kind,
                content=f"{kind.name}的正确使用和日常保养",
                trainer=NURSES[number % len(NURSES)],
                minutes=random.choice((20, 30, 40)),
                mastered=number % 5 != 0,
                recorded_at=typed_at(day),
            )
        )
    load(DeviceTraining, rows)
