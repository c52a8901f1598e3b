"""Stations, posts, leading groups, rules."""

from django.db.models import F, Q

from portal.figures import Distinct, Total, register
from portal.office.enums import RuleKind, StationKind
from portal.office.figures.base import flow, of, ratio, stock, tags
from portal.office.models import (
    GroupMember,
    LeadingGroup,
    Post,
    PostHolder,
    Rule,
    RuleEvidence,
    Station,
)


def of_a_rule_in_force(period) -> Q:
    """Evidence of the unit's own rules that are in force at the period's end, as the stock counts."""
    open_end = Q(rule__ends_on__isnull=True) | Q(rule__ends_on__gte=period.end)
    own = Q(rule__unit=F("unit"), rule__deleted_at__isnull=True)
    return own & open_end & Q(rule__starts_on__lte=period.end)


register(
    stock(
        "stations",
        "站所室",
        "个",
        "期末那一天已设立、未撤销的站所室个数。",
        keywords=("站所室", "站室"),
        model=Station,
        categories={"kind": of(StationKind), **tags()},
    ),
    stock(
        "posts_planned",
        "定员人数",
        "人",
        "期末那一天在设岗位的定员人数之和。",
        model=Post,
        value=Total("planned"),
        categories=tags(),
    ),
    stock(
        "posts_held",
        "在岗人数",
        "人",
        "期末那一天在岗的人员记录数，一人兼两岗算两个。",
        model=PostHolder,
        categories=tags("post__domains"),
    ),
    ratio(
        "posts_filled_rate",
        "定员到岗率",
        "期末在岗人数除以定员人数。",
        "posts_held",
        "posts_planned",
    ),
    stock(
        "leading_groups",
        "领导小组",
        "个",
        "期末那一天已成立、未撤销的领导小组个数。",
        keywords=("领导小组",),
        model=LeadingGroup,
        categories=tags(),
    ),
    stock(
        "group_members",
        "领导小组成员",
        "人次",
        "期末那一天在任的小组成员记录数，含组长，一人在两个小组算两个。",
        model=GroupMember,
        categories=tags("group__domains"),
    ),
    stock(
        "rules",
        "现行制度",
        "项",
        "期末那一天已实施、未废止的制度项数，职责、流程、承诺、公约都算。",
        keywords=("制度",),
        model=Rule,
        categories={"kind": of(RuleKind), **tags()},
    ),
    flow(
        "rule_records",
        "制度落实记录",
        "次",
        "落实日期在期内的制度落实记录条数。",
        model=RuleEvidence,
        categories=tags("rule__domains"),
    ),
    flow(
        "rules_kept",
        "已落实制度",
        "项",
        "期末现行的本单位制度中，期内至少有一条落实记录的项数。",
        model=RuleEvidence,
        where=of_a_rule_in_force,
        value=Distinct("rule"),
    ),
    ratio(
        "rules_kept_rate",
        "制度落实率",
        "期内有落实记录的制度除以期末现行制度。",
        "rules_kept",
        "rules",
    ),
)
