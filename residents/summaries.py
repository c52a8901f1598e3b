"""What a street's roll-up (outline H) tells of its people and households."""

from portal.office.summaries import OVERALL, overall
from portal.summaries import FigureTable, Narrative, register
from portal.telling import changes


def compared_with_before(telling):
    return changes(
        telling,
        {
            "residents.registered": "在册居民",
            "residents.households": "在册户数",
            "residents.cared_for": "关爱对象",
        },
    )


register(
    overall(
        "lead",
        20,
        "在册居民{residents.registered}、{residents.households}。",
        "residents.registered",
    ),
    overall(
        "residents",
        10,
        "纳入关爱的居民{residents.cared_for}。登记房屋{residents.dwellings}，其中有人居住"
        "{residents.dwellings_occupied}，出租{residents.dwellings_rented}，无人居住"
        "{residents.dwellings_vacant}。",
        "residents.cared_for",
        "residents.dwellings",
    ),
    Narrative(OVERALL, "residents", 20, compared_with_before),
    FigureTable(
        OVERALL,
        "residents",
        30,
        "各社区居民和户",
        (
            "residents.registered",
            "residents.households",
            "residents.cared_for",
            "residents.dwellings",
        ),
        by="unit",
        chart="residents.registered",
        compare=True,
    ),
)
