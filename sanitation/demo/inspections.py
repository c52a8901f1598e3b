"""Rubric and inspections from 2025 to today: patrols, quarter checks, unannounced ones, superiors."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from django.utils import timezone

from portal.bulk import load
from portal.demo.world import SEED, World, typed_at
from portal.models import User
from sanitation.demo import inspection_photos
from sanitation.drawing import draw
from sanitation.enums.inspections import MARKED, InspectionKind, SampleMethod
from sanitation.marking import Item, mark
from sanitation.models import (
    Finding,
    GroupDraw,
    InspectedItem,
    Inspection,
    InspectionReply,
    Rubric,
    RubricFault,
    RubricItem,
    SampledGroup,
)
from sanitation.rubric_templates import RURAL
from sanitation.selectors.rubrics import items_of
from sanitation.services.rubrics import from_template

K = InspectionKind
DAY = timedelta(days=1)
FIRST = date(2025, 1, 1)
INSPECTORS = ("吴永刚、刘芳", "梁伟文、吴永刚", "刘芳、何建军", "何建军、吴永刚")
PLACES = (
    "春华路 12 号旁", "老街口", "市场后门", "三组塘边", "文化广场东侧", "小学围墙外",
    "五组晒谷坪", "河堤步道", "公交站台后", "停车场入口",
)  # fmt: skip
SUBJECTS = {K.SPECIAL: ("节前检查", "创建检查", "群众举报核查"), K.SUPERIOR: ("市级暗访",)}
HELD_BACK, WAITS_TO_BE_HANDED_IN = 4, 9  # communities of the two that are not finished
GRANTED = "已核对清运记录，照片拍摄在清运之前，这一处不扣分，已更正。"
REFUSED = "已核对照片和清运记录，拍摄时间在清运之后，维持原扣分。"
OBJECTION = "第三处垃圾当天上午已清运，照片拍摄的是清运前，请核对。"


class Builder:
    """Rows of all inspections, gathered and loaded together."""

    def __init__(self, world: World):
        self.world, self.random = world, world.random
        self.today = timezone.localdate() - DAY  # what is typed today, users type
        section = User.objects.get(username="demo-section")
        self.rubric = from_template(world.street, RURAL, starts_on=FIRST, by=section)
        typed = {"recorded_at": typed_at(FIRST - DAY)}
        Rubric.objects.filter(pk=self.rubric.pk).update(**typed)
        RubricItem.objects.filter(rubric=self.rubric).update(**typed)
        RubricFault.objects.filter(item__rubric=self.rubric).update(**typed)
        self.items = items_of(self.rubric)
        self.by = User.objects.get(username="demo-inspector")
        self.publisher = User.objects.get(username="demo-street")
        self.rows, self.parts = [], []

    def common(self, community, day, is_open) -> dict:
        return {
            "unit": self.world.street,
            "community": community,
            "is_open": is_open,
            "recorded_by": self.by,
            "recorded_at": typed_at(day - DAY),  # on the spot, by phone
        }

    def inspect(self, community, day, kind, *, handed_in=True, published=None, **fields):
        """One inspection with its sample, its marks and what it found."""
        is_open = handed_in and (kind != K.UNANNOUNCED or published is not None)
        row = Inspection(
            **self.common(community, day, is_open),
            occurred_on=day,
            kind=kind,
            rubric=self.rubric if kind != K.SUPERIOR else None,
            inspectors=self.random.choice(INSPECTORS),
            notified=kind != K.UNANNOUNCED,
            handed_in_on=day if handed_in else None,
            published_at=published and datetime.combine(published, time(2), UTC),
            published_by=self.publisher if published else None,
            **fields,
        )
        if kind in SUBJECTS and not row.subject:
            row.subject = self.random.choice(SUBJECTS[kind])
        said, found = self._said(row), self._found(row)
        if kind in MARKED and row.rubric and handed_in:
            marked = mark(
                [Item(i.pk, i.title, i.maximum, i.cap, i.by_rate) for i in self.items],
                {each.item_id for each in said if each.is_na},
                {each.item_id: each.rate for each in said if each.rate is not None},
                [(each.fault.item_id, each.points) for each in found],
            )
            row.score, row.full = marked.score, marked.full
        self.rows.append(row)
        self.parts.append((said, found, self._sample(row)))
        return row

    def _said(self, row) -> list[InspectedItem]:
        """The last item's rate, and what the community has no places for: always the same."""
        if row.rubric is None or row.kind not in MARKED:
            return []
        number = self.world.communities.index(row.community)
        common = self.common(row.community, row.occurred_on, row.is_open)
        rate = Decimal(self.random.randrange(150, 200)) / 2
        said = [
            InspectedItem(**common, item=item, rate=rate) for item in self.items if item.by_rate
        ]
        if number % 4 == 3:
            said.append(InspectedItem(**common, item=self.items[2], is_na=True, note="没有水域"))
        return said

    def _found(self, row) -> list[Finding]:
        if row.rubric is None:
            return []
        number = self.world.communities.index(row.community)
        free = {self.items[2].pk} if number % 4 == 3 else set()
        faults = [
            fault for item in self.items if item.pk not in free for fault in item.faults.all()
        ]
        most = 3 if row.kind == K.ROUTINE else 5 + number % 4
        chosen = self.random.sample(faults, self.random.randint(1, most))
        grids = self.world.grids[row.community.pk]
        found = []
        for fault in chosen:
            times = self.random.choice((1, 1, 1, 2, 2, 3))
            found.append(
                Finding(
                    **self.common(row.community, row.occurred_on, row.is_open),
                    occurred_on=row.occurred_on,
                    fault=fault,
                    problem=fault.problem,
                    occurrences=times,
                    points=fault.points * times,
                    is_serious=fault.is_serious,
                    place=self.random.choice(PLACES),
                    grid=self.random.choice(grids),
                    key=UUID(int=self.random.getrandbits(128), version=4),
                )
            )
        return found

    def _sample(self, row) -> tuple[list[SampledGroup], list[GroupDraw]]:
        """Two recommended and one drawn; of an unannounced one all are drawn."""
        if row.kind not in {K.QUARTER, K.UNANNOUNCED}:
            return [], []
        grids = self.world.grids[row.community.pk]
        chosen = grids[:2] if row.kind == K.QUARTER else []
        rest = {grid.code: grid for grid in grids if grid not in chosen}
        seed = f"{self.random.getrandbits(64):016x}"
        result = draw(rest, seed, 1 if chosen else 2)
        common = self.common(row.community, row.occurred_on, row.is_open)
        drawn = GroupDraw(
            **common, seed=seed, frame=sorted(rest), wanted=len(result), result=result
        )
        samples = [
            SampledGroup(**common, grid=grid, method=SampleMethod.RECOMMENDED) for grid in chosen
        ]
        samples += [
            SampledGroup(**common, grid=rest[code], method=SampleMethod.RANDOM) for code in result
        ]
        return samples, [drawn]

    def store(self) -> None:
        load(Inspection, self.rows)
        said, found, samples, draws = [], [], [], []
        for row, (its_said, its_found, (its_samples, its_draws)) in zip(
            self.rows, self.parts, strict=True
        ):
            for part in (*its_said, *its_found, *its_samples, *its_draws):
                part.inspection = row
            said += its_said
            found += its_found
            samples += its_samples
            draws += its_draws
        load(InspectedItem, said)
        load(Finding, found)
        load(SampledGroup, samples)
        load(GroupDraw, draws)


def quarters(today: date):
    """(first, last day) of each quarter from 2025 to the present one."""
    year, number = FIRST.year, 1
    while (first := date(year, 3 * number - 2, 1)) <= today:
        following = date(year + number // 4, 3 * (number % 4) + 1, 1)
        yield first, following - DAY
        year, number = following.year, number % 4 + 1


def build(world: World) -> None:
    # A chance of its own: the rooms that follow stay as they are.
    world = replace(world, random=Random(SEED + 130))  # noqa: S311  not a secret
    builder = Builder(world)
    for first, last in quarters(builder.today):
        _quarter(builder, first, min(last, builder.today))
    _superior(builder)
    builder.store()
    _replies(world, builder.rows)
    inspection_photos.build(world)


def _quarter(builder: Builder, first: date, last: date) -> None:
    """Each community's check late in the quarter, patrols all along, an unannounced one in Q4 of 2025."""
    world = builder.world
    is_over = last < builder.today and last.month % 3 == 0 and (last + DAY).day == 1
    check = first + timedelta(days=62)
    for number, community in enumerate(world.communities):
        for _ in range(world.many(6)):
            builder.inspect(community, world.day(first, last), K.ROUTINE)
        if is_over:
            builder.inspect(community, check + timedelta(days=number // 4), K.QUARTER)
        if (first.year, first.month) == (2025, 10):
            day = date(2025, 11, 18) + timedelta(days=number // 3)
            builder.inspect(community, day, K.UNANNOUNCED, published=date(2025, 12, 1))
    if first.month == 1:
        for community in world.communities[::4]:
            builder.inspect(community, first + timedelta(days=14), K.SPECIAL, subject="节前检查")
    if last == builder.today:
        _unfinished(builder)


def _unfinished(builder: Builder) -> None:
    """An unannounced inspection that waits to be published, and a patrol that was not handed in."""
    communities, today = builder.world.communities, builder.today
    held = communities[HELD_BACK]
    builder.inspect(held, today - timedelta(days=13), K.UNANNOUNCED)
    begun = communities[WAITS_TO_BE_HANDED_IN]
    builder.inspect(begun, today - timedelta(days=5), K.ROUTINE, handed_in=False)


def _superior(builder: Builder) -> None:
    for number, day in ((1, date(2025, 8, 14)), (6, date(2025, 9, 23)), (1, date(2026, 7, 9))):
        if day <= builder.today:
            builder.inspect(
                builder.world.communities[number],
                day,
                K.SUPERIOR,
                rank="city",
                score=Decimal("78.5") + number,
                full=Decimal(100),
                note="市级部门暗访通报，扣分主要在成堆垃圾和垃圾池满溢。",
            )


def _replies(world: World, inspections) -> None:
    """Signed within two days; one in twelve objects, and most objections are answered."""
    rows, random, today = [], world.random, timezone.localdate()
    asked = [row for row in inspections if row.is_open and row.kind in {K.QUARTER, K.UNANNOUNCED}]
    for number, row in enumerate(asked):
        seen = row.published_at.date() if row.published_at else row.occurred_on
        day = seen + timedelta(days=random.randint(0, 2))
        if day > today or (seen.year > 2025 and number % 17 == 5):
            continue
        objects = number % 12 == 7
        reply = InspectionReply(
            unit=row.community,
            inspection=row,
            occurred_on=day,
            agrees=not objects,
            signer=world.staff(row.community),
            objection=OBJECTION if objects else "",
            recorded_at=typed_at(day - DAY),
        )
        if objects and day + timedelta(days=30) < today:
            reply.upheld = number % 24 == 7
            reply.answer = GRANTED if reply.upheld else REFUSED
            reply.answered_on = day + timedelta(days=3)
        rows.append(reply)
    load(InspectionReply, rows)
