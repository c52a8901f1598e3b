"""What is wrong or missing in the records of whom volunteers served."""

from django.db.models import Exists, OuterRef, Q

from portal.quality import Severity, register
from portal.quality.family import kept
from residents.models import CareTag
from volunteers.enums.activities import ActivityState
from volunteers.enums.help import HelpState
from volunteers.models import HelpRequest, Served
from volunteers.quality.base import rule

SEEN_BY = "served.view"


def without_household(units):
    return kept(Served, units).filter(household__isnull=True)


def tag_not_in_force(units):
    """Served for a care tag that the person had not, or no longer, on the day."""
    day = OuterRef("occurred_on")
    tags = CareTag.objects.kept().filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        resident=OuterRef("resident"),
        kind=OuterRef("care_kind"),
        starts_on__lte=day,
    )
    return kept(Served, units).filter(~Exists(tags), care_kind__isnull=False)


def arranged_in_cancelled(units):
    return kept(HelpRequest, units).filter(
        state=HelpState.ARRANGED, shift__activity__state=ActivityState.CANCELLED
    )


register(
    rule(
        "served_household", "服务对象没有户", "户数会少；请先登记户成员，再打开这条保存一次。",
        "served", without_household, Severity.MIDDLE, seen_by=SEEN_BY,
    ),
    rule(
        "served_care_kind", "服务对象类别当天不在认定期内", "按类别的户次不准，请改类别或补登关爱对象。",
        "served", tag_not_in_force, Severity.MIDDLE, field="care_kind", seen_by=SEEN_BY,
    ),
    rule(
        "help_cancelled", "服务需求安排的活动已取消", "居民还在等，请另行安排或答复。",
        "help-requests", arranged_in_cancelled, Severity.MIDDLE, seen_by=SEEN_BY,
    ),
)  # fmt: skip
