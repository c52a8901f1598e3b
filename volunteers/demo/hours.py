"""Demo data of volunteer work: hours."""

from portal.demo.world import World


def build(world: World) -> None:
    """Nothing yet."""
