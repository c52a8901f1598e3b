"""What the agency's summary tells of 督办, ratings and what was made good after bad ones."""

from portal.summaries import FigureTable, Narrative, Telling, register
from servicecenter.summaries.cases import each_of, value
from servicecenter.summaries.outlines import AGENCY, told

PART = "supervision"


def supervisions(telling: Telling):
    """How many, what became of them; nothing is said of what did not happen."""
    if not value(telling, "supervisions"):
        return
    more = each_of(
        telling,
        {
            "urges": "催办",
            "supervisions_street": "升级到街道",
            "supervisions_open": "期末未销号",
        },
    )
    yield (
        "共督办{servicecenter.supervisions}，督办答复率{servicecenter.supervision_answer_rate}"
        + (f"；{more}。" if more else "。")
    )


def redresses(telling: Telling):
    if not value(telling, "redresses"):
        return
    done = each_of(
        telling,
        {
            "redresses_called": "已回访",
            "redresses_in_time": "按期整改",
            "redresses_done": "复核通过",
        },
    )
    yield "对差评逐件回访核实、整改、反馈和复核，应整改{servicecenter.redresses}" + (
        f"，其中{done}。" if done else "。"
    )


register(
    Narrative(AGENCY, PART, 100, supervisions),
    told(
        PART,
        200,
        "收到有效评价{servicecenter.ratings_valid}，参评率{servicecenter.rated_share}，"
        "满意率{servicecenter.satisfaction}。",
        "ratings_valid",
    ),
    told(PART, 210, "收到差评{servicecenter.ratings_bad}。", "ratings_bad"),
    Narrative(AGENCY, PART, 220, redresses),
    told(
        PART,
        230,
        "经申诉复核，误评和恶意差评{servicecenter.ratings_voided}不计入满意率，原评价保留。",
        "ratings_voided",
    ),
    *(
        FigureTable(
            AGENCY,
            PART,
            order,
            title,
            tuple(f"servicecenter.{code}" for code in codes),
            by=category,
        )
        for order, title, codes, category in (
            (110, "各类督办", ("supervisions", "supervisions_answered"), "trigger"),
            (
                240,
                "各业务类别的评价",
                ("ratings_valid", "ratings_satisfied", "ratings_bad"),
                "department",
            ),
            (250, "各站所的评价", ("ratings_valid", "ratings_satisfied", "ratings_bad"), "station"),
        )
    ),
    told("gaps", 300, "差评整改还有{servicecenter.redresses_open}没有办结。", "redresses_open"),
    told("gaps", 310, "督办还有{servicecenter.supervisions_open}没有销号。", "supervisions_open"),
)
