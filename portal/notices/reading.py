"""Who is to read a notice, who did, and what waits for one reader."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.models import Notice, NoticeReceipt, RoleAssignment, Unit, User
from portal.models.notices import works_at
from portal.models.units import UnitKind
from portal.notices.workflow import NoticeState
from portal.notifying.sending import roles_with

READS = "notices.read"


def readers(notice: Notice) -> dict[int, tuple[User, int]]:
    """By account who is to read it today, with the unit of the audience at which they work; whoever
    published it is not among them. Of grids the community is told."""
    rows = (
        RoleAssignment.objects.valid_on(timezone.localdate())
        .filter(role__in=roles_with(READS), user__is_active=True)
        .select_related("user", "unit")
    )
    found = {}
    for row in rows.order_by("pk"):
        unit = row.unit.parent_id if row.unit.kind == UnitKind.GRID else row.unit_id
        if unit in notice.audience and row.user_id != notice.published_by_id:
            found.setdefault(row.user_id, (row.user, unit))
    return found


@dataclass
class UnitReading:
    """One unit's people: who read it when, and who has not."""

    unit: Unit
    read: list[tuple[User, datetime]] = field(default_factory=list)
    unread: list[User] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.read) + len(self.unread)


def reading_by_unit(notice: Notice) -> list[UnitReading]:
    """Each unit of the audience, by code. Who read it and left since is still told as having read it."""
    units = {unit.pk: UnitReading(unit) for unit in Unit.objects.filter(pk__in=notice.audience)}
    receipts = {
        row.user_id: row for row in notice.receipts.select_related("user").order_by("read_at")
    }
    asked = readers(notice)
    for pk, (user, unit) in asked.items():
        if pk in receipts:
            units[unit].read.append((user, receipts[pk].read_at))
        else:
            units[unit].unread.append(user)
    for pk, row in receipts.items():
        if pk not in asked and row.unit_id in units:
            units[row.unit_id].read.append((row.user, row.read_at))
    for each in units.values():
        each.read.sort(key=lambda pair: pair[1])
        each.unread.sort(key=lambda user: (user.name, user.pk))
    return sorted(units.values(), key=lambda each: each.unit.code)


def unread_people(notice: Notice) -> list[User]:
    return [user for each in reading_by_unit(notice) for user in each.unread]


def unread_by(rows, user):
    """Those of the notices that ask this user for 已阅 and have it not yet."""
    receipts = NoticeReceipt.objects.filter(notice=OuterRef("pk"), user=user)
    return rows.filter(
        ~Exists(receipts),
        state=NoticeState.OUT,
        receipt_by__isnull=False,
        audience__overlap=sorted(works_at(user, READS)),
    ).exclude(published_by=user)


def asking(units):
    """Notices in force that ask for 已阅, to any of these units, by day."""
    rows = Notice.objects.kept().filter(
        state=NoticeState.OUT, receipt_by__isnull=False, audience__overlap=list(units)
    )
    return rows.select_related("unit").order_by("receipt_by", "pk")


def may_confirm(notice: Notice, user) -> bool:
    return unread_by(Notice.objects.filter(pk=notice.pk), user).exists()
