"""Demo data of volunteer work: trainees."""

from portal.demo.world import World


def build(world: World) -> None:
    """Nothing yet."""
