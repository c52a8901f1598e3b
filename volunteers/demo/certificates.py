"""Demo data of volunteer work: certificates."""

from portal.demo.world import World


def build(world: World) -> None:
    """Nothing yet."""
