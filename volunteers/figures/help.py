"""指标 of whom volunteers served: requests, 户次 and 人次, by category, and what those served said."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Case, F, Q, Value, When

from portal.figures import Category, Distinct, Total, register
from portal.figures.values import Hours
from residents.models import CareKind
from volunteers.enums.help import HelpState, RecognitionKind, Satisfaction, ServiceKind
from volunteers.figures.activities import divided
from volunteers.figures.base import flow, ratio
from volunteers.models import HelpRequest, Recognition, Served

SATISFIED = Satisfaction.FAIR  # as in 好差评: from 基本满意 up


@dataclass(frozen=True)
class CareCategory(Category):
    """By the care kind for which a household was served, each row in one: disabled persons without any,
    and who belongs to none, are told for themselves."""

    label: str = "服务对象类别"
    path: str = "_care"
    choices: Mapping[str, str] = field(default_factory=dict)

    ONLY_DISABLED, NONE = "disabled-only", "none"

    def labels(self, units):
        kinds = dict(CareKind.objects.values_list("code", "name"))
        return kinds | {self.ONLY_DISABLED: "残疾人（无其他类别）", self.NONE: "其他居民"}

    @property
    def _kind(self):
        return Case(
            When(care_kind__isnull=False, then=F("care_kind__code")),
            When(is_disabled=True, then=Value(self.ONLY_DISABLED)),
            default=Value(self.NONE),
        )

    def narrowed(self, rows, value, period):
        return rows.alias(**{self.path: self._kind}).filter(**{self.path: value})

    def spread(self, rows, period):
        return rows.annotate(**{self.path: self._kind}), self.path


WHOM = {
    "care": CareCategory(),
    "service": Category("服务内容", "service", dict(ServiceKind.choices)),
} | divided("activity__")
ASKED = {"service": Category("需要的服务", "service", dict(ServiceKind.choices))}
HOW = {"kind": Category("形式", "kind", dict(RecognitionKind.choices))}


def open_at_end(period) -> Q:
    return Q(decided_on__isnull=True) | Q(decided_on__gt=period.end)


def done_by_end(period) -> Q:
    return Q(state=HelpState.DONE, decided_on__lte=period.end)


register(
    flow(
        "help_requests",
        "志愿服务需求",
        "件",
        "提出日期在期内的服务需求件数。",
        ("求助", "服务需求"),
        model=HelpRequest,
        categories=ASKED,
    ),
    flow(
        "help_done",
        "已服务的志愿服务需求",
        "件",
        "提出日期在期内、服务日期不晚于期末的服务需求件数。",
        model=HelpRequest,
        where=done_by_end,
        categories=ASKED,
    ),
    flow(
        "help_declined",
        "不能安排的志愿服务需求",
        "件",
        "提出日期在期内、登记为不能安排的服务需求件数。",
        model=HelpRequest,
        where=Q(state=HelpState.DECLINED),
        categories=ASKED,
    ),
    flow(
        "help_open",
        "未办结的志愿服务需求",
        "件",
        "提出日期在期内、截至期末还没有服务也没有答复不能安排的服务需求件数。",
        model=HelpRequest,
        where=open_at_end,
        categories=ASKED,
    ),
    ratio(
        "help_rate",
        "志愿服务需求满足率",
        "已服务的志愿服务需求 ÷ 志愿服务需求。",
        ("需求满足率", "满足率"),
        of="help_done",
        among="help_requests",
        categories=ASKED,
    ),
    # --- those served -----------------------------------------------------------------------------
    flow(
        "served_households",
        "志愿服务户次",
        "户次",
        "服务日期在期内的服务对象记录数，一户一次一项服务算一户次。",
        ("服务户次", "帮扶服务"),
        model=Served,
        categories=WHOM,
    ),
    flow(
        "served_people",
        "志愿服务对象人次",
        "人次",
        "服务日期在期内的服务对象记录所登记的服务人数之和。",
        ("服务对象",),
        model=Served,
        value=Total("people"),
        categories=WHOM,
    ),
    flow(
        "served_persons",
        "志愿服务对象人数",
        "人",
        "服务日期在期内的服务对象记录中不同的居民数，一人多次只算一人。",
        model=Served,
        value=Distinct("resident"),
        categories=WHOM,
    ),
    flow(
        "served_homes",
        "志愿服务户数",
        "户",
        "服务日期在期内的服务对象记录中不同的户数，一户多次只算一户。",
        model=Served,
        value=Distinct("household"),
        categories=WHOM,
    ),
    flow(
        "served_hours",
        "志愿服务对象受服务时间",
        "小时",
        "服务日期在期内的服务对象记录所登记的用时之和，没有登记用时的不计。",
        model=Served,
        value=Hours("minutes"),
        categories=WHOM,
    ),
    flow(
        "served_lonely_elders",
        "志愿服务孤寡老人",
        "户次",
        "服务日期在期内、服务对象类别为孤寡老人的服务对象记录数。",
        ("孤寡老人",),
        model=Served,
        where=Q(care_kind__code="lonely_elder"),
    ),
    flow(
        "served_extreme_poverty",
        "志愿服务特困户",
        "户次",
        "服务日期在期内、服务对象类别为特困的服务对象记录数。",
        ("特困户", "特困"),
        model=Served,
        where=Q(care_kind__code="extreme_poverty"),
    ),
    flow(
        "served_disabled",
        "志愿服务残疾人",
        "户次",
        "服务日期在期内、登记为残疾人的服务对象记录数，同时属于其他类别的也算。",
        model=Served,
        where=Q(is_disabled=True),
        categories=WHOM,
    ),
    flow(
        "served_disabled_persons",
        "志愿服务残疾人人数",
        "人",
        "服务日期在期内、登记为残疾人的服务对象记录中不同的居民数。",
        model=Served,
        where=Q(is_disabled=True),
        value=Distinct("resident"),
        categories=WHOM,
    ),
    # --- what they said ---------------------------------------------------------------------------
    flow(
        "served_rated",
        "志愿服务对象评价",
        "户次",
        "服务日期在期内、登记了满意度的服务对象记录数。",
        model=Served,
        where=Q(satisfaction__isnull=False),
        categories=WHOM,
    ),
    flow(
        "served_satisfied",
        "志愿服务对象满意",
        "户次",
        "服务日期在期内、满意度为基本满意及以上的服务对象记录数。",
        model=Served,
        where=Q(satisfaction__gte=SATISFIED),
        categories=WHOM,
    ),
    ratio(
        "served_satisfaction",
        "志愿服务对象满意率",
        "志愿服务对象满意 ÷ 志愿服务对象评价。",
        ("服务对象满意率",),
        of="served_satisfied",
        among="served_rated",
        categories=WHOM,
    ),
    flow(
        "served_unrated",
        "未评价的志愿服务",
        "户次",
        "服务日期在期内、没有登记满意度的服务对象记录数。",
        model=Served,
        where=Q(satisfaction__isnull=True),
        categories=WHOM,
    ),
    flow(
        "served_without_home",
        "没有登记户的志愿服务",
        "户次",
        "服务日期在期内、服务对象在当天没有户的服务对象记录数。",
        model=Served,
        where=Q(household__isnull=True),
        categories=WHOM,
    ),
    # --- what society said ------------------------------------------------------------------------
    flow(
        "recognitions",
        "志愿服务社会反响",
        "件",
        "日期在期内的社会反响记录数，包括感谢信、锦旗、口头和媒体表扬。",
        model=Recognition,
        categories=HOW,
    ),
    flow(
        "thank_you_letters",
        "志愿服务感谢信",
        "封",
        "日期在期内的感谢信记录数。",
        ("感谢信",),
        model=Recognition,
        where=Q(kind=RecognitionKind.LETTER),
    ),
    flow(
        "banners",
        "志愿服务锦旗",
        "面",
        "日期在期内的锦旗记录数。",
        ("锦旗",),
        model=Recognition,
        where=Q(kind=RecognitionKind.BANNER),
    ),
    flow(
        "praises",
        "志愿服务表扬",
        "次",
        "日期在期内的口头表扬和媒体表扬记录数。",
        model=Recognition,
        where=Q(kind__in=[RecognitionKind.PRAISE, RecognitionKind.MEDIA]),
        categories=HOW,
    ),
)
