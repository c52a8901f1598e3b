"""指标 of programmes: places, people enrolled, groups, incidents, placements."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from disability.enums.programmes import (
    EnrolmentEnd,
    GroupActivity,
    IncidentKind,
    IncidentSeverity,
    PlacementKind,
    ProgrammeKind,
)
from disability.figures.base import OURS, flow, stock
from disability.models import (
    Enrolment,
    GroupMembership,
    Incident,
    InterestGroup,
    Placement,
    Programme,
)
from portal.figures import Amount, Category, Distinct, register
from portal.office.enums import FacilityKind
from portal.office.models import Facility


@dataclass(frozen=True)
class ProgrammeCategory(Category):
    """By programme: those of the asked units."""

    label: str = "活动项目"
    path: str = "programme"
    choices: Mapping[str, str] = field(default_factory=dict)

    def labels(self, units):
        rows = Programme.objects.kept().filter(unit__in=units).select_related("unit")
        several = len({row.unit_id for row in rows}) > 1
        return {str(r.pk): f"{r.unit.name}{r.name}" if several else r.name for r in rows}


@dataclass(frozen=True)
class GroupCategory(Category):
    """By interest group: those of the asked units, with unit and programme where there are several."""

    label: str = "兴趣小组"
    path: str = "group"
    choices: Mapping[str, str] = field(default_factory=dict)

    def labels(self, units):
        rows = InterestGroup.objects.kept().filter(unit__in=units)
        rows = list(rows.select_related("unit", "programme"))
        units_told = len({row.unit_id for row in rows}) > 1
        programmes_told = len({row.programme_id for row in rows}) > 1
        return {
            str(row.pk): (row.unit.name if units_told else "")
            + (row.programme.name if programmes_told else "")
            + row.name
            for row in rows
        }


def kinds(path="programme") -> dict[str, Category]:
    """The divisions by the kind of programme, and by programme."""
    return {
        "kind": Category("项目类型", f"{path}__kind", dict(ProgrammeKind.choices)),
        "programme": ProgrammeCategory(path=path),
    }


def of(choices, label, path="kind", **options) -> Category:
    return Category(label, path, dict(choices.choices), **options)


SPELL = {"starts": "starts_on", "ends": "ends_on", "ends_inclusive": True}
ENROLLED = {"model": Enrolment, "value": Distinct("resident"), **SPELL}
BY_REASON = {"end_reason": of(EnrolmentEnd, "离托原因", "end_reason", unstated="没有离托")}


def facilities(starts, ends):
    """Of the office's facilities those tagged with this work, in a state from one day to another."""
    return {
        "model": Facility,
        "where": OURS & Q(**{f"{starts}__isnull": False}),
        "starts": starts,
        "ends": ends,
        "categories": {"kind": of(FacilityKind, "设施类型")},
    }


IN_USE, READY = facilities("opened_on", "closed_on"), facilities("built_on", "opened_on")
PLANNED = facilities("planned_on", "built_on")

register(
    stock(
        "facilities",
        "使用中助残设施",
        "处",
        "期末那一天已启用、未停用、计入残疾人工作的设施处数。",
        ("助残场所", "助残设施"),
        **IN_USE,
    ),
    stock(
        "facility_area",
        "使用中助残设施面积",
        "㎡",
        "期末那一天使用中的助残设施面积之和；功能区的面积已含在内，不另计。",
        value=Amount("area"),
        **IN_USE,
    ),
    stock(
        "facilities_built",
        "建成待用助残设施",
        "处",
        "期末那一天已建成、尚未启用、计入残疾人工作的设施处数。",
        **READY,
    ),
    stock(
        "facilities_built_area",
        "建成待用助残设施面积",
        "㎡",
        "期末那一天已建成、尚未启用的助残设施面积之和，功能区不另计。",
        value=Amount("area"),
        **READY,
    ),
    stock(
        "facilities_planned",
        "规划在建助残设施",
        "处",
        "期末那一天已立项、尚未建成、计入残疾人工作的设施处数。",
        **PLANNED,
    ),
    stock(
        "programmes",
        "活动项目",
        "个",
        "期末那一天已开办、未停办的托养和活动项目个数。",
        ("活动项目", "托养项目"),
        model=Programme,
        categories={"kind": of(ProgrammeKind, "项目类型")},
        **SPELL,
    ),
    stock(
        "enrolled",
        "在托残疾人",
        "人",
        "期末那一天在托养和活动项目中的人，参加几个项目的只算一人；离托当天仍计在内。",
        ("在托", "入托"),
        categories=kinds() | BY_REASON,
        **ENROLLED,
    ),
    stock(
        "enrolled_sunshine",
        "阳光之家在训残疾人",
        "人",
        "期末那一天在类型为阳光之家的项目中的人，去重；离托当天仍计在内。",
        ("阳光之家", "在训"),
        where=Q(programme__kind=ProgrammeKind.SUNSHINE),
        **ENROLLED,
    ),
    stock(
        "enrolled_care",
        "温馨护理站在托残疾人",
        "人",
        "期末那一天在类型为温馨护理站的项目中的人，去重；离托当天仍计在内。",
        ("护理站",),
        where=Q(programme__kind=ProgrammeKind.CARE),
        **ENROLLED,
    ),
    flow(
        "enrolments",
        "新入托人次",
        "人次",
        "入托日期在期内的入托登记条数。",
        ("新入托", "入托"),
        model=Enrolment,
        date="starts_on",
        categories=kinds(),
    ),
    flow(
        "exits",
        "离托人次",
        "人次",
        "离托日期（最后一天）在期内的入托登记条数。",
        ("离托",),
        model=Enrolment,
        date="ends_on",
        categories=kinds() | BY_REASON,
    ),
    stock(
        "interest_groups",
        "兴趣小组数",
        "个",
        "期末那一天已成立、未停办的兴趣小组个数。",
        ("兴趣小组", "小组"),
        model=InterestGroup,
        categories={"kind": of(GroupActivity, "小组类型")},
        **SPELL,
    ),
    stock(
        "group_members",
        "兴趣小组组员",
        "人",
        "期末那一天参加兴趣小组的人，参加几个小组的只算一人。",
        ("组员",),
        model=GroupMembership,
        value=Distinct("enrolment__resident"),
        categories={"group": GroupCategory()},
        **SPELL,
    ),
    flow(
        "incidents",
        "项目安全事件",
        "起",
        "发生日期在期内的托养和活动项目安全事件起数；没有发生的为 0。",
        ("安全事件", "安全事故", "事故"),
        model=Incident,
        categories={
            "programme": ProgrammeCategory(),
            "kind": of(IncidentKind, "事件类型"),
            "severity": of(IncidentSeverity, "严重程度", "severity"),
        },
    ),
    stock(
        "incidents_open",
        "未了结安全事件",
        "起",
        "期末那一天已发生、尚未了结的安全事件起数；了结当天不再计。",
        model=Incident,
        starts="occurred_on",
        ends="closed_on",
    ),
    stock(
        "placements",
        "机构安置残疾人",
        "人",
        "期末那一天住在或参加养护、托养机构的人，去重；离开当天仍计在内。",
        ("安置", "养护院", "养护"),
        model=Placement,
        value=Distinct("resident"),
        categories={"kind": of(PlacementKind, "安置类型")},
        **SPELL,
    ),
    flow(
        "placed_persons",
        "新安置残疾人",
        "人",
        "入住日期在期内的机构安置所涉及的人，去重。",
        ("新安置", "入住"),
        model=Placement,
        date="starts_on",
        value=Distinct("resident"),
        categories={"kind": of(PlacementKind, "安置类型")},
    ),
)
