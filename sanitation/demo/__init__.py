"""Demo data of sanitation work, in the order in which one builds on the other."""

from portal.demo.world import World
from sanitation.demo import (
    campaigns,
    cleaners,
    enforcement,
    inspections,
    places,
    rectification,
    scores,
    sites,
    waste,
)

ROOMS = (
    places,
    cleaners,
    inspections,
    rectification,
    waste,
    enforcement,
    campaigns,
    sites,
    scores,  # last: a quarter is computed from what the others recorded
)


def build(world: World) -> None:
    for room in ROOMS:
        room.build(world)
