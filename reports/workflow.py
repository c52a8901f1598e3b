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
UNDER_REVIEW = frozenset({S.SUBMITTED, S.REVIEWED})
OPEN = EDITABLE | UNDER_REVIEW
OUT = frozenset({S.ISSUED, S.ARCHIVED})

SUMMARY = Workflow(
    {
        "submit": Step("送审", EDITABLE, S.SUBMITTED, ("opinion",), who=DRAFTS),
        "recall": Step("收回修改", frozenset({S.SUBMITTED}), S.DRAFT, ("opinion",), who=DRAFTS),
        # Its reason is an opinion, or remarks at paragraphs: services.review asks for one of them.
        "return": Step("退回", UNDER_REVIEW, S.RETURNED, ("opinion",), who=REVIEWS),
        "review": Step("审核通过", frozenset({S.SUBMITTED}), S.REVIEWED, ("opinion",), who=REVIEWS),
        "issue": Step("签发", frozenset({S.REVIEWED}), S.ISSUED, ("opinion",), who=ISSUES),
        "archive": Step("归档", frozenset({S.ISSUED}), S.ARCHIVED, ("opinion",), who=ISSUES),
        "withdraw": Step("撤回", OUT, S.WITHDRAWN, ("opinion",), ("opinion",), who=ISSUES),
    }
)

ISSUED_WORDS = "这份总结已经签发，不能再改；需要更正的，请另起草稿再次签发。"
# Why nobody may change the words now.
CLOSED_WORDS = {
    S.SUBMITTED: "这份总结已经送审，审核期间不能修改；要改请先收回修改，或由审核人退回。",
    S.REVIEWED: "这份总结已审核通过、等待签发，不能修改；要改请由审核人退回。",
    S.ISSUED: ISSUED_WORDS,
    S.ARCHIVED: ISSUED_WORDS,
    S.WITHDRAWN: "这份总结已经撤回，不能再改；仍然需要的，请另起草稿。",
}
