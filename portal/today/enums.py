"""Words of today's work: the groups of worklists, how a deadline is counted, and when something falls due."""

from django.db.models import TextChoices


class Group(TextChoices):
    """Why a row stands on the home page; in the order in which most people want to see them."""

    DUE = "due", "到期与超期"
    BACK = "back", "退回我的"
    ASKED = "asked", "交办给我的"
    DECIDE = "decide", "等我审批"
    DRAFT = "draft", "我的草稿"
    MEND = "mend", "待补全"


class Term(TextChoices):
    """How the last day of a term is found (民法典第二百零三条): one that falls on a day off is put off to the
    next working day; the day on which a paper runs out is not."""

    DAYS = "days", "自然日"
    WORKDAYS = "workdays", "工作日"


class Due(TextChoices):
    NOW = "now", "今天要办"  # both of the next two
    OVERDUE = "overdue", "已超期"
    TODAY = "today", "今天到期"
    WEEK = "week", "七天内"
    LATER = "later", "七天以后"
    UNDATED = "undated", "不限期"


class Whose(TextChoices):
    """Whose rows are listed: those that the user may act on, of these the user's own, or also those that
    the user only looks after."""

    OURS = "", "我能办的"
    MINE = "mine", "只看我的"
    ALL = "all", "全部"
