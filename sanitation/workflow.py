"""The ways of sanitation work as data: inspections, orders, the quarter's run.

Who may take a step stands in ``who``: a permission; an empty one is the right to edit.
"""

from portal.workflow import Step, Workflow
from sanitation.enums.rectification import OrderState as O
from sanitation.enums.scoring import RunState as R

EDIT = "sanitation.edit"
COMPUTE = "scores.compute"
PUBLISH = "scores.publish"
ANSWER = "sanitation.answer"
MANAGE = "rubrics.manage"

QUARTER = Workflow(
    {
        "compute": Step("重新计算", frozenset({R.DRAFT, R.PUBLISHED}), who=COMPUTE),
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

# The state follows from rounds and closing day; ``who`` holds at the community for what it answers, and
# at the unit that keeps the order for the rest.
ORDER = Workflow(
    {
        "report": Step("报告整改", frozenset({O.OPEN, O.AGAIN}), O.REPORTED, who=ANSWER),
        "recheck": Step("复查", frozenset({O.REPORTED}), who=EDIT),
        "extend": Step("延期", frozenset({O.OPEN, O.REPORTED, O.AGAIN}), who=EDIT),
        "reopen": Step("撤回销号", frozenset({O.CLOSED}), O.REPORTED, who=EDIT),
    }
)
