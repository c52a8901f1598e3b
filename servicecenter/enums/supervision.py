"""Pick-lists of 督办: what sets it off, and who is urged (domain §2.5)."""

from django.db.models import TextChoices


class SupervisionTrigger(TextChoices):
    UNASSIGNED = "unassigned", "临期未派办"
    OVERDUE = "overdue", "超期"
    BAD_RATING = "bad_rating", "差评"
    PAUSED = "paused", "停钟超过10天"
    UNREPLIED = "unreplied", "办结2天未回复"
    BY_HAND = "by_hand", "手工"


class SupervisionLevel(TextChoices):
    HANDLER = "handler", "承办人"
    HEAD = "head", "社区负责人"
    STREET = "street", "街道"


class SupervisionState(TextChoices):
    """An answered one stays open until its cause is gone, or the supervisor is content."""

    WAITING = "waiting", "待答复"
    ANSWERED = "answered", "已答复"
    CLOSED = "closed", "已销号"
