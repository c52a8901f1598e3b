"""How a summary goes from draft to archive, as data; nothing here touches the database (issue: 审签).

``who`` is the permission that the step asks for; ``needs`` are fields of the step's own form.
"""

from django.db.models import TextChoices

from portal.workflow import Step, Workflow


class SummaryState(TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待审核"
    RETURNED = "returned", "已退回"
    REVIEWED = "reviewed", "待签发"
    ISSUED = "issued", "已签发"
    ARCHIVED = "archived", "已归档"
    WITHDRAWN = "withdrawn", "已撤回"


S = SummaryState
DRAFTS, REVIEWS, ISSUES = "summaries.draft", "summaries.review", "summaries.issue"
EDITABLE = frozenset({S.DRAFT, S.RETURNED})
OPEN = EDITABLE | {S.SUBMITTED, S.REVIEWED}
OUT = frozenset({S.ISSUED, S.ARCHIVED})

SUMMARY = Workflow(
    {
        "submit": Step("送审", EDITABLE, S.SUBMITTED, ("opinion",), who=DRAFTS),
        "recall": Step("收回修改", frozenset({S.SUBMITTED}), S.DRAFT, ("opinion",), who=DRAFTS),
        "return": Step(
            "退回",
            frozenset({S.SUBMITTED, S.REVIEWED}),
            S.RETURNED,
            ("opinion",),
            ("opinion",),
            who=REVIEWS,
        ),
        "review": Step("审核通过", frozenset({S.SUBMITTED}), S.REVIEWED, ("opinion",), who=REVIEWS),
        "issue": Step("签发", frozenset({S.REVIEWED}), S.ISSUED, ("opinion",), who=ISSUES),
        "archive": Step("归档", frozenset({S.ISSUED}), S.ARCHIVED, ("opinion",), who=ISSUES),
        "withdraw": Step("撤回", OUT, S.WITHDRAWN, ("opinion",), ("opinion",), who=ISSUES),
    }
)
