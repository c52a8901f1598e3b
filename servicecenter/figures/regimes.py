"""指标 of regimes, meetings, disclosure and promises; and of the office's facts that are the agency's."""

from django.db.models import F, Q

from portal.figures import Amount, Category, Distinct, Total, register
from portal.office.enums import BoardKind, RuleKind, StationKind
from portal.office.models import (
    GroupMember,
    LeadingGroup,
    NoticeBoard,
    PolicyDocument,
    Purchase,
    Rule,
    RuleEvidence,
    Slogan,
    Station,
)
from servicecenter.enums.regimes import (
    CheckResult,
    CheckWay,
    CommitmentAspect,
    DisclosureKind,
    DisclosurePlace,
)
from servicecenter.figures.base import flow, ratio, stock
from servicecenter.models import (
    Commitment,
    CommitmentCheck,
    Disclosure,
    JointMeeting,
    MeetingIssue,
)

SPELL = {"starts": "starts_on", "ends": "ends_on", "ends_inclusive": True}
OURS = Q(domains__contains=["servicecenter"])
REGIME = OURS & Q(kind=RuleKind.REGIME)
ASPECT = {"aspect": Category("承诺方面", "aspect", dict(CommitmentAspect.choices))}
CHECKED = {
    "aspect": Category("承诺方面", "commitment__aspect", dict(CommitmentAspect.choices)),
    "way": Category("检查方式", "way", dict(CheckWay.choices)),
}
BY_KIND = {"kind": Category("公开类别", "kind", dict(DisclosureKind.choices))}


def of_a_regime_in_force(period) -> Q:
    """Proof about the unit's own regimes that are in force at the period's end, as the stock counts."""
    open_end = Q(rule__ends_on__isnull=True) | Q(rule__ends_on__gte=period.end)
    own = Q(
        rule__unit=F("unit"),
        rule__deleted_at__isnull=True,
        rule__kind=RuleKind.REGIME,
        rule__domains__contains=["servicecenter"],
        rule__starts_on__lte=period.end,
    )
    return own & open_end


def held(period) -> Q:
    return Q(held_on__lte=period.end)


def closed(period) -> Q:
    return Q(closed_on__lte=period.end)


register(
    stock(
        "regimes",
        "服务制度数",
        "项",
        "期末那一天在执行、计入为民服务的工作制度项数。",
        keywords=("项制度", "服务制度"),
        model=Rule,
        where=REGIME,
        **SPELL,
    ),
    flow(
        "regime_records",
        "服务制度落实次数",
        "次",
        "落实日期在期内、计入为民服务的制度落实记录数。",
        model=RuleEvidence,
        where=Q(rule__domains__contains=["servicecenter"], rule__kind=RuleKind.REGIME),
    ),
    flow(
        "regimes_kept",
        "有落实记录的服务制度",
        "项",
        "期末在执行、期内至少有一次落实记录的服务制度项数。",
        model=RuleEvidence,
        where=of_a_regime_in_force,
        value=Distinct("rule"),
    ),
    ratio(
        "regimes_kept_rate",
        "服务制度落实率",
        "期内有落实记录的服务制度除以期末在执行的服务制度。",
        of="regimes_kept",
        among="regimes",
    ),
    flow(
        "meetings_planned",
        "代办应开例会",
        "次",
        "会议月份在期内的例会次数，每月一次、全年十二次。",
        keywords=("应开例会",),
        model=JointMeeting,
        date="month",
    ),
    flow(
        "meetings_held",
        "召开例会",
        "次",
        "会议月份在期内、到期末已召开的例会次数。",
        keywords=("例会", "联席会"),
        model=JointMeeting,
        where=held,
        date="month",
    ),
    ratio(
        "meetings_rate",
        "代办例会召开率",
        "期内已召开的例会除以应开的例会（全年十二次）。",
        of="meetings_held",
        among="meetings_planned",
    ),
    flow(
        "meeting_attendance",
        "例会参加人次",
        "人次",
        "会议月份在期内、到期末已召开的例会的参加人数之和。",
        model=JointMeeting,
        where=held,
        value=Total("attendees"),
        date="month",
    ),
    flow(
        "issues_raised",
        "例会提出议题",
        "个",
        "提出日期在期内的例会议题个数。",
        keywords=("议题",),
        model=MeetingIssue,
    ),
    flow(
        "issues_closed",
        "例会议题已解决",
        "个",
        "提出日期在期内、到期末已解决的例会议题个数。",
        model=MeetingIssue,
        where=closed,
    ),
    ratio(
        "issues_closed_rate",
        "例会议题解决率",
        "期内提出、到期末已解决的议题除以期内提出的议题。",
        of="issues_closed",
        among="issues_raised",
    ),
    flow(
        "disclosures",
        "新公开事项",
        "项",
        "公开日期在期内的公开事项项数。",
        keywords=("公开事项",),
        model=Disclosure,
        categories=BY_KIND
        | {"places": Category("公开位置", "places", dict(DisclosurePlace.choices), array=True)},
    ),
    stock(
        "disclosed_now",
        "在公开事项",
        "项",
        "期末那一天公开着、还没有撤下的事项项数。",
        model=Disclosure,
        categories=BY_KIND,
        starts="occurred_on",
        ends="ends_on",
        ends_inclusive=True,
    ),
    stock(
        "commitments",
        "服务承诺条数",
        "条",
        "期末那一天有效的服务承诺条数。",
        keywords=("条承诺", "服务承诺"),
        model=Commitment,
        categories=ASPECT,
        **SPELL,
    ),
    stock(
        "commitment_aspects",
        "服务承诺方面",
        "个方面",
        "期末那一天有效的服务承诺涉及的方面个数。",
        keywords=("方面",),
        model=Commitment,
        value=Distinct("aspect"),
        **SPELL,
    ),
    flow(
        "commitment_checks",
        "承诺检查次数",
        "次",
        "检查日期在期内的承诺检查次数。",
        model=CommitmentCheck,
        categories=CHECKED,
    ),
    flow(
        "commitments_kept",
        "承诺已兑现",
        "次",
        "检查日期在期内、结果为已兑现的承诺检查次数。",
        model=CommitmentCheck,
        where=Q(result=CheckResult.KEPT),
        categories=CHECKED,
    ),
    ratio(
        "commitments_kept_rate",
        "承诺兑现率",
        "期内检查为已兑现的次数除以承诺检查次数。",
        keywords=("兑现",),
        of="commitments_kept",
        among="commitment_checks",
        categories=CHECKED,
    ),
)

# The office's own facts, as far as they are tagged with the agency's work.
register(
    stock(
        "stations",
        "代办站所室",
        "个",
        "期末那一天已设立、未撤销、计入为民服务的站所室个数。",
        keywords=("六站两室", "站所"),
        model=Station,
        where=OURS,
        categories={"kind": Category("类型", "kind", dict(StationKind.choices))},
        **SPELL,
    ),
    stock(
        "leading_groups",
        "代办工作领导小组",
        "个",
        "期末那一天已成立、未撤销、计入为民服务的领导小组个数。",
        model=LeadingGroup,
        where=OURS,
        **SPELL,
    ),
    stock(
        "group_members",
        "代办领导小组成员",
        "人",
        "期末那一天在任、计入为民服务的领导小组成员，按姓名去重。",
        model=GroupMember,
        where=Q(group__domains__contains=["servicecenter"]),
        value=Distinct("person"),
        **SPELL,
    ),
    flow(
        "purchases",
        "代办购置项数",
        "项",
        "购置日期在期内、计入为民服务的购置项数。",
        model=Purchase,
        where=OURS,
    ),
    flow(
        "purchase_amount",
        "代办购置金额",
        "元",
        "购置日期在期内、计入为民服务的购置金额之和。",
        keywords=("投入", "购置"),
        model=Purchase,
        where=OURS,
        value=Amount("amount"),
    ),
    stock(
        "boards",
        "服务公开栏",
        "块",
        "期末那一天设置着、计入为民服务的公示栏块数。",
        keywords=("公开栏", "公示栏"),
        model=NoticeBoard,
        where=OURS,
        categories={"kind": Category("类型", "kind", dict(BoardKind.choices))},
        **SPELL,
    ),
    flow(
        "slogans",
        "服务标语",
        "条",
        "悬挂日期在期内、计入为民服务的标语条数之和。",
        keywords=("标语", "横幅"),
        model=Slogan,
        where=OURS,
        value=Total("quantity"),
    ),
    flow(
        "documents",
        "代办印发文件",
        "份",
        "印发日期在期内、计入为民服务的文件份数。",
        model=PolicyDocument,
        where=OURS,
    ),
)
