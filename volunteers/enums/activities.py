from django.db.models import TextChoices


class ActivityState(TextChoices):
    PLANNED = "planned", "筹备"
    RECRUITING = "recruiting", "招募中"
    HELD = "held", "已举办"
    CANCELLED = "cancelled", "已取消"


class NoticeChannel(TextChoices):
    """How volunteers are sought (domain S4-7)."""

    BOARD = "board", "宣传栏"
    BANNER = "banner", "横幅"
    LEAFLET = "leaflet", "传单"
    PHONE = "phone", "电话"
    ONLINE = "online", "网上"


class SignUpState(TextChoices):
    SIGNED = "signed", "已报名"
    WAITING = "waiting", "候补"
    CANCELLED = "cancelled", "已取消"
