"""What outline G tells of points, key units and representatives."""

from portal.summaries import Narrative, Telling, register
from sanitation.summaries.outlines import SANITATION, told
from sanitation.summaries.telling import counted, divided


def points(telling: Telling):
    if counted(telling, "points"):
        yield f"确定检查点位{{sanitation.points}}，其中{divided(telling, 'points', 'kind', 5)}。"


register(
    Narrative(SANITATION, "inspections", 5, points),
    told(
        "inspections",
        6,
        "把垃圾产生量大、责任重的{sanitation.key_units}单位列为重点，逐家落实责任人。",
        "key_units",
    ),
    told(
        "cleaners",
        40,
        "有环境卫生代表{sanitation.representatives}，监督各户的卫生。",
        "representatives",
    ),
)
