"""指标 of organisations: how many of each level, and who belongs to them."""

from dataclasses import dataclass, field

from django.db.models import Q

from portal.figures import Category, Distinct, register
from portal.ledgers.shares import ours
from portal.office.enums import RuleKind
from portal.office.models import Agreement, Rule
from volunteers.enums.organisations import OrgKind, OrgRole
from volunteers.figures.base import stock
from volunteers.models import OrgMembership, VolunteerOrg

KIND = {"kind": Category("层级", "kind", dict(OrgKind.choices))}
LASTING = {"starts": "founded_on", "ends": "ended_on", "ends_inclusive": True}
SPELL = {"starts": "starts_on", "ends": "ends_on", "ends_inclusive": True}


@dataclass(frozen=True)
class OrgCategory(Category):
    """By organisation: those of the asked units, and those above whose members they are."""

    label: str = "组织"
    path: str = "org"
    choices: dict = field(default_factory=dict)

    def labels(self, units):
        kept = VolunteerOrg.objects.kept()
        theirs = kept.filter(Q(unit__in=units) | Q(memberships__unit__in=units)).distinct()
        return {org.pk: org.name for org in theirs}


ORGS = {
    "org": OrgCategory(),
    "kind": Category("层级", "org__kind", dict(OrgKind.choices)),
    "role": Category("职务", "role", dict(OrgRole.choices)),
}


def _of_kind(code, label, measure, kind):
    return stock(
        code,
        label,
        measure,
        f"期末那一天已成立、未撤销的{OrgKind(kind).label}个数。",
        keywords=(OrgKind(kind).label,),
        model=VolunteerOrg,
        where=Q(kind=kind),
        **LASTING,
    )


register(
    stock(
        "orgs",
        "志愿服务组织",
        "个",
        "期末那一天已成立、未撤销的志愿服务总站、站、服务队和小组个数之和。",
        keywords=("志愿服务组织", "志愿组织"),
        model=VolunteerOrg,
        categories=KIND,
        **LASTING,
    ),
    _of_kind("heads", "志愿服务总站", "个", OrgKind.HEAD),
    _of_kind("stations", "志愿服务站", "个", OrgKind.STATION),
    _of_kind("teams", "志愿服务队", "支", OrgKind.TEAM),
    _of_kind("groups", "志愿服务小组", "个", OrgKind.GROUP),
    stock(
        "memberships",
        "志愿服务组织成员",
        "人次",
        "期末那一天在各志愿服务组织中的成员记录数，一人在两个组织算两个。",
        model=OrgMembership,
        categories=ORGS,
        **SPELL,
    ),
    stock(
        "members",
        "编入队伍的志愿者",
        "人",
        "期末那一天至少属于一个志愿服务组织的志愿者人数，一人只算一次。",
        model=OrgMembership,
        value=Distinct("volunteer"),
        categories=ORGS,
        **SPELL,
    ),
    stock(
        "rules",
        "现行志愿服务制度",
        "项",
        "期末那一天已实施、未废止、计入志愿服务的制度项数。",
        keywords=("志愿服务制度", "志愿者制度"),
        model=Rule,
        where=ours("volunteers"),
        categories={"kind": Category("类型", "kind", dict(RuleKind.choices))},
        **SPELL,
    ),
    stock(
        "partners",
        "签约的志愿服务共建单位",
        "家",
        "期末那一天有协议在有效期内、计入志愿服务的共建单位家数，按名称去重。",
        model=Agreement,
        where=Q(partner__domains__contains=["volunteers"]),
        value=Distinct("partner__name"),
        **SPELL,
    ),
)
