"""Communities without a target for the year, and those where no haul was recorded for a week."""

from datetime import timedelta

from django.db.models import Exists, Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from portal.models import Unit
from portal.models.units import UnitKind
from portal.worklists import Act, Group, Worklist, register
from sanitation.models import Buyback, BuybackTarget, WasteHaul

QUIET = timedelta(days=7)


def communities(units):
    rows = Unit.objects.filter(pk__in=units, kind=UnitKind.COMMUNITY)
    return rows.valid_on(timezone.localdate()).order_by("code")


def without_target(units):
    """Where anything was ever bought back in these communities, each of them ought to have a target."""
    today, there = timezone.localdate(), Q(community__in=units)
    begun = Buyback.objects.kept().filter(there).exists()
    begun = begun or BuybackTarget.objects.kept().filter(there).exists()
    if not begun:
        return Unit.objects.none()
    present = BuybackTarget.objects.in_force(today).filter(community=OuterRef("pk"))
    return communities(units).filter(~Exists(present))


def without_haul(units):
    """Hauls were recorded once, and none in the last seven days."""
    hauls = WasteHaul.objects.kept().filter(community=OuterRef("pk"))
    last = hauls.order_by().values("community").annotate(day=Max("occurred_on")).values("day")
    before = timezone.localdate() - QUIET
    rows = communities(units).annotate(last_haul=Subquery(last))
    return rows.filter(last_haul__lt=before).order_by("last_haul", "code")


def year(community) -> str:
    return f"{timezone.localdate().year}年"


def since(community) -> str:
    return f"最后一车 {community.last_haul}"


def adding(slug: str):
    def address(community) -> str:
        return f"{reverse('ledger-add', args=[slug])}?community={community.pk}"

    return address


register(
    Worklist(
        "sanitation.target_missing",
        "本年没有回购任务的社区",
        "sanitation.edit",
        without_target,
        "buyback-targets",
        str,
        year,
        address=adding("buyback-targets"),
        group=Group.MEND,
        place="pk",
        act=Act("登记任务", adding("buyback-targets")),
    ),
    Worklist(
        "sanitation.haul_missing",
        "7天没有登记清运的社区",
        "sanitation.edit",
        without_haul,
        "waste-hauls",
        str,
        since,
        address=adding("waste-hauls"),
        group=Group.MEND,
        place="pk",
        act=Act("登记清运", adding("waste-hauls")),
    ),
)
