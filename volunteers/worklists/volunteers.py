"""What is due about volunteers: insurances that run out, guardians whose consent is missing."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.worklists import Group, Worklist, adding, editing, register
from volunteers.models import VolunteerInsurance
from volunteers.selectors.shifts import standing
from volunteers.selectors.volunteers import without_guardian

SOON = timedelta(days=30)


def running_out(units):
    """Insurances that end within thirty days and are followed by none, of volunteers who have signed up
    for a shift that lies ahead."""
    today = timezone.localdate()
    kept = VolunteerInsurance.objects.kept()
    later = kept.filter(volunteer=OuterRef("volunteer"), ends_on__gt=OuterRef("ends_on"))
    signed = standing().filter(
        volunteer=OuterRef("volunteer"),
        shift__starts_at__gte=timezone.now(),
        shift__deleted_at__isnull=True,
    )
    rows = kept.filter(
        ~Exists(later), Exists(signed), unit__in=units, ends_on__range=(today, today + SOON)
    )
    return rows.select_related("volunteer__resident").order_by("ends_on", "pk")


def guardians_to_ask(units):
    rows = without_guardian(units, timezone.localdate())
    return rows.select_related("resident").order_by("joined_on", "pk")


register(
    Worklist(
        "volunteers.insurances",
        "志愿者保险快到期",
        "volunteers.edit",
        running_out,
        "volunteer-insurances",
        lambda row: row.volunteer.called,
        lambda row: f"{row.ends_on} 到期",
        day="ends_on",
        act=adding("续保", "volunteer-insurances", volunteer="volunteer_id", insurer="insurer"),
    ),
    Worklist(
        "volunteers.guardians",
        "未成年志愿者缺监护人同意",
        "volunteers.edit",
        guardians_to_ask,
        "volunteers",
        lambda row: row.called,
        lambda row: f"{row.joined_on} 加入",
        group=Group.MEND,
        act=editing("补记同意"),
    ),
)
