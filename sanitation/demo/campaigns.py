"""Clean-ups of each season, contests, study tours, hot spots."""

from portal.demo.world import World


def build(world: World) -> None:
    """Filled in by its slice."""
