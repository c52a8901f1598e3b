"""What residents bring up, and what became of it."""

from django.db.models import TextChoices


class ProblemKind(TextChoices):
    LIVELIHOOD = "livelihood", "生活困难"
    HEALTH = "health", "就医康复"
    WORK = "work", "就业"
    HOUSING = "housing", "住房物业"
    ENVIRONMENT = "environment", "环境卫生"
    FACILITIES = "facilities", "公共设施"
    SAFETY = "safety", "安全隐患"
    DISPUTE = "dispute", "矛盾纠纷"
    POLICY = "policy", "政策咨询"
    OTHER = "other", "其他"


class ProblemSource(TextChoices):
    VISIT = "visit", "走访"
    DIARY = "diary", "民情日记"
    CONSULTATION = "consultation", "健康咨询"
    WALK_IN = "walk_in", "来访"
    PHONE = "phone", "来电"
    INSPECTION = "inspection", "巡查"
    MEETING = "meeting", "会议"
    OTHER = "other", "其他"


class ProblemState(TextChoices):
    OPEN = "open", "待办"
    WORKING = "working", "办理中"
    HANDED_UP = "handed_up", "已上报"
    SOLVED = "solved", "已解决"
    UNSOLVABLE = "unsolvable", "无法解决"
