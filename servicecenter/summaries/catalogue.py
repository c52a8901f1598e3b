"""What summaries tell of the catalogue: guides made public, promises below the law, sheets handed out."""

from portal.summaries import FigureTable, Narrative, Telling, register
from servicecenter.summaries.cases import each_of, value
from servicecenter.summaries.outlines import AGENCY, told

PRINTS = {
    "guides_handed": "办事告知单",
    "cards_handed": "为民服务卡",
    "others_handed": "其他便民资料",
}


def handed_out(telling: Telling):
    if value(telling, "handouts"):
        kinds = each_of(telling, PRINTS)
        yield f"发放便民资料{{servicecenter.handouts}}{'，其中' + kinds if kinds else ''}。"


register(
    told(
        "publicity",
        10,
        "编制办事指南，逐项公开申请条件、材料、流程、时限、收费和电话，期末已公开的代办事项"
        "{servicecenter.items_published}，事项公开率{servicecenter.items_published_rate}。",
        "items_published",
    ),
    told(
        "publicity",
        12,
        "承诺时限短于法定时限的事项{servicecenter.items_faster}，共压缩"
        "{servicecenter.saved_days}，提速率{servicecenter.speed_up_rate}。",
        "items_faster",
    ),
    Narrative(AGENCY, "publicity", 14, handed_out),
    FigureTable(
        AGENCY,
        "publicity",
        16,
        "各业务类别公开事项",
        tuple(f"servicecenter.{code}" for code in ("items", "items_published", "items_faster")),
        by="department",
    ),
)
