"""指标 of service: how many served, the hours that count, those still on the way, stars, corrections.

Only hours that were posted and counted are hours; a record that was refused or revoked is none.
"""

from django.db.models import Exists, OuterRef, Q

from portal.figures import Category, Distinct, register
from portal.figures.categories import GridCategory
from portal.figures.values import Hours
from portal.tiles import tiles
from volunteers.enums.hours import CorrectionState, HoursState, Star
from volunteers.figures.base import average, flow, ratio, stock
from volunteers.figures.hours_categories import SERVICE, STATE, standing
from volunteers.models import HoursCorrection, HoursPosting, ServiceRecord, StarAward

S = HoursState
COUNTED = Q(state=S.COUNTED)
WAITING = Q(state__in=[S.RECORDED, S.CONFIRMED, S.POSTED])
SERVED = COUNTED | WAITING
BY_SERVICE = SERVICE | {"grid": GridCategory()}
LEVEL = {"level": Category("星级", "level", dict(Star.choices))}
OUTCOME = {"state": Category("处理结果", "state", dict(CorrectionState.choices))}


def of_those_registered(period) -> Q:
    """Service of those who still are volunteers at the period's end."""
    still = Q(volunteer__left_on__isnull=True) | Q(volunteer__left_on__gt=period.end)
    return SERVED & still & Q(volunteer__joined_on__lte=period.end, volunteer__deleted_at=None)


def highest(period) -> Q:
    """Of each volunteer who still is one, the highest star alone."""
    higher = StarAward.objects.filter(
        standing(period),
        deleted_at__isnull=True,
        volunteer=OuterRef("volunteer"),
        level__gt=OuterRef("level"),
    )
    still = Q(volunteer__left_on__isnull=True) | Q(volunteer__left_on__gt=period.end)
    return still & Q(volunteer__deleted_at=None) & ~Q(Exists(higher))


def unanswered(period) -> Q:
    return Q(answered_on__isnull=True) | Q(answered_on__gt=period.end)


register(
    flow(
        "attendance",
        "志愿服务参与",
        "人次",
        "服务日期在期内的服务记录条数，一人一次算一人次；服务中、不予认定和已撤销的不算。",
        ("志愿者参与", "参加志愿服务", "志愿服务人次"),
        model=ServiceRecord,
        where=SERVED,
        categories=BY_SERVICE,
    ),
    flow(
        "hours",
        "志愿服务时长",
        "小时",
        "服务日期在期内、已公示期满计入的服务记录的时长之和，按分钟相加后折成小时。",
        ("服务时长", "服务小时", "志愿服务小时"),
        model=ServiceRecord,
        where=COUNTED,
        value=Hours("minutes"),
        categories=BY_SERVICE,
    ),
    flow(
        "hours_waiting",
        "尚未计入的志愿服务时长",
        "小时",
        "服务日期在期内、已记录、已确认或公示中，现在还没有计入的服务记录的时长之和。",
        model=ServiceRecord,
        where=WAITING,
        value=Hours("minutes"),
        categories=SERVICE | STATE,
    ),
    flow(
        "records_void",
        "不予认定和撤销的服务记录",
        "条",
        "服务日期在期内、不予认定或计入后撤销的服务记录条数。",
        model=ServiceRecord,
        where=Q(state__in=[S.REFUSED, S.REVOKED]),
        categories=STATE,
    ),
    flow(
        "active",
        "参与服务的志愿者",
        "人",
        "服务日期在期内有服务记录的志愿者，一人只算一次；服务中、不予认定和已撤销的不算。",
        ("活跃志愿者", "参与志愿者"),
        model=ServiceRecord,
        where=SERVED,
        value=Distinct("volunteer"),
        categories=SERVICE,
    ),
    flow(
        "active_registered",
        "在册志愿者中参与服务的",
        "人",
        "期末在册的志愿者中，服务日期在期内有服务记录的，一人只算一次，按志愿者所属单位算。",
        model=ServiceRecord,
        unit="volunteer__unit",
        where=of_those_registered,
        value=Distinct("volunteer"),
    ),
    ratio(
        "active_rate",
        "志愿者活跃率",
        "在册志愿者中参与服务的 ÷ 在册志愿者。",
        ("活跃率", "参与率"),
        of="active_registered",
        among="registered",
    ),
    average(
        "hours_per_volunteer",
        "志愿者人均服务时长",
        "小时",
        "志愿服务时长 ÷ 参与服务的志愿者；还没有计入的时长不算。",
        ("人均服务时长", "人均时长"),
        of="hours",
        among="active",
        categories=SERVICE,
    ),
    flow(
        "hours_postings",
        "志愿服务时长公示",
        "次",
        "公示日期在期内的时长公示次数。",
        model=HoursPosting,
        date="starts_on",
    ),
    stock(
        "stars",
        "星级志愿者",
        "人",
        "期末在册、已授予星级且未撤销的志愿者，一人只算最高的星级。",
        ("星级",),
        model=StarAward,
        starts="occurred_on",
        ends="revoked_on",
        where=highest,
        value=Distinct("volunteer"),
        categories=LEVEL,
    ),
    flow(
        "promotions",
        "晋升星级的志愿者",
        "人",
        "授予日期在期内的星级认定所涉及的志愿者，一人只算一次；期内晋升几级的也算一人，后来撤销的仍算。",
        ("晋升星级", "新评星级"),
        model=StarAward,
        value=Distinct("volunteer"),
        categories=LEVEL,
    ),
    flow(
        "stars_revoked",
        "撤销的志愿者星级",
        "项",
        "撤销日期在期内的星级认定条数。",
        model=StarAward,
        date="revoked_on",
        categories=LEVEL,
    ),
    flow(
        "corrections",
        "时长更正申请",
        "件",
        "日期在期内的时长更正申请件数。",
        model=HoursCorrection,
        categories=OUTCOME,
    ),
    flow(
        "corrections_answered",
        "已处理的时长更正申请",
        "件",
        "日期在期内、答复日期不晚于期末的时长更正申请件数。",
        model=HoursCorrection,
        where=lambda period: Q(answered_on__lte=period.end),
        categories=OUTCOME,
    ),
    flow(
        "corrections_waiting",
        "未处理的时长更正申请",
        "件",
        "日期在期内、截至期末还没有答复的时长更正申请件数。",
        model=HoursCorrection,
        where=unanswered,
    ),
)
tiles.add("volunteers.hours")
