"""Where something that came in stands."""

from django.db.models import TextChoices


class IntakeState(TextChoices):
    """Its sender reads the same words by the registration code."""

    SENT = "sent", "待处理"
    TAKEN = "taken", "已接收"
    DECLINED = "declined", "已退回"
