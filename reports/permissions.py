"""Who may write and sign summaries. Reading follows ``visible_to``."""

from django.db.models import Q

from portal.models import Unit, UnitGroup
from portal.models.units import UnitKind
from portal.scope import Denied, access_of
from portal.summaries import ABOVE_COMMUNITIES, Outline, outlines
from reports.models import Summary


def may_draft(user, summary: Summary) -> bool:
    return summary.is_draft and access_of(user).may("summaries.draft", summary.unit_id)


def may_issue(user, summary: Summary) -> bool:
    return summary.is_draft and access_of(user).may("summaries.issue", summary.unit_id)


def check_draft(user, unit_id: int, outline: Outline) -> None:
    """Raise Denied unless ``user`` writes summaries of the unit and sees the records told."""
    access = access_of(user)
    domains = (f"{domain}.view" for domain in outline.domains)
    for permission in ("summaries.draft", "figures.view", *domains):
        access.check(permission, unit_id)


def check_suits(outline: Outline, unit: Unit, group: UnitGroup | None) -> None:
    if not outline.suits(unit, group):
        raise Denied(f"“{outline.name}”汇总几个社区的工作，只由街道、区县或社区组起草。")


def check_issue(user, summary: Summary) -> None:
    access_of(user).check("summaries.issue", summary.unit_id)


def check_open(summary: Summary) -> None:
    if not summary.is_draft:
        raise Denied("这份总结已经签发，不能再改；需要更正的，请另起草稿再次签发。")


def drafting_units(user):
    """Communities, streets and districts for which ``user`` may draft something."""
    units = access_of(user).units("summaries.draft")
    return Unit.objects.filter(~Q(kind=UnitKind.GRID), pk__in=units).order_by("code")


def drafting_groups(user):
    """Groups of communities of the units for which ``user`` drafts."""
    units = access_of(user).units("summaries.draft")
    return UnitGroup.objects.kept().filter(unit__in=units).select_related("unit")


def grouping_units(user):
    """Streets and districts whose communities ``user`` may group."""
    return drafting_units(user).filter(kind__in=ABOVE_COMMUNITIES)


def check_group(user, unit_id: int) -> None:
    access_of(user).check("summaries.draft", unit_id)


def drafting_outlines(user) -> list[Outline]:
    access = access_of(user)
    return [o for o in outlines if all(access.may(f"{domain}.view") for domain in o.domains)]
