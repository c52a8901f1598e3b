"""What is due with assistive devices: loans to come back, needs that wait, stores that run low."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from disability.enums.devices import ISSUED, WAITING, DeviceState
from disability.models import DeviceCase, DeviceStock, DeviceTraining
from portal.figures.engine import evidence
from portal.ledgers.listing import all_dates
from portal.today.days import told_late
from portal.worklists import Group, Worklist, adding, ledger_step, register

FORTNIGHT = timedelta(days=14)


def overdue(units):
    """Loans of the figure that are to be back within a fortnight or before, the longest overdue first."""
    rows = evidence("disability.devices_on_loan", units, all_dates())
    rows = rows.filter(due_back_on__lte=timezone.localdate() + FORTNIGHT, state=DeviceState.ON_LOAN)
    return rows.select_related("resident", "kind").order_by("due_back_on", "pk")


def waiting(units):
    """Noted a fortnight ago and nothing given yet."""
    rows = DeviceCase.objects.kept().filter(
        unit__in=units,
        state__in=sorted(WAITING),
        occurred_on__lt=timezone.localdate() - FORTNIGHT,
    )
    return rows.select_related("resident", "kind").order_by("occurred_on", "pk")


def low(units):
    rows = DeviceStock.objects.kept().filter(
        unit__in=units,
        kind__low_mark__gt=0,
        kind__is_retired=False,
        quantity__lte=F("kind__low_mark"),
    )
    return rows.select_related("kind", "unit").order_by("quantity", "pk")


def untaught(units):
    """Given within a year, wants to be learnt, and nobody has shown the person how since the need."""
    taught = DeviceTraining.objects.kept().filter(
        resident=OuterRef("resident"),
        unit=OuterRef("unit"),
        kind=OuterRef("kind"),
        occurred_on__gte=OuterRef("occurred_on"),
    )
    today = timezone.localdate()
    rows = DeviceCase.objects.kept().filter(
        ~Exists(taught),
        unit__in=units,
        kind__needs_training=True,
        state__in=sorted(ISSUED - {DeviceState.RETURNED}),
        issued_on__range=(today - timedelta(days=365), today - timedelta(days=7)),
    )
    return rows.select_related("resident", "kind").order_by("issued_on", "pk")


def person_and_kind(case) -> str:
    return f"{case.resident.name}：{case.kind.name}"


def back(case) -> str:
    return told_late(case.due_back_on, timezone.localdate()) or f"{case.due_back_on} 应还"


def days(day) -> int:
    return (timezone.localdate() - day).days


register(
    Worklist(
        "disability.devices_overdue",
        "借出的辅具到期应还",
        "disability.view",
        overdue,
        ledger="device-cases",
        text=person_and_kind,
        due=back,
        day="due_back_on",
        act=ledger_step("归还", "device-cases", "return"),
    ),
    Worklist(
        "disability.device_needs_waiting",
        "辅具需求超过 14 天没有满足",
        "disability.view",
        waiting,
        ledger="device-cases",
        text=person_and_kind,
        due=lambda case: f"已 {days(case.occurred_on)} 天",
        group=Group.MEND,
        act=ledger_step("适配发放", "device-cases", "fit"),
    ),
    Worklist(
        "disability.devices_untaught",
        "辅具已发放，还没有使用指导",
        "disability.view",
        untaught,
        ledger="device-cases",
        text=person_and_kind,
        due=lambda case: f"{case.issued_on}",
        group=Group.MEND,
        act=adding("登记指导", "device-trainings", resident="resident_id", kind="kind_id"),
    ),
    Worklist(
        "disability.device_stock_low",
        "辅具库存不足",
        "disability.view",
        low,
        ledger="device-stock",
        text=lambda stock: f"{stock.unit.name}：{stock.kind.name}",
        due=lambda stock: f"剩 {stock.quantity}{stock.kind.measure}",
        group=Group.MEND,
        act=adding("登记入库", "device-entries", kind="kind_id"),
    ),
)
