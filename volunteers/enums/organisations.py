from django.db.models import TextChoices


class OrgKind(TextChoices):
    """From the top down (domain §3.4)."""

    HEAD = "head", "志愿服务总站"
    STATION = "station", "志愿服务站"
    TEAM = "team", "志愿服务队"
    GROUP = "group", "志愿服务小组"


class OrgRole(TextChoices):
    LEADER = "leader", "队长"
    DEPUTY = "deputy", "副队长"
    MEMBER = "member", "队员"
