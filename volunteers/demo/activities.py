"""Demo data of volunteer work: activities."""

from portal.demo.world import World


def build(world: World) -> None:
    """Nothing yet."""
