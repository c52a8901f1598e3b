"""指标 of activities: held ones as the shared facts they are, what was planned and signed up, notices, projects."""

from dataclasses import dataclass, field

from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from portal.figures import Category, Total, register
from portal.figures.own import ByOwn
from portal.ledgers.shares import ours
from residents.enums import ActivityKind
from residents.models import Activity
from volunteers.enums.activities import ActivityState, NoticeChannel, SignUpState
from volunteers.figures.base import flow, ratio, stock
from volunteers.models import (
    RecruitmentNotice,
    Shift,
    SignUp,
    VolunteerActivity,
    VolunteerActivityType,
    VolunteerOrg,
    VolunteerProject,
)

OURS = ours("volunteers")
# Lectures, trainings and meetings have figures of their own; nobody serves at them.
HELD_ONES = OURS & ~Q(kind__in=[ActivityKind.LECTURE, ActivityKind.TRAINING, ActivityKind.MEETING])
GOES_ON = ~Q(state=ActivityState.CANCELLED)
OF_ONE_THAT_GOES_ON = Q(activity__deleted_at__isnull=True) & ~Q(
    activity__state=ActivityState.CANCELLED
)
SIGNED = (
    Q(state=SignUpState.SIGNED, shift__deleted_at__isnull=True)
    & Q(shift__activity__deleted_at__isnull=True)
    & ~Q(shift__activity__state=ActivityState.CANCELLED)
)
BY_CHANNEL = {  # how each channel is measured
    NoticeChannel.BOARD: ("notice_boards", "宣传栏招募", "期"),
    NoticeChannel.BANNER: ("notice_banners", "招募横幅", "条"),
    NoticeChannel.LEAFLET: ("notice_leaflets", "招募传单", "份"),
    NoticeChannel.PHONE: ("notice_phones", "电话招募", "个"),
    NoticeChannel.ONLINE: ("notice_online", "网上招募", "条"),
}


@dataclass(frozen=True)
class ByType(Category):
    """By the office's own table of types, in its order; ``nobody`` is what has none."""

    label: str = "志愿活动类型"
    path: str = "type"
    choices: dict = field(default_factory=dict)
    nobody: str = field(default="", kw_only=True)

    NONE = "none"

    def labels(self, units):
        types = dict(VolunteerActivityType.objects.values_list("code", "name"))
        return types | ({self.NONE: self.nobody} if self.nobody else {})

    def narrowed(self, rows, value, period):
        if value == self.NONE:
            return rows.filter(**{f"{self.path}__isnull": True})
        return rows.filter(**{f"{self.path}__code": value})

    def spread(self, rows, period):
        name = f"_{self.path}"
        return rows.annotate(**{name: Coalesce(f"{self.path}__code", Value(self.NONE))}), name


def divided(through: str = "", nobody: str = "") -> dict[str, Category]:
    """How what belongs to an activity divides; ``through`` leads there, as ``activity__``."""
    return {
        "type": ByType(path=f"{through}type", nobody=nobody),
        "project": ByOwn("项目", f"{through}project", model=VolunteerProject, nobody="不属于项目"),
        "org": ByOwn("组织者", f"{through}org", model=VolunteerOrg, nobody="没有写明组织者"),
    }


HELD = divided("volunteering__", "在其他台账登记") | {
    "kind": Category("活动类型", "kind", dict(ActivityKind.choices))
}
CHANNEL = {"channel": Category("渠道", "channel", dict(NoticeChannel.choices))}


def planned(code, label, measure, definition, keywords=(), **options):
    options = {"model": VolunteerActivity, "date": "starts_on", "where": GOES_ON} | options
    options.setdefault("categories", divided())
    return flow(code, label, measure, definition, keywords, **options)


def of_notices(channel: NoticeChannel):
    code, label, measure = BY_CHANNEL[channel]
    return flow(
        code,
        f"{label}数",
        measure,
        f"发布日期在期内、渠道为{channel.label}的招募公告所登记的数量之和。",
        (label,),
        model=RecruitmentNotice,
        where=Q(channel=channel),
        value=Total("quantity"),
    )


register(
    flow(
        "activities",
        "志愿活动次数",
        "次",
        "活动日期在期内、计入志愿服务、已举办的活动次数，不含讲座、培训和会议；与其他部门合办的同一次活动只登记一次。",
        ("志愿活动", "志愿服务活动"),
        model=Activity,
        where=HELD_ONES,
        categories=HELD,
    ),
    flow(
        "activity_participants",
        "志愿活动参加人次",
        "人次",
        "活动日期在期内、计入志愿服务的活动所登记的参加人次之和，不含讲座、培训和会议。",
        ("参加志愿活动",),
        model=Activity,
        where=HELD_ONES,
        value=Total("participants"),
        categories=HELD,
    ),
    planned(
        "activities_planned",
        "志愿活动安排场次",
        "场",
        "活动日期在期内的志愿活动场次，已举办和尚未举办的都算，已取消的不算。",
    ),
    planned(
        "activities_called_off",
        "志愿活动取消场次",
        "场",
        "活动日期在期内、已取消的志愿活动场次。",
        where=Q(state=ActivityState.CANCELLED),
    ),
    planned(
        "people_wanted",
        "志愿活动计划招募人数",
        "人次",
        "活动日期在期内、没有取消的志愿活动所登记的计划招募人数之和。",
        ("计划招募",),
        value=Total("needed"),
    ),
    flow(
        "shift_places",
        "志愿班次需要人数",
        "人次",
        "活动日期在期内、没有取消的志愿活动各班次的需要人数之和。",
        model=Shift,
        date="activity__starts_on",
        where=OF_ONE_THAT_GOES_ON,
        value=Total("capacity"),
        categories=divided("activity__"),
    ),
    flow(
        "signed_up",
        "志愿班次报名人次",
        "人次",
        "活动日期在期内、没有取消的志愿活动各班次的报名人次，候补和已取消的报名不算。",
        ("志愿者报名",),
        model=SignUp,
        date="shift__activity__starts_on",
        where=SIGNED,
        categories=divided("shift__activity__"),
    ),
    ratio(
        "places_filled",
        "志愿班次满员率",
        "志愿班次报名人次 ÷ 志愿班次需要人数。",
        of="signed_up",
        among="shift_places",
    ),
    flow(
        "notices",
        "志愿招募公告",
        "次",
        "发布日期在期内的招募公告条数。",
        ("招募公告",),
        model=RecruitmentNotice,
        categories=CHANNEL,
    ),
    *(of_notices(channel) for channel in NoticeChannel),
    stock(
        "projects",
        "志愿服务项目数",
        "个",
        "期末正在实施的志愿服务项目：已开始、没有结束日期或结束日期不早于期末。",
        ("志愿服务项目",),
        model=VolunteerProject,
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
    ),
    stock(
        "key_projects",
        "志愿服务重点项目数",
        "个",
        "期末正在实施的志愿服务项目中的重点项目。",
        ("志愿服务重点项目",),
        model=VolunteerProject,
        where=Q(is_key=True),
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
    ),
)
