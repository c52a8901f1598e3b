"""Orders, cards and programmes."""

from portal.demo.world import World


def build(world: World) -> None:
    """Filled in by its slice."""
