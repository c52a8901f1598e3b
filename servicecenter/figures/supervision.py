"""指标 of 督办: raised, urged, answered, by what set them off and by level."""

from django.db.models import F, Q

from portal.figures import Category, register
from servicecenter.enums.loops import URGING
from servicecenter.enums.supervision import SupervisionLevel, SupervisionTrigger
from servicecenter.figures.base import flow, ratio, stock
from servicecenter.figures.categories import of_case
from servicecenter.models import Supervision, SupervisionStep

TRIGGER = dict(SupervisionTrigger.choices)
LEVEL = dict(SupervisionLevel.choices)
CATEGORIES = {
    "trigger": Category("督办原因", "trigger", TRIGGER),
    "level": Category("督办层级", "level", LEVEL),
    **of_case(),
}
OF_STEPS = {
    "trigger": Category("督办原因", "supervision__trigger", TRIGGER),
    "level": Category("督办层级", "level", LEVEL),
}


def raised(code, label, definition, keywords=(), **options):
    """Of the supervisions of the period."""
    options = {"categories": CATEGORIES} | options
    return flow(code, label, "件", definition, keywords, model=Supervision, **options)


def answered_by_end(period) -> Q:
    return Q(replied_on__lte=period.end)


def answered_in_time(period) -> Q:
    return answered_by_end(period) & Q(replied_on__lte=F("reply_by"))


register(
    raised(
        "supervisions",
        "督办办件",
        "督办日期在期内的督办件数，同一办件因不同原因督办的分别计算。",
        ("督办",),
    ),
    raised(
        "supervisions_by_hand",
        "手工督办",
        "督办日期在期内、由督办人发出的督办件数。",
        where=Q(trigger=SupervisionTrigger.BY_HAND),
    ),
    raised(
        "supervisions_street",
        "升级到街道的督办",
        "督办日期在期内、现已升级到街道的督办件数。",
        where=Q(level=SupervisionLevel.STREET),
    ),
    raised(
        "supervisions_answered",
        "答复督办",
        "督办日期在期内、到期末已有答复的督办件数。",
        ("答复督办",),
        where=answered_by_end,
    ),
    ratio(
        "supervision_answer_rate",
        "督办答复率",
        "答复督办 ÷ 督办办件，都按督办日期归入时段。",
        ("督办答复率",),
        of="supervisions_answered",
        among="supervisions",
        categories=CATEGORIES,
    ),
    raised(
        "supervisions_in_time",
        "按期答复督办",
        "督办日期在期内、到期末已答复且答复日期不晚于要求的督办件数。",
        where=answered_in_time,
    ),
    flow(
        "urges",
        "催办",
        "次",
        "催办日期在期内的再次催办和升级督办的次数，首次督办不算。",
        ("催办",),
        model=SupervisionStep,
        where=Q(action__in=sorted(URGING)),
        categories=OF_STEPS,
    ),
    flow(
        "escalations",
        "升级督办",
        "次",
        "升级日期在期内的升级督办次数。",
        model=SupervisionStep,
        where=Q(action="escalate"),
        categories=OF_STEPS,
    ),
    stock(
        "supervisions_open",
        "未销号督办",
        "件",
        "期末还没有销号的督办件数。",
        model=Supervision,
        starts="occurred_on",
        ends="closed_on",
        categories=CATEGORIES,
    ),
)
