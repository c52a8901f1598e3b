"""One row of every ledger in one unit, by its slug."""

from datetime import date

from residents.enums import ActKind
from residents.models import HouseholdAct
from tests import factories
from tests.factories import (
    sanitation_cleaners,
    sanitation_inspect,
    sanitation_market,
    sanitation_rectification,
    sanitation_scores,
    sanitation_sites,
    sanitation_waste,
    volunteer_activities,
)


def rows_of(unit, word: str) -> dict:
    """``word`` stands in a text of most rows, to be searched for."""
    person = factories.resident(unit, word)
    house = factories.building(unit, f"{word}大厦")
    flat = factories.dwelling(house, owner=word)
    home = factories.household(unit, f"9-{word}", dwelling=flat)
    moved = factories.life_event(person)
    rows = {
        "residents": person,
        "buildings": house,
        "dwellings": flat,
        "households": home,
        "household-acts": HouseholdAct.objects.create(
            unit=unit, kind=ActKind.JOIN, household=home, occurred_on=date(2025, 3, 1), note=word
        ),
        "memberships": factories.member(home, person),
        "residency-spells": person.spells.get(),
        "life-events": moved,
        "moves": moved,
        "consents": factories.consent(person),
        "data-requests": factories.data_request(person, content=word),
        "visits": factories.visit(person, content=word),
        "activities": factories.activity(unit, title=f"{word}培训"),
        "handouts": factories.handout(unit, material=f"{word}传单"),
        "assistance": factories.assistance(person),
        "applications": factories.application(person),
        "disability-files": factories.disability_file(person),
        "certificates": factories.certificate(person),
    }
    rows |= factories.subsidies_of(person)
    rows["job-infos"] = factories.job_info(unit, employer=f"{word}公司")
    rows["job-pushes"] = factories.job_push(rows["job-infos"], person)
    rows["diaries"] = factories.diary(unit, person, heard=word)
    rows["diary-contacts"] = rows["diaries"].contacts.get()
    rows["consultations"] = factories.consultation(person, advice=word)
    rows["problems"] = factories.problem(unit, title=word, resident=person)
    rows["participations"] = factories.participation(rows["activities"], person)
    rows |= factories.office.one_of_each(unit)
    rows |= factories.conditions.one_of_each(person) | factories.devices.one_of_each(person)
    rows |= factories.programmes.one_of_each(person)
    rows |= factories.rehabilitation_of(person, rows["partners"])
    rows |= factories.catalogue.one_of_each(unit)
    rows |= factories.cases.one_of_each(person)
    rows |= factories.redress.one_of_each(person)
    rows |= volunteer_activities.one_of_each(unit, word)
    rows |= factories.placements.one_of_each(unit)
    rows |= sanitation_market.one_of_each(person)
    rows |= sanitation_waste.one_of_each(unit)
    rows |= sanitation_cleaners.one_of_each(unit)
    rows |= sanitation_sites.one_of_each(unit)
    rows |= sanitation_rectification.one_of_each(unit, word)
    rows |= sanitation_inspect.one_of_each(unit)
    return rows | sanitation_scores.one_of_each(unit)
