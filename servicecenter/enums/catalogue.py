"""Pick-lists of the catalogue: what may be handled, by which department, up to which level."""

from django.db.models import TextChoices


class CaseKind(TextChoices):
    """How an item is handled (domain §2.1); it decides the way that its cases go."""

    ON_SPOT = "on_spot", "即办件"
    PROMISED = "promised", "承诺件"
    SENT_UP = "sent_up", "上报件"
    JOINT = "joint", "联办件"


class Department(TextChoices):
    """The line of work that an item belongs to (domain §2.8)."""

    CIVIL = "civil", "民政"
    DISABLED = "disabled", "残联"
    INSURANCE = "insurance", "医保社保"
    WORK = "work", "就业"
    HEALTH = "health", "卫生健康"
    HOUSING = "housing", "住房"
    VETERANS = "veterans", "退役军人"
    PROOFS = "proofs", "综合证明"
    ESTATE = "estate", "物业市容"
    MEDIATION = "mediation", "矛盾调解"
    POLICY = "policy", "政策宣传"
    TECHNOLOGY = "technology", "实用技术"
    OTHER = "other", "其他"


class ItemLevel(TextChoices):
    """The body that has the last word."""

    COMMUNITY = "community", "社区办结"
    STREET = "street", "街道审批"
    DISTRICT = "district", "区县审批"


class AppliesTo(TextChoices):
    PERSONS = "persons", "个人"
    BODIES = "bodies", "企业和组织"
    BOTH = "both", "个人、企业和组织"


class PrintKind(TextChoices):
    """What is handed out of the catalogue: a sheet on one item, a card of the hall."""

    GUIDE = "guide", "办事告知单"
    CARD = "card", "为民服务卡"
    OTHER = "other", "其他便民资料"
