"""Demo 好差评 and 督办: most replied cases are rated, few badly, and each bad one is made good."""

from datetime import date, timedelta

from django.utils import timezone

from portal.demo.world import World, typed_at
from portal.workdays import after_workdays
from servicecenter.enums.loops import REDRESS
from servicecenter.enums.ratings import RatingChannel, RedressState, VoidReason
from servicecenter.enums.supervision import (
    SupervisionLevel,
    SupervisionState,
    SupervisionTrigger,
)
from servicecenter.models import Case, Rating, Redress, RedressStep, Supervision, SupervisionStep
from servicecenter.selectors.supervision import target_of
from servicecenter.services import ratings as services
from servicecenter.workflow import FINISHED

RATED = 54  # of a hundred replied cases
LEVELS = (*[5] * 66, *[4] * 24, *[3] * 8, 2, 1)
CHANNELS = (
    *[RatingChannel.WINDOW] * 4,
    *[RatingChannel.LINK] * 3,
    *[RatingChannel.CALL_BACK] * 2,
    RatingChannel.PAPER,
)
GOOD_WORDS = ("办得快，态度好。", "一次就办好了，没有多跑。", "代办员上门取材料，很方便。")
BAD_WORDS = ("材料跑了两趟才交齐。", "等了很久才接到回复电话。")
HEARD = ("确因告知不全，多跑了一趟。", "回复确实晚了两天，申请人一直在等。")
REMEDIES = ("修订该事项告知单，列明复印件份数。", "办结当天由代办员电话回复，窗口每天核对。")


def latest() -> date:
    """Records are typed on the next day, and never in the future."""
    return timezone.localdate() - timedelta(days=2)


def build(world: World) -> None:
    """After the cases: what they have come to."""
    for unit in world.communities:
        closed = Case.objects.kept().filter(
            unit=unit, state__in=sorted(FINISHED), replied_on__lte=latest()
        )
        related = ("handler", "station", "agent", "unit")
        for case in closed.select_related(*related).order_by("pk"):
            if world.random.randrange(100) < RATED:
                _rate(world, case)
            if case.due_on and case.decided_on > case.due_on:
                _late(world, case)
    _typed_on_their_days()


def _rate(world, case) -> None:
    random = world.random
    day = min(case.replied_on + timedelta(days=random.randrange(6)), latest())
    level, channel = random.choice(LEVELS), random.choice(CHANNELS)
    if not world.shared.get("badly_rated") and day < latest() - timedelta(days=14):
        world.shared["badly_rated"], level = True, 2  # one at any scale
    words = random.choice(BAD_WORDS if level < 3 else GOOD_WORDS)
    rating = Rating.objects.create(
        unit=case.unit,
        grid_id=case.grid_id,
        case=case,
        occurred_on=day,
        level=level,
        channel=channel,
        called_by=world.staff(case.unit) if channel == RatingChannel.CALL_BACK else "",
        comment=words if level < 3 or random.randrange(4) == 0 else "",
        efficiency=level,
        ability=min(5, level + 1),
        attitude=min(5, level + 1),
    )
    if rating.is_bad:
        _redress(world, rating)


def _redress(world, rating) -> None:
    """Made good within the days and reviewed by the head; every fifth was a slip of the finger."""
    staff, unit, day = world.staff(rating.unit), rating.unit, rating.occurred_on
    days = [after_workdays(day, count) for count in (1, 2, 3, 4)]
    if days[-1] > latest():
        services.open_redress(rating)
        return
    number = Redress.objects.count()
    which = number % len(HEARD)
    said = {
        "unit": unit,
        "grid_id": rating.grid_id,
        "rating": rating,
        "occurred_on": day,
        "due_on": services.due_of(day),
        "called_on": days[0],
        "called_by": staff,
        "heard": HEARD[which],
    }
    if number % 5 == 4:
        judged = {"on": days[2], "words": "回访录音显示申请人按错了键，认定误评。"}
        redress = Redress.objects.create(
            **said | {"heard": "申请人说是按错了键，对办理满意。"},
            state=RedressState.VOIDED,
            appealed_on=days[1],
            appealed_by=staff,
            appeal_for=VoidReason.MISTAKEN,
            appeal="申请人回访时说明按错了键。",
            judged_on=judged["on"],
            judged_by="社区负责人",
            judgement=judged["words"],
            closed_on=days[2],
        )
        services.void(rating, reason=VoidReason.MISTAKEN, words=judged["words"], on=days[2])
        steps = ("call", "appeal", "uphold")
    else:
        redress = Redress.objects.create(
            **said,
            state=RedressState.DONE,
            remedied_on=days[1],
            remedied_by=staff,
            remedy=REMEDIES[which],
            told_on=days[2],
            told_by=staff,
            feedback="已电话反馈整改情况，申请人表示认可。",
            reviewed_on=days[3],
            reviewed_by="社区负责人",
            review="整改到位，同意办结。",
            closed_on=days[3],
        )
        steps = ("call", "remedy", "feed_back", "pass")
    _steps_of(redress, steps, days, staff)
    _supervised(rating.case, SupervisionTrigger.BAD_RATING, day, redress.closed_on, staff)


def _steps_of(redress, names, days, staff) -> None:
    state = RedressState.CALLING
    for name, day in zip(names, days, strict=False):
        target = REDRESS.steps[name].target
        RedressStep.objects.create(
            unit=redress.unit,
            redress=redress,
            occurred_on=day,
            action=name,
            source=state,
            target=target,
            person="社区负责人" if name in {"pass", "uphold"} else staff,
        )
        state = target


def _late(world, case) -> None:
    """Decided after its day: supervised from the day after, some of them up the ladder."""
    staff = world.staff(case.unit)
    day = after_workdays(case.due_on, 1)
    if day < case.decided_on:
        _supervised(case, SupervisionTrigger.OVERDUE, day, case.decided_on, staff)


def _supervised(case, trigger, day: date, closed: date, staff) -> None:
    replied = min(after_workdays(day, 1), closed)
    stepped = after_workdays(replied, 3)
    level = SupervisionLevel.HEAD if stepped < closed else SupervisionLevel.HANDLER
    asked = Supervision.objects.create(
        unit=case.unit,
        grid_id=case.grid_id,
        case=case,
        trigger=trigger,
        level=level,
        level_on=stepped if level == SupervisionLevel.HEAD else day,
        occurred_on=day,
        target=target_of(case, level),
        ask="请说明原因并尽快办结。",
        reply_by=after_workdays(day, 2),
        state=SupervisionState.CLOSED,
        replied_on=replied,
        replied_by=staff,
        reply="已与承办站所联系，正在补齐材料，尽快办结。",
        urges=int(level == SupervisionLevel.HEAD),
        urged_on=stepped if level == SupervisionLevel.HEAD else None,
        urge="答复后原因还在，升级督办。" if level == SupervisionLevel.HEAD else "",
        closed_on=closed,
        closing="原因已消除，自动销号。",
    )
    told = [("reply", replied, "waiting", "answered", staff)]
    if level == SupervisionLevel.HEAD:
        told.append(("escalate", stepped, "answered", "waiting", ""))
    told.append(("close", closed, told[-1][3], "closed", ""))
    for action, on, source, target, person in told:
        SupervisionStep.objects.create(
            unit=case.unit,
            supervision=asked,
            level=level,
            occurred_on=on,
            action=action,
            source=source,
            target=target,
            person=person,
        )


def _typed_on_their_days() -> None:
    for model in (Rating, Redress, RedressStep, Supervision, SupervisionStep):
        for day in sorted(set(model.objects.values_list("occurred_on", flat=True))):
            model.objects.filter(occurred_on=day).update(recorded_at=typed_at(day))
