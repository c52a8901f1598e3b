"""Pick-lists of the yearly needs survey (domain §1.5.5)."""

from django.db.models import TextChoices


class NeedClass(TextChoices):
    """What a person needs: the classes of 精准康复服务, then those of the community's own list.

    无需求 is an answer too, and stands alone; who was not asked has no survey."""

    SURGERY = "surgery", "手术"
    MEDICINE = "medicine", "药物"
    TRAINING = "training", "功能训练"
    DEVICE = "device", "辅助器具"
    CARE = "care", "护理"
    SUPPORT = "support", "支持性服务"
    MEDICAL = "medical", "康复医疗"
    GUIDANCE = "guidance", "训练指导"
    COUNSELLING = "counselling", "心理疏导"
    KNOWLEDGE = "knowledge", "知识普及"
    VOCATIONAL = "vocational", "职业培训"
    EDUCATION = "education", "教育"
    ADVICE = "advice", "咨询"
    REFERRAL = "referral", "转介"
    OTHER = "other", "其他"
    NONE = "none", "无需求"


# A need that was raised is of one of these.
RAISED = [(choice.value, choice.label) for choice in NeedClass if choice is not NeedClass.NONE]


class NeedState(TextChoices):
    OPEN = "open", "未满足"
    ARRANGED = "arranged", "已安排"
    MET = "met", "已满足"
    DROPPED = "dropped", "不再需要"
