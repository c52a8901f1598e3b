"""指标 of ratings and of the redress of bad ones (domain §2.6, §2.7); 满意率 and 参评率 with both terms."""

from django.db.models import F, Q

from portal.figures import Category, register
from servicecenter.enums.ratings import RatingChannel, RatingLevel, RedressState, VoidReason
from servicecenter.figures.base import flow, ratio, stock
from servicecenter.figures.categories import of_case
from servicecenter.models import Rating, Redress

VALID = Q(voided_on__isnull=True)
GOOD, BAD = Q(level__gte=3), Q(level__lte=2)
RATINGS = {
    "level": Category("评价等级", "level", dict(RatingLevel.choices)),
    "channel": Category("评价方式", "channel", dict(RatingChannel.choices)),
    **of_case(),
}
REDRESSES = {
    "state": Category("整改状态", "state", dict(RedressState.choices)),
    **of_case("rating__case__"),
}
# An appeal that was upheld shows that there was nothing to make good.
TO_MAKE_GOOD = ~Q(state=RedressState.VOIDED)


def rated(code, label, definition, keywords=(), *, where=VALID, **options):
    """Of the ratings given in the period; no default is among them, voided ones never count."""
    options = {"categories": RATINGS, "where": where} | options
    return flow(code, label, "件", definition, keywords, model=Rating, **options)


def redressed(code, label, definition, keywords=(), *, where=TO_MAKE_GOOD, **options):
    """Of the bad ratings given in the period."""
    options = {"categories": REDRESSES, "where": where} | options
    return flow(code, label, "件", definition, keywords, model=Redress, **options)


def called_back_by_end(period) -> Q:
    return TO_MAKE_GOOD & Q(called_on__lte=period.end)


def in_time_by_end(period) -> Q:
    return TO_MAKE_GOOD & Q(remedied_on__lte=period.end) & Q(remedied_on__lte=F("due_on"))


def done_by_end(period) -> Q:
    return Q(state=RedressState.DONE, closed_on__lte=period.end)


register(
    rated(
        "ratings_valid",
        "有效评价",
        "评价日期在期内的评价件数，一件办件只算一次；误评和恶意差评经申诉复核不计入的不算，追评不另算。",
        ("有效评价", "参评", "评价"),
    ),
    rated(
        "ratings_satisfied",
        "满意评价",
        "评价日期在期内的有效评价中，非常满意、满意和基本满意的件数。",
        ("满意",),
        where=VALID & GOOD,
    ),
    rated(
        "ratings_bad",
        "差评",
        "评价日期在期内的有效评价中，不满意和非常不满意的件数。",
        ("差评", "不满意"),
        where=VALID & BAD,
    ),
    ratio(
        "satisfaction",
        "满意率",
        "满意评价 ÷ 有效评价，都按评价日期归入时段。",
        ("满意率", "群众满意率", "满意度"),
        of="ratings_satisfied",
        among="ratings_valid",
        categories=RATINGS,
    ),
    ratio(
        "rated_share",
        "参评率",
        "有效评价 ÷ 期内办结：评价按评价日期、办结按办结日期归入时段。",
        ("参评率", "评价率"),
        of="ratings_valid",
        among="decided",
        categories=of_case(),
    ),
    rated(
        "ratings_voided",
        "不计入的评价",
        "评价日期在期内、经申诉复核认定误评或恶意差评而不计入的件数，原评价保留。",
        ("误评", "恶意差评"),
        where=~VALID,
        categories=RATINGS
        | {"reason": Category("不计入原因", "void_reason", dict(VoidReason.choices))},
    ),
    flow(
        "ratings_later",
        "追评",
        "件",
        "追评日期在期内的件数；追评不改变首次评价，也不计入满意率。",
        ("追评",),
        model=Rating,
        date="later_on",
        categories=RATINGS,
    ),
    redressed(
        "redresses",
        "应整改差评",
        "差评日期在期内、应当回访整改的差评件数，申诉成立不计入的不算。",
        ("差评整改",),
    ),
    redressed(
        "redresses_called",
        "回访差评",
        "差评日期在期内、到期末已回访核实的差评件数。",
        ("回访",),
        where=called_back_by_end,
    ),
    ratio(
        "call_back_rate",
        "差评回访率",
        "回访差评 ÷ 应整改差评，都按差评日期归入时段。",
        ("回访率",),
        of="redresses_called",
        among="redresses",
        categories=REDRESSES,
    ),
    redressed(
        "redresses_in_time",
        "按期整改差评",
        "差评日期在期内、到期末已整改且整改日期不晚于期限的差评件数。",
        ("按期整改",),
        where=in_time_by_end,
    ),
    ratio(
        "redress_in_time_rate",
        "差评按期整改率",
        "按期整改差评 ÷ 应整改差评，都按差评日期归入时段。",
        ("按期整改率",),
        of="redresses_in_time",
        among="redresses",
        categories=REDRESSES,
    ),
    redressed(
        "redresses_done",
        "办结差评整改",
        "差评日期在期内、到期末已复核通过的差评件数。",
        ("整改到位",),
        where=done_by_end,
    ),
    stock(
        "redresses_open",
        "未办结差评整改",
        "件",
        "期末还没有复核通过、申诉也没有成立的差评整改件数。",
        model=Redress,
        starts="occurred_on",
        ends="closed_on",
        categories=REDRESSES,
    ),
)
