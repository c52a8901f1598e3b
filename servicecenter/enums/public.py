"""Pick-lists of what residents send in without signing in."""

from django.db.models import TextChoices


class LetterKind(TextChoices):
    APPLICATION = "application", "网上申请"
    QUESTION = "question", "网上提问"


class LetterState(TextChoices):
    """Where a letter stands; its sender reads the same words by the registration code."""

    SENT = "sent", "待处理"
    TAKEN = "taken", "已接收"
    DECLINED = "declined", "已退回"
