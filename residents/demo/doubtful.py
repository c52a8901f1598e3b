"""People registered twice, some pairs dealt with already, and records that need mending."""

from datetime import date, timedelta
from random import Random

from portal.demo.world import SEED, YEAR, World, typed_at
from portal.models import User
from residents.duplicates.deciding import put_off, tell_apart
from residents.duplicates.finding import find_duplicates
from residents.duplicates.merging import SURVIVOR, Choices, merge
from residents.duplicates.references import conflicts
from residents.duplicates.undoing import undo
from residents.enums import Sex, VisitMode
from residents.models import DuplicatePair, Household, Merge, ResidencySpell, Resident, Visit

TWICE, FAULTY = 90, 60
DECIDED_ON = date(YEAR + 1, 6, 24)
LOST = ("身份证遗失待补办", "登记时未带证件", "拒报")


def add_doubtful(world: World) -> None:
    """By a chance of its own, so that everybody else's records stay as they are."""
    random = Random(SEED + 1)  # noqa: S311  not a secret
    settled = [e for e in world.shared["settled"] if e[0].id_hash and len(e[0].name) <= 4]
    chosen = random.sample(settled, min(len(settled), world.many(TWICE) + 6))
    for number, (person, unit, _) in enumerate(chosen):
        _register_again(world, random, person, unit, number)
    find_duplicates()
    _decide(User.objects.get(username="demo-section"))
    _spoil(random, random.sample(settled, min(len(settled), world.many(FAULTY) + 6)))
    for unit in world.communities[:3]:
        Household.objects.create(
            unit=unit, number="空-001", address=f"{unit.name}建设路1号", recorded_at=typed_at(date(YEAR, 3, 3))
        )  # fmt: skip


def _register_again(world: World, random, person, unit, number) -> None:
    """The same person at the counter, without papers; every sixth in another community."""
    away = number % 6 == 5
    if away:
        unit = world.communities[(world.communities.index(unit) + 1) % len(world.communities)]
    since = world_day(random)
    again = Resident(
        unit=unit,
        unit_ids=[unit.pk],
        name=person.name,
        no_id_reason=random.choice(LOST),
        id_kind="none",
        sex=person.sex,
        born_on=person.born_on if number % 3 else None,
        phone=person.phone if number % 2 else "",
        address=person.address,
        residency=person.residency,
        grid=None if away else person.grid,
        recorded_at=typed_at(since),
    )
    again.save()
    ResidencySpell.objects.create(
        unit=unit, resident=again, starts_on=since, recorded_at=typed_at(since)
    )
    Visit.objects.create(
        unit=unit,
        resident=again,
        occurred_on=since + timedelta(days=20),
        mode=VisitMode.PHONE,
        visitor=world.staff(unit),
        content="电话核对登记信息。",
        domains=["residents"],
        recorded_at=typed_at(since + timedelta(days=20)),
    )


def world_day(random) -> date:
    return date(YEAR, 2, 1) + timedelta(days=random.randrange(300))


def _decide(by) -> None:
    """Some told apart, some put off, three merged, of which one was taken apart again."""
    pairs = list(DuplicatePair.objects.select_related("first", "second").order_by("pk"))
    same = [p for p in pairs if p.first.unit_id == p.second.unit_id]
    for pair in same[3:8:2]:
        tell_apart(pair, by=by)
    for pair in same[4:7:2]:
        put_off(pair, days=30, by=by)
    for pair in same[:3]:
        pair = DuplicatePair.objects.select_related("first", "second").get(pk=pair.pk)
        rows = {each.name: SURVIVOR for each in conflicts(pair.first, pair.second)}
        merge(pair, survivor=pair.first, choices=Choices(rows=rows), by=by)
    if last := Merge.objects.order_by("pk").last():
        undo(last, by=by)
    when = typed_at(DECIDED_ON)
    DuplicatePair.objects.update(recorded_at=when)
    DuplicatePair.objects.exclude(decided_at=None).update(decided_at=when)
    DuplicatePair.objects.exclude(again_on=None).update(again_on=DECIDED_ON + timedelta(days=300))
    Merge.objects.update(recorded_at=when)
    Merge.objects.exclude(undone_at=None).update(undone_at=when)
    merged = Resident.objects.filter(merged_into__isnull=False)
    merged.update(deleted_at=when)
    ResidencySpell.objects.filter(deleted_by=by).update(deleted_at=when)


def _spoil(random, chosen) -> None:
    """What clerks mistype: one kind of slip after the other."""
    for number, (person, _, _) in enumerate(chosen):
        person = Resident.objects.get(pk=person.pk)
        match number % 6:
            case 0:
                person.sex = Sex.FEMALE if person.sex == Sex.MALE else Sex.MALE
            case 1:
                person.address = ""
            case 2:
                person.grid = None
            case 3:
                person.name += "1"
            case 4:
                person.phone = "02000000000"
            case 5:
                person.born_on += timedelta(days=1)
        if person.deleted_at is None:
            person.save()
