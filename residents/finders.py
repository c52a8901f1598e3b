"""People and households for the one search box."""

from portal.finders import Finder, register
from residents.selectors import search_households, search_residents


def person_hit(person) -> dict:
    return {
        "name": person.name,
        "note": person.get_sex_display(),
        "number": person.masked_id,
        "place": " · ".join(filter(None, (str(person.unit), person.is_here and person.address))),
    }


def household_hit(household) -> dict:
    return {
        "name": household.number,
        "note": household.head_name or "",
        "place": f"{household.unit} · {household.address}",
    }


register(
    Finder("residents.people", "residents", search_residents, person_hit),
    Finder("residents.households", "households", search_households, household_hit),
)
