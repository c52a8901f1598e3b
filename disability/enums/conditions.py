"""Pick-lists of complications, care advice and therapy appointments, and the steps of the latter."""

from django.db.models import TextChoices

from portal.workflow import Step, Workflow


class ComplicationKind(TextChoices):
    """What long illness and paralysis bring with them (domain §7 S7-6)."""

    CONSTIPATION = "constipation", "便秘"
    PRESSURE_SORE = "pressure_sore", "压疮"
    URINARY = "urinary", "泌尿系感染"
    CONTRACTURE = "contracture", "关节挛缩"
    LUNG = "lung", "肺部感染"
    FALL = "fall", "跌倒"
    OTHER = "other", "其他"


class Gravity(TextChoices):
    MILD = "mild", "轻"
    MODERATE = "moderate", "中"
    SEVERE = "severe", "重"


class AdviceItem(TextChoices):
    """The checklist of nursing advice: what was gone through with the person or the carer."""

    DIET = "diet", "饮食"
    EXCRETION = "excretion", "排泄"
    TURNING = "turning", "翻身"
    MASSAGE = "massage", "按摩"
    SKIN = "skin", "皮肤护理"
    POSITION = "position", "体位摆放"
    JOINTS = "joints", "关节活动"
    MOVING = "moving", "转移和搬运"
    MEDICATION = "medication", "用药"
    HABITS = "habits", "改正不良习惯"
    SAFETY = "safety", "防跌倒和烫伤"
    MIND = "mind", "心理疏导"


class Advised(TextChoices):
    """Whom the advice was given to."""

    SELF = "self", "本人"
    FAMILY = "family", "家属"
    CARER = "carer", "护理员"


class TherapyKind(TextChoices):
    PHYSICAL = "physical", "物理治疗"
    OCCUPATIONAL = "occupational", "作业治疗"
    SPEECH = "speech", "言语训练"
    HEARING = "hearing", "听觉训练"
    ORIENTATION = "orientation", "定向行走训练"
    COGNITION = "cognition", "认知训练"
    TRADITIONAL = "traditional", "中医康复"
    PSYCHOLOGY = "psychology", "心理治疗"
    PROSTHESIS = "prosthesis", "假肢和矫形器训练"
    OTHER = "other", "其他"


class AppointmentState(TextChoices):
    PLANNED = "planned", "待赴约"
    KEPT = "kept", "已到"
    MISSED = "missed", "未到"
    CANCELLED = "cancelled", "取消"


A = AppointmentState

APPOINTMENT = Workflow(
    {
        "keep": Step("到诊", frozenset({A.PLANNED}), A.KEPT, ("therapist", "note")),
        "miss": Step("未到", frozenset({A.PLANNED}), A.MISSED, ("note",), ("note",)),
        "cancel": Step("取消", frozenset({A.PLANNED}), A.CANCELLED, ("note",), ("note",)),
        "postpone": Step(
            "改期", frozenset({A.PLANNED}), "", ("planned_on", "planned_at"), ("planned_on",)
        ),
        "reopen": Step(
            "改回待赴约", frozenset({A.KEPT, A.MISSED, A.CANCELLED}), A.PLANNED, (), (), ("note",)
        ),
    }
)
