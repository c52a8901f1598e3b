"""Demo work of the one-stop service agency, in the order in which one builds on the other."""

from portal.demo.world import World


def build(world: World) -> None:
    pass
