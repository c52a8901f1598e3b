"""Demo data of volunteer work: volunteers."""

from portal.demo.world import World


def build(world: World) -> None:
    """Nothing yet."""
