"""Demo data of volunteer work, in the order in which one builds on the other."""

from portal.demo.world import World
from volunteers.demo import (
    activities,
    certificates,
    help,
    hours,
    organisations,
    publicity,
    trainees,
    volunteers,
)

ROOMS = (volunteers, organisations, activities, hours, help, publicity, certificates, trainees)


def build(world: World) -> None:
    for room in ROOMS:
        room.build(world)
