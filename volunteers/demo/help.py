"""Demo data of volunteer work: help."""

from portal.demo.world import World


def build(world: World) -> None:
    """Nothing yet."""
