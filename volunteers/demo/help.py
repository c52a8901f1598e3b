"""Demo data of volunteer work: requests of households and those served, by the care tags of the day."""

from datetime import timedelta

from django.utils import timezone

from portal.bulk import load
from portal.demo.world import World, typed_at
from residents.models import CareTag, Membership
from volunteers.enums.activities import ActivityState
from volunteers.enums.help import HelpState, RecognitionKind, ServiceKind
from volunteers.models import HelpRequest, Recognition, Served, Shift, VolunteerActivity

# What is done for households in an activity of the type.
SERVICES = {
    "elders": (ServiceKind.CLEANING, ServiceKind.COMPANY, ServiceKind.ERRANDS),
    "home_cleaning": (ServiceKind.CLEANING,),
    "disabled": (ServiceKind.HAIRCUT, ServiceKind.CLEANING),
    "handy": (ServiceKind.REPAIR, ServiceKind.HAIRCUT),
    "clinic": (ServiceKind.MEDICAL,),
    "medical_aid": (ServiceKind.MEDICAL,),
    "legal_aid": (ServiceKind.LEGAL,),
}
RATINGS = (5, 5, 4, 5, 4, 4, 3, 5, 4, None)
SAID = ("打扫得很干净。", "陪着说话，心里暖和。", "讲得清楚。", "", "", "")
NEEDS = {
    ServiceKind.CLEANING: "腿脚不便，想请人擦窗户、打扫厨房。",
    ServiceKind.ESCORT: "下周要复查，子女在外地，想请人陪同。",
    ServiceKind.ERRANDS: "出门不便，想请人代买米面和常用药。",
    ServiceKind.REPAIR: "厨房水龙头漏水，自己修不了。",
    ServiceKind.HAIRCUT: "卧床，想请人上门理发。",
}
REASONS = ("需专业人员维修，已转物业处理。", "已有家政人员照料，本人撤回。")
LETTERS = (
    (RecognitionKind.LETTER, "小区居民", "感谢志愿者上门照顾老人。"),
    (RecognitionKind.BANNER, "楼栋居民代表", "邻里守望，情暖万家"),
    (RecognitionKind.PRAISE, "春华街道办事处", "表扬清洁家园行动的志愿者。"),
)
YESTERDAY = timedelta(days=1)


def build(world: World) -> None:
    for unit in world.communities:
        people = _cared_for(unit)
        if people:
            _served(world, unit, people)
            _requests(world, unit, people)
        _letters(world, unit)


def _cared_for(unit) -> list[CareTag]:
    """Tags of people who still live in the unit."""
    rows = CareTag.objects.kept().filter(unit=unit, resident__unit=unit, resident__died_on=None)
    return list(rows.select_related("resident", "kind").order_by("pk")[:40])


def _homes(people) -> dict:
    rows = Membership.objects.kept().filter(resident__in=[tag.resident_id for tag in people])
    rows = rows.filter(living=True).order_by("starts_on")
    return {row.resident_id: row for row in rows}


def _served(world: World, unit, people) -> None:
    """Two to five households in each activity that goes to households."""
    random, homes, rows = world.random, _homes(people), []
    activities = VolunteerActivity.objects.kept().filter(
        unit=unit, state=ActivityState.HELD, type__code__in=SERVICES
    )
    for activity in activities.select_related("type").order_by("starts_on", "pk"):
        day, services = activity.starts_on, SERVICES[activity.type.code]
        there = {
            tag.resident_id: tag
            for tag in people
            if tag.starts_on <= day
            and (tag.ends_on is None or tag.ends_on >= day)
            and tag.resident_id in homes
            and homes[tag.resident_id].starts_on <= day
        }
        for tag in random.sample(list(there.values()), min(len(there), 2 + random.randrange(4))):
            rating = random.choice(RATINGS)
            rows.append(
                Served(
                    unit=unit,
                    occurred_on=day,
                    activity=activity,
                    resident=tag.resident,
                    household_id=homes[tag.resident_id].household_id,
                    care_kind=tag.kind,
                    is_disabled=activity.type.code == "disabled",
                    service=random.choice(services),
                    people=1 + (random.randrange(5) == 0),
                    minutes=random.choice((30, 45, 60, 90)),
                    satisfaction=rating,
                    said=random.choice(SAID) if rating else "",
                    recorded_at=typed_at(day),
                )
            )
    load(Served, rows)


def _requests(world: World, unit, people) -> None:
    """Most were answered by a shift; the newest wait, a few could not be met."""
    random, today = world.random, timezone.localdate()
    served = Served.objects.kept().filter(unit=unit, request=None, service__in=NEEDS)
    for row in served.select_related("resident", "activity").order_by("pk")[: world.many(4)]:
        shift = Shift.objects.kept().filter(activity=row.activity).order_by("pk").first()
        if shift is None:
            continue
        asked = row.occurred_on - timedelta(days=3 + random.randrange(9))
        row.request = HelpRequest.objects.create(
            unit=unit,
            resident=row.resident,
            occurred_on=asked,
            service=row.service,
            needs=NEEDS[row.service],
            state=HelpState.DONE,
            shift=shift,
            decided_on=row.occurred_on,
            recorded_at=typed_at(asked),
        )
        row.save(update_fields=["request"])
    for number, tag in enumerate(random.sample(people, min(len(people), 2))):
        service = random.choice(list(NEEDS))
        day = today - timedelta(days=2 + number * 5)
        HelpRequest.objects.create(
            unit=unit,
            resident=tag.resident,
            occurred_on=day,
            service=service,
            needs=NEEDS[service],
            wanted_on=day + timedelta(days=14),
            recorded_at=typed_at(day),
        )
    tag, day = random.choice(people), today - timedelta(days=40)
    HelpRequest.objects.create(
        unit=unit,
        resident=tag.resident,
        occurred_on=day,
        service=ServiceKind.OTHER,
        needs="空调不制冷，想请人修理。",
        state=HelpState.DECLINED,
        declined_for=random.choice(REASONS),
        decided_on=day + timedelta(days=2),
        recorded_at=typed_at(day),
    )


def _letters(world: World, unit) -> None:
    held = VolunteerActivity.objects.kept().filter(unit=unit, state=ActivityState.HELD)
    held = held.filter(starts_on__lt=timezone.localdate() - YESTERDAY)
    for (kind, giver, content), activity in zip(
        LETTERS, held.order_by("-starts_on", "pk")[:3], strict=False
    ):
        day = activity.starts_on + YESTERDAY
        Recognition.objects.create(
            unit=unit,
            occurred_on=day,
            kind=kind,
            giver=giver,
            content=content,
            activity=activity,
            recorded_at=typed_at(day),
        )
