"""What is due in treatment and care: appointments, complications that stay, referrals that wait,
values to be taken again."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone

from disability.enums.conditions import AppointmentState
from disability.enums.referrals import ON_THE_WAY
from disability.models import DisabilityFile, OutcomeMeasure, Referral, TherapyAppointment
from portal.figures.engine import evidence
from portal.ledgers.listing import all_dates
from portal.worklists import Group, Worklist, adding, editing, register

MONTH, QUARTER = timedelta(days=30), timedelta(days=90)


def appointments(units, **narrow):
    rows = TherapyAppointment.objects.kept().filter(unit__in=units, **narrow)
    return rows.select_related("resident").order_by("planned_on", "planned_at", "pk")


def soon(units):
    """Today's and tomorrow's: people are reminded the day before."""
    today = timezone.localdate()
    return appointments(
        units,
        state=AppointmentState.PLANNED,
        planned_on__range=(today, today + timedelta(days=1)),
    )


def unsettled(units):
    """Their day has passed, and nobody wrote down whether the person came."""
    return appointments(units, state=AppointmentState.PLANNED, planned_on__lt=timezone.localdate())


def missed(units):
    """Missed within a month, and nothing arranged since."""
    since = TherapyAppointment.objects.kept().filter(
        resident=OuterRef("resident"), unit=OuterRef("unit"), planned_on__gt=OuterRef("planned_on")
    )
    rows = appointments(
        units,
        state=AppointmentState.MISSED,
        planned_on__gte=timezone.localdate() - MONTH,
    )
    return rows.filter(~Exists(since))


def lasting(units):
    """Complications found a month ago and still there: rows of the figure, the oldest first."""
    rows = evidence("disability.complications_open", units, all_dates())
    rows = rows.filter(found_on__lt=timezone.localdate() - MONTH)
    return rows.select_related("resident").order_by("found_on", "pk")


def waiting_referrals(units):
    """No step for a month."""
    rows = Referral.objects.kept().filter(unit__in=units, state__in=ON_THE_WAY)
    rows = rows.annotate(moved_on=Coalesce("accepted_on", "referred_on", F("occurred_on")))
    rows = rows.filter(moved_on__lt=timezone.localdate() - MONTH)
    return rows.select_related("resident").order_by("moved_on", "pk")


def to_measure_again(units):
    """The last value of a person on a scale is a quarter old, and the file is still open."""
    later = OutcomeMeasure.objects.kept().filter(
        resident=OuterRef("resident"),
        scale=OuterRef("scale"),
        unit=OuterRef("unit"),
        occurred_on__gt=OuterRef("occurred_on"),
    )
    files = DisabilityFile.objects.kept().filter(
        resident=OuterRef("resident"), unit=OuterRef("unit"), closed_on__isnull=True
    )
    rows = OutcomeMeasure.objects.kept().filter(
        ~Exists(later),
        Exists(files),
        unit__in=units,
        occurred_on__lt=timezone.localdate() - QUARTER,
    )
    return rows.select_related("resident").order_by("occurred_on", "pk")


def days_since(day) -> str:
    return f"已 {(timezone.localdate() - day).days} 天"


def when(appointment) -> str:
    return f"{appointment.planned_on} {appointment.planned_at}".strip()


def person_and_kind(row) -> str:
    return f"{row.resident.name}：{row.get_kind_display()}"


register(
    Worklist(
        "disability.appointments_soon",
        "今明两天的治疗预约",
        "disability.view",
        soon,
        ledger="therapy-appointments",
        text=person_and_kind,
        due=when,
        day="planned_on",
        act=editing("登记到诊"),
    ),
    Worklist(
        "disability.appointments_unsettled",
        "治疗预约已过，没有登记来了没有",
        "disability.view",
        unsettled,
        ledger="therapy-appointments",
        text=person_and_kind,
        due=when,
        day="planned_on",
        act=editing("登记到诊"),
    ),
    Worklist(
        "disability.appointments_missed",
        "治疗预约未到，还没有另约",
        "disability.view",
        missed,
        ledger="therapy-appointments",
        text=person_and_kind,
        due=when,
        group=Group.MEND,
        act=adding("另约", "therapy-appointments", resident="resident_id", kind="kind"),
    ),
    Worklist(
        "disability.complications_lasting",
        "并发症超过 30 天没有消除",
        "disability.view",
        lasting,
        ledger="complications",
        text=lambda row: f"{row.resident.name}：{row.what}",
        due=lambda row: days_since(row.found_on),
        group=Group.MEND,
        act=editing("登记转归"),
    ),
    Worklist(
        "disability.referrals_waiting",
        "康复转介超过 30 天没有进展",
        "disability.view",
        waiting_referrals,
        ledger="referrals",
        text=lambda row: f"{row.resident.name}：{row.get_condition_display()}",
        due=lambda row: days_since(row.moved_on),
        group=Group.MEND,
        act=editing("登记进展"),
    ),
    Worklist(
        "disability.outcomes_due",
        "效果评定超过 90 天没有复评",
        "disability.view",
        to_measure_again,
        ledger="outcomes",
        text=lambda row: f"{row.resident.name}：{row.get_scale_display()}",
        due=lambda row: days_since(row.occurred_on),
        group=Group.MEND,
        act=adding("复评", "outcomes", resident="resident_id", scale="scale"),
    ),
)
