"""Demo work of the one-stop service agency, in the order in which one builds on the other."""

from portal.demo.world import World
from servicecenter.demo import agency, cases, catalogue, public, ratings, reception, visits


def build(world: World) -> None:
    agency.build(world)
    catalogue.build(world)
    cases.build(world)
    reception.build(world)
    visits.build(world)
    ratings.build(world)
    public.build(world)
