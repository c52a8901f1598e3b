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
    scores,
    enforcement,
    campaigns,
    sites,
)


def build(world: World) -> None:
    for room in ROOMS:
        room.build(world)
