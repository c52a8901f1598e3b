"""Which figures stand at the top of the home page; an app adds its own in ``<app>/figures.py``."""

from portal.figures.declare import figures


class Tiles:
    """Codes in the order in which the apps offered them."""

    def __init__(self):
        self._codes: list[str] = []

    def add(self, *codes: str) -> None:
        self._codes += codes

    def __iter__(self):
        len(figures)  # the apps' figures modules offer tiles when they are first asked for
        return iter([code for code in self._codes if code in figures])


tiles = Tiles()
