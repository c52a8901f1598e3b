"""Demo work of the one-stop service agency, in the order in which one builds on the other."""

from portal.demo.world import World
from servicecenter.demo import agency, cases, catalogue, reception


def build(world: World) -> None:
    agency.build(world)
    catalogue.build(world)
    cases.build(world)
    reception.build(world)
