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


class OrderTiming(TextChoices):
    """Of orders that are not closed: what the deadline asks."""

    LATE = "late", "已超期"
    SOON = "soon", "两个工作日内到期"


class CardStanding(TextChoices):
    """Told by the days of a card, never stored."""

    STANDING = "standing", "未销牌"
    LATE = "late", "未销牌，已过整改期限"
    LIFTED = "lifted", "已销牌"
