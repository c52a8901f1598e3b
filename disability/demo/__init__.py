"""Demo disability work, in the order in which one builds on the other."""

from disability.demo import (
    applications,
    conditions,
    devices,
    files,
    network,
    programmes,
    rehabilitation,
    subsidies,
)
from portal.demo.world import World


def build(world: World) -> None:
    files.build(world)
    applications.build(world)
    programmes.build(world)
    subsidies.build(world)
    rehabilitation.build(world)
    network.build(world)
    conditions.build(world)
    devices.build(world)
