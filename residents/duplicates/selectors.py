"""Reads for the pages of duplicates: the queue, and what is recorded about the two of a pair."""

from collections import defaultdict

from django.db.models import CharField, Count, Value

from portal.scope import access_of
from residents.duplicates.permissions import PERMISSION
from residents.duplicates.references import references
from residents.enums import DuplicateDecision
from residents.models import DuplicatePair, Merge, Resident

STATES = {
    "waiting": "待核对",
    "later": "以后再说",
    "different": "已判不同人",
}


def pairs_of(user, state: str = ""):
    """The pairs that the user may decide; with ``state`` those of one tab of the queue.

    One of whom somebody moved out of reach since is the unit above's, though its row still lies here.
    """
    units = access_of(user).units(PERMISSION)
    pairs = DuplicatePair.objects.standing().filter(
        unit__in=units, first__unit__in=units, second__unit__in=units
    )
    pairs = pairs.select_related("first__unit", "second__unit", "unit", "decided_by")
    match state:
        case "waiting":
            return pairs.waiting()
        case "later":
            return pairs.filter(decision=DuplicateDecision.LATER)
        case "different":
            return pairs.filter(decision=DuplicateDecision.DIFFERENT)
    return pairs


def merges_of(user):
    units = access_of(user).units(PERMISSION)
    merges = Merge.objects.kept().filter(unit__in=units)
    return merges.select_related(
        "survivor__unit", "merged__unit", "unit", "recorded_by", "undone_by", "pair"
    )


def records_of(user, *residents: Resident) -> dict[str, list[int]]:
    """How many records of each kind speak of each resident, of the kinds that the user may see."""
    access, counts = access_of(user), []
    for reference in references():
        if not access.may(f"{getattr(reference.model, 'domain', 'residents')}.view"):
            continue
        if reference.model is Resident or not reference.can_be_binned:
            continue
        key = reference.field.attname
        rows = reference.model._base_manager.filter(deleted_at__isnull=True, **reference.about)
        rows = rows.filter(**{f"{key}__in": [each.pk for each in residents]})
        label = Value(reference.label, output_field=CharField())
        rows = rows.order_by().annotate(label=label)
        counts.append(rows.values_list("label", key).annotate(n=Count("pk")))
    first, *others = counts
    found = defaultdict(lambda: [0] * len(residents))
    places = {each.pk: place for place, each in enumerate(residents)}
    for label, pk, number in first.union(*others, all=True):
        found[label][places[pk]] += number
    return dict(sorted(found.items()))
