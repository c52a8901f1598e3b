"""应享未享、疑似多享、复核到期: the rules of the check as a table, each with the rows that it finds.

Whom a kind is for stands in the table of kinds; here is how that is asked of everybody at once. A row
is open until an outcome settles it, and again when what led to it (``facts_key``) has changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, Concat

from disability.enums import CertificateStatus
from disability.enums.subsidies import FindingOutcome as Outcome
from disability.enums.subsidies import StopReason, SubsidyRule
from disability.models import Certificate, Subsidy, SubsidyFinding
from disability.selectors.subsidy_missing import missing, told_missing
from disability.selectors.subsidy_pieces import (
    ALSO,
    LEVELS,
    key_of,
    lasting,
    listed,
    named,
    spells_of_unit,
    tags_on,
    valid_on,
)
from portal.months import first_of
from residents.models import CareTag

GOOD, MIDDLE, SEVERE = "info", "warn", "bad"


@dataclass(frozen=True)
class Rule:
    """``rows(day)`` are all that it finds, of every unit in sight, with ``facts_key``; ``told`` says
    the facts of one. ``outcomes`` may be given; ``reason`` is why a subsidy stopped by it ends."""

    code: SubsidyRule
    why: str
    tone: str
    rows: Callable[[date], QuerySet]
    told: Callable[[object], str]
    outcomes: tuple[Outcome, ...]
    reason: StopReason | str = ""

    @property
    def label(self) -> str:
        return self.code.label


def unsettled(rows: QuerySet, rule: SubsidyRule, day) -> QuerySet:
    """Those without an outcome for these very facts."""
    settled = SubsidyFinding.objects.kept().filter(
        Q(again_on__isnull=True) | Q(again_on__gt=day),
        rule=rule,
        resident=OuterRef("resident"),
        kind=OuterRef("kind"),
        facts_key=OuterRef("facts_key"),
        occurred_on__lte=day,
    )
    return rows.filter(~Exists(settled))


# --- 疑似多享 -------------------------------------------------------------------------------------------


def drawn_on(day) -> QuerySet:
    return Subsidy.objects.kept().filter(lasting(day))


def still_running(day, event: str) -> Q:
    """Nothing ends it, or it goes on beyond the month of the event."""
    return Q(ends_on__isnull=True) | Q(**{f"{event}__lt": first_of(day)})


def dead(day) -> QuerySet:
    rows = drawn_on(day).filter(still_running(day, "resident__died_on"), resident__died_on__lte=day)
    return rows.annotate(facts_key=key_of("resident__died_on"))


def alive_on(day) -> QuerySet:
    return drawn_on(day).filter(Q(resident__died_on__isnull=True) | Q(resident__died_on__gt=day))


def moved(day) -> QuerySet:
    left = spells_of_unit().order_by("-starts_on").values("ends_on")[:1]
    rows = alive_on(day).annotate(left_on=Subquery(left))
    rows = rows.filter(
        still_running(day, "left_on"),
        Exists(spells_of_unit()),
        ~Exists(spells_of_unit().filter(lasting(day))),
    )
    return rows.annotate(facts_key=key_of("left_on"))


def certificates_of_row() -> QuerySet:
    return Certificate.objects.kept().filter(resident=OuterRef("resident"))


def without_certificate(day) -> QuerySet:
    newest = certificates_of_row().order_by("-occurred_on", "-pk")
    rows = alive_on(day).filter(
        ~Exists(certificates_of_row().filter(valid_on(day))), kind__needs_certificate=True
    )
    return rows.annotate(
        certificate_status=Subquery(newest.values("status")[:1]),
        certificate_until=Subquery(newest.values("expires_on")[:1]),
        certificate_ended=Subquery(newest.values("ended_on")[:1]),
    ).annotate(facts_key=key_of("certificate_status", "certificate_until", "certificate_ended"))


def told_without_certificate(row) -> str:
    if row.certificate_status is None:
        return "没有登记残疾人证"
    if row.certificate_ended:
        status = CertificateStatus(row.certificate_status).label
        return f"最近一本残疾人证已于{row.certificate_ended}失效（{status}），没有新证"
    if row.certificate_status != CertificateStatus.VALID:
        return f"残疾人证状态为{CertificateStatus(row.certificate_status).label}"
    return f"残疾人证已于{row.certificate_until}到期，没有换领"


def with_tag(rows: QuerySet, day, column: str) -> QuerySet:
    """With the newest tag in force that the kind names in ``column``."""
    tags = named(tags_on(day, OuterRef("resident")), f"kind__{column}")
    newest = tags.order_by("-starts_on")
    return rows.annotate(
        tag_since=Subquery(newest.values("starts_on")[:1]),
        tag_name=Subquery(newest.values("kind__name")[:1]),
    )


def stacking(day) -> QuerySet:
    rows = with_tag(alive_on(day), day, "excluded_tags").filter(tag_since__isnull=False)
    return rows.annotate(facts_key=key_of("tag_name", "tag_since"))


def out_of_poverty(day) -> QuerySet:
    """The kind asks for a tag that nobody has given or that has ended."""
    given = CareTag.objects.kept().filter(resident=OuterRef("resident"))
    ended = named(given, "kind__needs_tags")
    rows = with_tag(alive_on(day), day, "needs_tags").filter(tag_since__isnull=True)
    rows = rows.exclude(kind__needs_tags=[]).annotate(
        ended_on=Subquery(ended.order_by("-ends_on").values("ends_on")[:1])
    )
    return rows.annotate(facts_key=key_of("ended_on"))


def other_level(day) -> QuerySet:
    newest = certificates_of_row().filter(valid_on(day)).order_by("-occurred_on", "-pk")
    rows = alive_on(day).annotate(
        certificate_level=Subquery(newest.values("level")[:1]),
        certificate_category=Subquery(newest.values("category")[:1]),
    )
    component = Concat(F("certificate_category"), F("certificate_level"))
    rows = rows.filter(certificate_level__isnull=False).exclude(kind__levels=[])
    rows = rows.filter(
        ~Q(kind__levels__contains=listed(F("certificate_level"), LEVELS)),
        ~Q(kind__also__contains=listed(component, ALSO)),
    )
    return rows.annotate(facts_key=key_of("certificate_category", "certificate_level"))


def told_other_level(row) -> str:
    category = dict(Certificate._meta.get_field("category").flatchoices)[row.certificate_category]
    level = dict(Certificate._meta.get_field("level").flatchoices)[row.certificate_level]
    return f"残疾人证为{category}{level}，不在{row.kind}的对象之内"


# --- 复核 -----------------------------------------------------------------------------------------------


def a_year_before(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, 28) if day.month == 2 else day.day)


def review_due(day) -> QuerySet:
    rows = alive_on(day).annotate(
        since=Coalesce("reviewed_on", "starts_on", output_field=DateField())
    )
    return rows.filter(since__lte=a_year_before(day)).annotate(facts_key=key_of("since"))


def told_review(row) -> str:
    if row.reviewed_on:
        return f"上次复核{row.reviewed_on}，已满一年"
    return f"{row.starts_on:%Y-%m}起享受，还没有复核过"


# --- the table ------------------------------------------------------------------------------------------

STOPS = (Outcome.STOPPED, Outcome.RECLAIMING, Outcome.CONTINUED)
RULES = {
    rule.code: rule
    for rule in (
        Rule(
            SubsidyRule.MISSING, "符合条件的人少领一份补贴。", GOOD, missing, told_missing,
            (Outcome.APPLYING, Outcome.DECLINED, Outcome.UNFIT),
        ),
        Rule(
            SubsidyRule.DEAD, "去世的次月起应停发，多发的要追回。", SEVERE, dead,
            lambda row: f"{row.resident.died_on}去世，{until(row)}", STOPS, StopReason.DIED,
        ),
        Rule(
            SubsidyRule.MOVED, "迁出的次月起由迁入地发放。", SEVERE, moved,
            lambda row: f"{row.left_on}为在本单位的最后一天，{until(row)}", STOPS, StopReason.MOVED,
        ),
        Rule(
            SubsidyRule.CERTIFICATE, "补贴凭有效的残疾人证发放。", MIDDLE, without_certificate,
            told_without_certificate, STOPS, StopReason.CERTIFICATE,
        ),
        Rule(
            SubsidyRule.STACKING, "两种待遇不能同时享受。", SEVERE, stacking,
            lambda row: f"{row.tag_since}起是{row.tag_name}对象", STOPS, StopReason.STACKING,
        ),
        Rule(
            SubsidyRule.LEVEL, "等级变化后可能不再符合条件。", MIDDLE, other_level,
            told_other_level, STOPS, StopReason.LEVEL,
        ),
        Rule(
            SubsidyRule.POVERTY, "困难类别终止后不再符合条件。", MIDDLE, out_of_poverty,
            lambda row: f"困难类别认定已于{row.ended_on}终止" if row.ended_on
            else "没有登记所要求的困难类别", STOPS, StopReason.POVERTY,
        ),
        Rule(
            SubsidyRule.REVIEW, "享受补贴的每年至少复核一次。", GOOD, review_due, told_review,
            (Outcome.CONTINUED, Outcome.STOPPED), StopReason.OTHER,
        ),
    )
}  # fmt: skip
UNDUE_ONES = "undue"  # in an address: the first of the following rules that finds somebody
UNDUE = tuple(code for code in RULES if code not in (SubsidyRule.MISSING, SubsidyRule.REVIEW))


def until(row) -> str:
    return f"补贴登记发到{row.ends_on:%Y-%m}" if row.ends_on else "补贴没有停发"


def open_rows(code: SubsidyRule, day: date) -> QuerySet:
    """What the rule finds on the day and no outcome has settled, of every unit in sight."""
    rule = RULES[code]
    rows = rule.rows(day)
    return rows if code == SubsidyRule.MISSING else unsettled(rows, code, day)


def open_undue(day: date) -> Q:
    """Subsidies that some rule finds undue."""
    found = Q(pk__in=[])
    for code in UNDUE:
        found |= Q(pk__in=open_rows(code, day).values("pk"))
    return found
