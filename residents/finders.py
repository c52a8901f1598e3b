"""People and households for the one search box."""

from django.db.models import Q

from portal.finders import Finder, register
from residents.selectors import search_residents


def person_hit(person) -> dict:
    return {
        "name": person.name,
        "note": person.get_sex_display(),
        "number": person.masked_id,
        "place": " · ".join(filter(None, (str(person.unit), person.is_here and person.address))),
    }


def households_found(rows, text):
    return rows.filter(Q(number__istartswith=text) | Q(address__contains=text))


def household_hit(household) -> dict:
    return {
        "name": household.number,
        "note": household.head_name or "",
        "place": f"{household.unit} · {household.address}",
    }


register(
    Finder("residents.people", "residents", search_residents, person_hit),
    Finder("residents.households", "households", households_found, household_hit),
)
