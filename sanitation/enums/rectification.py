"""How what was found is put right."""

from django.db.models import TextChoices


class OrderState(TextChoices):
    """Told by the rounds of an order, never stored."""

    OPEN = "open", "待整改"
    REPORTED = "reported", "待复查"
    AGAIN = "again", "复查未通过"
    CLOSED = "closed", "已销号"


class CardColour(TextChoices):
    """The ladder of warnings (domain §4.3)."""

    BLUE = "blue", "蓝牌提醒"
    YELLOW = "yellow", "黄牌警告"
    RED = "red", "红牌警告"
