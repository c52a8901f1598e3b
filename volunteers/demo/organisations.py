"""Demo data of volunteer work: organisations."""

from portal.demo.world import World


def build(world: World) -> None:
    """Nothing yet."""
