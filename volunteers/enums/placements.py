from django.db.models import TextChoices

PLACEMENT = "社会实践和实习"  # what a counted day of a placement stands under, where others name an activity


class PlacementKind(TextChoices):
    SOCIAL = "social", "社会实践"
    INTERNSHIP = "internship", "专业实习"
    TRAINEE = "trainee", "就业见习"


class TaskKind(TextChoices):
    """What people on a placement do (domain S6-3)."""

    PHONE = "phone", "接听电话"
    FILING = "filing", "资料归档"
    MOVING = "moving", "搬运布置"
    LAW = "law", "法律宣传"
    EVENTS = "events", "活动协助"
    DATA = "data", "信息录入"
    READING_ROOM = "reading_room", "阅览室值守"
    WINDOW = "window", "窗口协助"
    VISITING = "visiting", "随同走访"
    TRAINING = "training", "学习培训"
    OTHER = "other", "其他"


class Grade(TextChoices):
    EXCELLENT = "excellent", "优秀"
    GOOD = "good", "良好"
    PASSED = "passed", "合格"
    FAILED = "failed", "不合格"
