"""Which acts the pages of a household and of a person offer."""

from django.urls import reverse

from portal.ledgers import Action
from portal.scope import access_of
from residents.enums import ActKind, Bond
from residents.models import Membership

OF_HOUSEHOLD = (
    ActKind.SPLIT,
    ActKind.MERGE,
    ActKind.MOVE,
    ActKind.NEW_HEAD,
    ActKind.APART,
    ActKind.REUNITE,
    ActKind.DEATH,
    ActKind.LEAVE,
)
OF_PERSON = (ActKind.APART, ActKind.REUNITE, ActKind.MOVE, ActKind.DEATH, ActKind.LEAVE)


def act_url(kind: ActKind, household_id: int) -> str:
    return reverse(f"household-{kind.value.replace('_', '-')}", args=[household_id])


def acts_of_household(household, user) -> list[Action]:
    """What may be done with the household by who may edit it; nobody leaves an empty one."""
    if not access_of(user).may("residents.edit", household.unit_id):
        return []
    kinds = [ActKind.JOIN]
    rows = Membership.objects.kept().filter(household=household, ends_on__isnull=True)
    bonds = {row.bond for row in rows}
    if bonds:
        fitting = {ActKind.APART: Bond.BOTH in bonds, ActKind.REUNITE: bool(bonds - {Bond.BOTH})}
        kinds += [kind for kind in OF_HOUSEHOLD if fitting.get(kind, True)]
    return [Action(kind.label, act_url(kind, household.pk)) for kind in kinds]


def acts_of_person(person, user) -> list[Action]:
    """What may be done with the person in each of their households."""
    access = access_of(user)
    rows = Membership.objects.visible_to(user).filter(resident=person, ends_on__isnull=True)
    rows = [r for r in rows.select_related("household") if access.may("residents.edit", r.unit_id)]
    found = []
    for row in rows:
        where = f"（户{row.household.number}）" if len(rows) > 1 else ""
        for kind in OF_PERSON:
            if kind == (ActKind.REUNITE if row.bond == Bond.BOTH else ActKind.APART):
                continue
            url = f"{act_url(kind, row.household_id)}?member={row.pk}"
            found.append(Action(kind.label + where, url))
    return found
