"""The ways of sanitation work as data: inspections, orders, the quarter's run.

Who may take a step stands in ``who``: a permission; an empty one is the right to edit.
"""

from portal.workflow import Step, Workflow
from sanitation.enums.scoring import RunState as R

PUBLISH = "scores.publish"
ANSWER = "sanitation.answer"
MANAGE = "rubrics.manage"

QUARTER = Workflow(
    {
        "compute": Step("重新计算", frozenset({R.DRAFT, R.PUBLISHED})),
        "publish": Step(
            "公布",
            frozenset({R.DRAFT}),
            R.PUBLISHED,
            asks=("objections_until",),
            needs=("objections_until",),
            who=PUBLISH,
        ),
        "withdraw": Step("撤回公布", frozenset({R.PUBLISHED}), R.DRAFT, who=PUBLISH),
        "settle": Step("定稿", frozenset({R.PUBLISHED}), R.FINAL, who=PUBLISH),
        "reopen": Step(
            "退回异议期",
            frozenset({R.FINAL}),
            R.PUBLISHED,
            asks=("objections_until",),
            needs=("objections_until",),
            who=PUBLISH,
        ),
        "freeze": Step("冻结", frozenset({R.FINAL}), R.FROZEN, who=PUBLISH),
    }
)
