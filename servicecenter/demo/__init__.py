"""Demo work of the one-stop service agency, in the order in which one builds on the other."""

from portal.demo.world import World
from servicecenter.demo import agency, catalogue, reception
from servicecenter.demo import agency, ratings, reception
from servicecenter.demo import agency, reception, visits
from servicecenter.demo import agency, catalogue, public, reception


def build(world: World) -> None:
    agency.build(world)
    catalogue.build(world)
    reception.build(world)
    ratings.build(world)
    visits.build(world)
    public.build(world)
