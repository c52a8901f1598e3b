"""Needs found in visits that nobody has taken up."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.worklists import Act, register
from residents.models import Problem, Visit
from servicecenter.figures.visits import NEEDED
from servicecenter.models import Case
from servicecenter.worklists.reception import ANSWER_WITHIN, kept, listed


def needs_untaken(units):
    """Neither a case nor a problem item was begun within three days."""
    taken = (Exists(model.objects.kept().filter(visit=OuterRef("pk"))) for model in (Case, Problem))
    rows = kept(Visit, units).filter(NEEDED, occurred_on__lte=timezone.localdate() - ANSWER_WITHIN)
    for each in taken:
        rows = rows.filter(~each)
    return rows.select_related("resident", "folk").order_by("occurred_on", "pk")


register(
    listed(
        "folk_needs_untaken",
        "走访发现的需求 3 天没有转办",
        needs_untaken,
        "folk-visits",
        lambda row: f"{row.resident.name}：{row.folk.need[:20]}",
        lambda row: f"{row.occurred_on} 走访",
        Act("转办", page="detail"),
    ),
)
