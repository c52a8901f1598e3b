"""How a notice goes on, as data. ``who`` is the permission at the unit that keeps it."""

from django.db.models import TextChoices

from portal.workflow import Step, Workflow

PUBLISHES = "notices.publish"


class NoticeState(TextChoices):
    DRAFT = "draft", "草稿"
    OUT = "out", "已发布"
    REPLACED = "replaced", "已被新版替换"
    WITHDRAWN = "withdrawn", "已撤回"
    ARCHIVED = "archived", "已归档"


S = NoticeState
READABLE = frozenset({S.OUT, S.REPLACED, S.WITHDRAWN, S.ARCHIVED})
NOTICE = Workflow(
    {
        "publish": Step("发布", frozenset({S.DRAFT}), S.OUT, who=PUBLISHES),
        "drop": Step("删去草稿", frozenset({S.DRAFT}), who=PUBLISHES),
        "replace": Step("另发新版", frozenset({S.OUT}), who=PUBLISHES),  # begins a draft
        "withdraw": Step(
            "撤回", frozenset({S.OUT}), S.WITHDRAWN, ("reason",), ("reason",), who=PUBLISHES
        ),
        "archive": Step("归档", frozenset({S.OUT}), S.ARCHIVED, who=PUBLISHES),
        "remind": Step("提醒未读的人", frozenset({S.OUT}), who=PUBLISHES),
    }
)
