"""What the outlines tell of rehabilitation plans."""

from disability.summaries.outlines import CENTRE, COMMUNITY, STREET, told
from portal.summaries import register

MADE = "根据评估情况为残疾人制订个性化康复方案{disability.plans_made}，涉及{disability.plans_persons}。"
REVIEWED = "复评康复方案{disability.plans_reviewed}，其中好转{disability.plans_better}。"
ORIENTATION = "为视力残疾人制订定向行走训练方案{disability.plans_orientation}。"

register(
    told(COMMUNITY, "rehabilitation", 30, MADE, "plans_made"),
    told(COMMUNITY, "rehabilitation", 32, REVIEWED, "plans_reviewed"),
    told(STREET, "guidance", 50, MADE, "plans_made"),
    told(STREET, "guidance", 52, ORIENTATION, "plans_orientation"),
    told(STREET, "guidance", 54, REVIEWED, "plans_reviewed"),
    told(CENTRE, "plans", 10, MADE, "plans_made"),
    told(CENTRE, "plans", 12, ORIENTATION, "plans_orientation"),
    told(
        CENTRE, "plans", 14, "期末执行中的康复方案{disability.plans_in_force}。", "plans_in_force"
    ),
    told(CENTRE, "plans", 16, REVIEWED, "plans_reviewed"),
    told(
        CENTRE,
        "next",
        20,
        "按期复评执行中的康复方案{disability.plans_in_force}，根据进展调整目标和措施。",
        "plans_in_force",
    ),
)
