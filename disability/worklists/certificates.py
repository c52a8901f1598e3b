"""What is due with certificates and applications."""

from datetime import timedelta

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from disability.enums import ADULT
from disability.enums.applications import Stage, StepKind
from disability.models import (
    ApplicationStep,
    Certificate,
    CertificateApplication,
    DisabilityFile,
)
from disability.services.applications import earliest_approval
from portal.worklists import Act, Group, Worklist, editing, register, stepping

LONG, SOON = 30, 60  # days
SLUG = "certificate-applications"


def _in_use(units):
    return Certificate.objects.kept().filter(unit__in=units, ended_on__isnull=True)


def becoming_adult(units):
    """Files of those who turn 18 within 60 days: guardian, level and subsidies are looked at anew."""
    today = timezone.localdate()
    first, last = (_born_for(today + timedelta(days=days)) for days in (0, SOON))
    rows = DisabilityFile.objects.kept().filter(
        unit__in=units,
        closed_on__isnull=True,
        resident__died_on__isnull=True,
        resident__born_on__gt=first,
        resident__born_on__lte=last,
    )
    return rows.select_related("resident").order_by("resident__born_on", "pk")


def _born_for(day):
    """The birth date of who turns 18 on the day."""
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year - ADULT)


def birthday(file) -> str:
    born_on = file.resident.born_on
    month, day = born_on.month, born_on.day
    if (month, day) == (2, 29):
        month, day = 3, 1
    return f"{born_on.year + ADULT}-{month:02d}-{day:02d} 满 18 周岁"


def _open(units):
    return CertificateApplication.objects.kept().filter(unit__in=units, closed_on__isnull=True)


def _last(kind=None):
    steps = ApplicationStep.objects.kept().filter(application=OuterRef("pk"))
    steps = steps.filter(kind=kind) if kind else steps
    return Subquery(steps.order_by("-occurred_on", "-pk").values("occurred_on")[:1])


def notice_over(units):
    """Applications whose public notice is over and that nobody has approved yet."""
    today = timezone.localdate()
    rows = _open(units).filter(stage=Stage.PUBLISHED).annotate(since=_last(StepKind.PUBLISH))
    over = [
        row.pk for row in rows.only("pk") if row.since and earliest_approval(row.since) <= today
    ]
    return rows.filter(pk__in=over).select_related("resident").order_by("since", "pk")


def waiting(units):
    """Applications that nothing was done with for 30 days."""
    before = timezone.localdate() - timedelta(days=LONG)
    rows = _open(units).annotate(since=_last()).filter(since__lt=before)
    return rows.select_related("resident").order_by("since", "pk")


def left_behind(units):
    """Certificates in use of people whom another unit has taken over: they are to be moved out."""
    rows = _in_use(units).exclude(resident__unit=F("unit"))
    return rows.select_related("resident").order_by("resident__pinyin", "pk")


def approval(row) -> str:
    return f"{reverse('application-step', args=[StepKind.APPROVE])}?only={row.pk}"


def _since(row) -> str:
    days = (timezone.localdate() - row.since).days
    return f"{row.get_stage_display()}，已 {days} 天"


def worklist(code, title, rows, ledger, due=lambda row: "", text=str, **more) -> Worklist:
    return Worklist(f"disability.{code}", title, "disability.view", rows, ledger, text, due, **more)


register(
    worklist(
        "becoming_adult", f"{SOON} 天内满 18 周岁的残疾人", becoming_adult, "disability-files",
        birthday, lambda row: row.resident.name,
        group=Group.MEND,
        act=editing("更新档案"),
    ),
    worklist(
        "notice_over", "办证公示期满，可以审批", notice_over, SLUG,
        lambda row: f"{row.since:%Y-%m-%d} 起公示",
        group=Group.MEND,
        act=Act("审批", approval),
    ),
    worklist(
        "applications_waiting", f"办证申请 {LONG} 天没有进展", waiting, SLUG, _since,
        group=Group.MEND,
        act=Act("看进度", page="detail"),
    ),
    worklist(
        "left_behind", "持证人已由其他社区接收，残疾人证没有迁出", left_behind, "certificates",
        group=Group.MEND,
        act=stepping("迁出", "certificate-act", "move-out"),
    ),
)  # fmt: skip
