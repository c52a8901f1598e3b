"""What is wrong or undone in programmes."""

from datetime import timedelta

from django.utils import timezone

from disability.models import Enrolment, Incident, ProgrammeSession
from disability.quality.files import HIGH, MIDDLE, TOO_LONG, rule
from disability.selectors.programmes import of_other_category, over_age
from portal.quality import register
from portal.quality.family import kept


def enrolled(units):
    return Enrolment.objects.in_force(timezone.localdate()).filter(unit__in=units)


def long_open(units):
    before = timezone.localdate() - timedelta(days=TOO_LONG)
    return kept(Incident, units).filter(closed_on__isnull=True, occurred_on__lt=before)


register(
    rule(
        "programme_over_age", "超过项目最大年龄，仍在项目中", "不符合收托条件，资金可能不予结算。",
        "enrolments", lambda units: over_age(units, timezone.localdate()), MIDDLE,
    ),
    rule(
        "programme_dead", "去世后仍在项目中", "在托人数会多。", "enrolments",
        lambda units: enrolled(units).filter(resident__died_on__isnull=False), HIGH,
    ),
    rule(
        "programme_closed", "项目已停办，仍有在托人员", "在托人数会多。", "enrolments",
        lambda units: enrolled(units).filter(programme__ends_on__lt=timezone.localdate()), HIGH,
    ),
    rule(
        "programme_category", "残疾类别与项目接收的不符", "可能选错了人，或档案没有更新。",
        "enrolments", lambda units: of_other_category(units, timezone.localdate()),
    ),
    rule(
        "session_people", "项目活动没有参加人数", "参加人次会少。", "programme-sessions",
        lambda units: kept(ProgrammeSession, units).filter(people__isnull=True), field="people",
    ),
    rule(
        "incident_open", f"安全事件超过 {TOO_LONG} 天未了结", "处置没有结果，责任不清。", "incidents",
        long_open, MIDDLE, field="closed_on",
    ),
)  # fmt: skip
