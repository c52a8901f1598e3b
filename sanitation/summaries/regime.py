"""What outline G tells of the set-up: work that superiors ask for, papers, offices and rules."""

from django.db.models import Q

from portal.office.models import Campaign, PolicyDocument, Rule, Station
from portal.summaries import Narrative, Telling, register
from portal.telling import (
    clause,
    in_force,
    listed,
    month_day,
    once,
    plain,
    quoted,
    sentence_of,
    titled,
    within,
)
from sanitation.selectors.shares import OURS, RULES
from sanitation.summaries.outlines import SANITATION, told
from sanitation.summaries.telling import counted

MOST = 8


@once
def campaigns(telling: Telling):
    """What was under way in the period, by who asked for it."""
    rows = Campaign.objects.filter(
        OURS,
        Q(ends_on__isnull=True) | Q(ends_on__gte=telling.period.start),
        deleted_at__isnull=True,
        unit__in=telling.units,
        starts_on__lte=telling.period.end,
    )
    by: dict[str, list[str]] = {}
    for each in rows.order_by("starts_on", "pk"):
        by.setdefault(plain(each.grantor), []).append(quoted(each.name))
    for grantor, names in by.items():
        led = f"按照{grantor}部署，" if grantor else ""
        yield f"{led}开展{listed(names)}。"


@once
def documents(telling: Telling):
    """The papers that the units issued, with the years that they hold for."""
    for each in within(PolicyDocument.objects.filter(OURS), telling):
        number = f"（{plain(each.number)}）" if each.number else ""
        lasts = ""
        if each.starts_on and each.ends_on:
            first, last = each.starts_on.year, each.ends_on.year
            lasts = f"，执行期{first}年" + (f"至{last}年" if last != first else "")
        about = f"：{clause(each.summary)}" if each.summary else ""
        yield f"{month_day(each.occurred_on)}，印发{titled(each.title)}{number}{lasts}{about}。"


@once
def stations(telling: Telling):
    """Offices that were set up in the period: why, and for what."""
    for each in within(Station.objects.filter(OURS), telling, "starts_on"):
        basis = f"根据{plain(each.document)}，" if each.document else ""
        duties = f"，{clause(each.duties)}" if each.duties else ""
        yield f"{month_day(each.starts_on)}，{basis}设立{quoted(each.name)}{duties}。"


@once
def new_rules(telling: Telling):
    """Rules that came into force in the period, with what they say."""
    rows = within(Rule.objects.filter(RULES), telling, "starts_on")
    for each in rows.order_by("starts_on", "ordinal", "pk")[:MOST]:
        text = f"：{clause(each.text)}" if each.text else ""
        yield sentence_of(f"{month_day(each.starts_on)}起实行{quoted(each.title)}{text}")


def standing_rules(telling: Telling):
    """Those in force, by name."""
    rows = in_force(Rule.objects.filter(RULES), telling).order_by("kind", "ordinal", "title", "pk")
    names = list(dict.fromkeys(quoted(name) for name in rows.values_list("title", flat=True)))
    if counted(telling, "rules") and names:
        yield f"现行环境卫生制度{{sanitation.rules}}：{listed(names, MOST)}。"


register(
    Narrative(SANITATION, "regime", 110, campaigns),
    Narrative(SANITATION, "regime", 120, documents),
    Narrative(SANITATION, "regime", 130, stations),
    told("regime", 132, "环境卫生管理人员在岗{sanitation.staff}。", "staff"),
    Narrative(SANITATION, "regime", 140, new_rules),
    Narrative(SANITATION, "regime", 142, standing_rules),
    told(
        "regime",
        150,
        "年度计划任务{sanitation.tasks_planned}，完成{sanitation.tasks_done}，完成率"
        "{sanitation.task_rate}。",
        "tasks_planned",
    ),
)
