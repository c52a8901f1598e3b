"""Demo data of volunteer work: publicity."""

from portal.demo.world import World


def build(world: World) -> None:
    """Nothing yet."""
