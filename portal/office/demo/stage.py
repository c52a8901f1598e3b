"""What the builders share: a chance of their own, so that other demo data stays as it is."""

from collections.abc import Iterator
from datetime import date
from random import Random

from portal.bulk import load
from portal.demo.world import SEED, YEAR, World, typed_at
from portal.models import Unit
from portal.records import Record

LAST_DAY = date(YEAR + 1, 6, 30)
NAMES = (
    "陈素芬", "李梅", "王建国", "赵敏", "周志强", "吴永刚", "郑淑贞", "黄海涛", "何晓燕", "邓家明",
    "苏丽华", "梁伟文", "林国栋", "谢晓东", "罗玉兰", "唐志远", "韩雪梅", "冯建军", "蔡秀英", "潘国庆",
)  # fmt: skip
OFFICE, DISABILITY, VOLUNTEERS, SANITATION, SERVICE = (
    ["office"],
    ["disability"],
    ["volunteers"],
    ["sanitation"],
    ["servicecenter", "office"],
)


class Stage:
    """The street and its communities with a few names each, and rows waiting to be stored."""

    def __init__(self, world: World):
        self.world = world
        self.random = Random(SEED + 8)  # noqa: S311  not a secret
        self.street, self.communities = world.street, world.communities
        self.units = [world.street, *world.communities]

    def people(self, unit: Unit) -> list[str]:
        """The staff of a unit: who records its work, and some more."""
        first = self.world.staff(unit)
        start = self.units.index(unit) * 3
        others = [NAMES[(start + step) % len(NAMES)] for step in range(8)]
        return [first, *(name for name in others if name != first)]

    def row(self, model, unit, day, **fields):
        """A row typed the day after ``day``, which is its event date where it has one."""
        if issubclass(model, Record):
            fields["occurred_on"] = day
        return model(unit=unit, recorded_at=typed_at(min(day, LAST_DAY)), **fields)

    def day(self, year: int) -> date:
        return self.world_day(date(year, 1, 4), min(date(year, 12, 28), LAST_DAY))

    def world_day(self, first: date, last: date) -> date:
        """A working day between the two, from this stage's own chance."""
        span = (last - first).days
        for _ in range(3):
            found = date.fromordinal(first.toordinal() + self.random.randrange(span + 1))
            if found.weekday() < 5:
                return found
        return found

    def dated(self, a_year: float) -> Iterator[date]:
        """Days of about ``a_year`` records in the demo year and a third of it in the next."""
        for year, share in ((YEAR, 1.0), (YEAR + 1, 0.33)):
            for _ in range(self.world.many(a_year * share)):
                yield self.day(year)

    def store(self, model, rows):
        """Store the rows; those that they refer to were stored, and got their keys, before."""
        rows = list(rows)
        references = [field for field in model._meta.concrete_fields if field.is_relation]
        for row in rows:
            for field in references:
                if field.is_cached(row) and getattr(row, field.name):
                    setattr(row, field.attname, getattr(row, field.name).pk)
        return load(model, rows)
