"""Pick-lists of rehabilitation plans."""

from django.db.models import TextChoices


class PlanGroup(TextChoices):
    """Whom a plan is for; somebody may have one plan of each group at a time."""

    PARAPLEGIA = "paraplegia", "截瘫"
    VISION = "vision", "视力"
    ORIENTATION = "orientation", "视力（定向行走）"
    PHYSICAL = "physical", "肢体"
    HEARING_SPEECH = "hearing_speech", "听力/言语"
    INTELLECTUAL = "intellectual", "智力"
    MENTAL = "mental", "精神"
    OTHER = "other", "其他"


class PlanState(TextChoices):
    ACTIVE = "active", "执行中"
    FINISHED = "finished", "已完成"
    STOPPED = "stopped", "中止"


class PlanProgress(TextChoices):
    BETTER = "better", "好转"
    SAME = "same", "持平"
    WORSE = "worse", "退步"


class Consenter(TextChoices):
    """Who was told of the plan and agreed to it."""

    SELF = "self", "本人"
    GUARDIAN = "guardian", "监护人"
    FAMILY = "family", "家属"
