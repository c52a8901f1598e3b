"""What is told of organisation and places, of regimes one by one, and of what is made public."""

from portal.figures import engine
from portal.numbers import format_number, trimmed
from portal.office.enums import GroupRole, RuleKind
from portal.office.models import GroupMember, LeadingGroup, Purchase, Rule, Station
from portal.punctuation import joined
from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import counted, in_force, listed, month_day, once, plain, quoted, within
from servicecenter.enums.regimes import CommitmentAspect, DisclosureKind
from servicecenter.models import Commitment
from servicecenter.summaries.outlines import AGENCY, told

OURS = {"domains__contains": ["servicecenter"]}


@once
def groups(telling: Telling):
    """The unit's leading groups with the post of their head; persons are not named."""
    own = LeadingGroup.objects.filter(unit__in=telling.own, **OURS)
    for group in in_force(own, telling).order_by("starts_on", "pk"):
        heads = in_force(GroupMember.objects.filter(group=group, role=GroupRole.HEAD), telling)
        head = heads.exclude(position="").first()
        led = f"，由{plain(head.position)}任组长" if head else ""
        yield f"成立{quoted(group.name)}{led}。"


def stations(telling: Telling):
    """六站两室 by their names; how many there are is counted. Of a street without any the number of all."""
    names = in_force(Station.objects.filter(unit__in=telling.own, **OURS), telling)
    named = [plain(name) for name in names.order_by("pk").values_list("name", flat=True)]
    if named:
        yield f"设立代办站所室{{servicecenter.stations}}，即{listed(named, 12)}。"
    elif counted(telling, "servicecenter.stations"):
        yield "各社区共设立代办站所室{servicecenter.stations}。"


def purchases(telling: Telling):
    """What was bought for the work, each with its price; the sum where there are several."""
    rows = list(within(Purchase.objects.filter(**OURS), telling))
    if len(rows) > 1:
        yield (
            "期内购置设备和物品{servicecenter.purchases}，共投入{servicecenter.purchase_amount}。"
        )
    for each in rows:
        amount = format_number(trimmed(each.amount)) if each.amount is not None else ""
        use = f"，用于{plain(each.use).rstrip('。')}" if each.use else ""
        spent = f"投入{amount}元" if amount else ""
        if amount and len(rows) == 1:  # the sum is this price: told as a figure, with its proof
            spent = "投入{servicecenter.purchase_amount}"
        yield f"{month_day(each.occurred_on)}，{spent}购置{plain(each.item)}{use}。"


def regimes(telling: Telling):
    """Each regime by its ordinal and name; how many there are is counted, never typed."""
    rows = in_force(Rule.objects.filter(kind=RuleKind.REGIME, **OURS), telling)
    names = dict.fromkeys(
        quoted(title) for title in rows.order_by("ordinal", "pk").values_list("title", flat=True)
    )
    if names:
        yield f"建立并执行{joined(names)}等服务制度{{servicecenter.regimes}}。"


def aspects(telling: Telling):
    rows = in_force(Commitment.objects.all(), telling)
    found = [CommitmentAspect(a).label for a in rows.values_list("aspect", flat=True).distinct()]
    order = [label for label in CommitmentAspect.labels if label in found]
    if order:
        yield (
            f"在{'、'.join(order)}等{{servicecenter.commitment_aspects}}公开承诺"
            "{servicecenter.commitments}。"
        )


def by_kind(telling: Telling):
    """Of what kinds; how many of each stands in the table."""
    found = engine.by_category("servicecenter.disclosures", "kind", telling.units, telling.period)
    kinds = [DisclosureKind(kind).label for kind, reading in found.items() if reading.value]
    if kinds:
        yield f"期内公开事项{{servicecenter.disclosures}}，涉及{'、'.join(kinds)}。"


register(
    Narrative(AGENCY, "places", 10, groups),
    told("places", 12, "领导小组现有成员{servicecenter.group_members}。", "group_members"),
    Narrative(AGENCY, "places", 14, stations),
    told("places", 20, "大厅设服务窗口{servicecenter.windows}。", "windows"),
    Narrative(AGENCY, "places", 24, purchases),
    told(
        "places",
        30,
        "聘任代办员{servicecenter.agents}，负责{servicecenter.grids_covered}网格，网格覆盖率"
        "{servicecenter.grid_coverage}。",
        "agents",
    ),
    Narrative(AGENCY, "regimes", 10, regimes),
    told(
        "regimes",
        14,
        "期内有落实记录的服务制度{servicecenter.regimes_kept}，落实率{servicecenter.regimes_kept_rate}，"
        "共留下落实记录{servicecenter.regime_records}。",
        "regime_records",
    ),
    told(
        "regimes",
        20,
        "例会每月一次，应开{servicecenter.meetings_planned}、召开{servicecenter.meetings_held}，召开率"
        "{servicecenter.meetings_rate}，参加{servicecenter.meeting_attendance}，逐次通报情况、总结成绩、"
        "查找不足、分析症结、解决问题。",
        "meetings_planned",
    ),
    told(
        "regimes",
        22,
        "会上提出议题{servicecenter.issues_raised}，已解决{servicecenter.issues_closed}，解决率"
        "{servicecenter.issues_closed_rate}。",
        "issues_raised",
    ),
    Narrative(AGENCY, "regimes", 30, aspects),
    told(
        "regimes",
        32,
        "检查承诺{servicecenter.commitment_checks}，已兑现{servicecenter.commitments_kept}，兑现率"
        "{servicecenter.commitments_kept_rate}。",
        "commitment_checks",
    ),
    Narrative(AGENCY, "publicity", 10, by_kind),
    FigureTable(AGENCY, "publicity", 90, "各类公开事项", ("servicecenter.disclosures",), by="kind"),
    told(
        "publicity",
        12,
        "期末在公开的事项{servicecenter.disclosed_now}，设公开栏{servicecenter.boards}。",
        "disclosed_now",
        "boards",
    ),
    told("publicity", 14, "悬挂、张贴服务标语{servicecenter.slogans}。", "slogans"),
)
