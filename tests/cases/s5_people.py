"""The register of S5: the 126 disabled residents of 和顺社区, 108 of whom renew their certificate."""

from datetime import date

from tests.cases.invented import Inventor, Some
from tests.cases.register import Register

GROUPS = (
    Some(10, "视力二级", 1946, 1968),
    Some(8, "视力三级", 1948, 1985),
    Some(12, "听力二级", 1950, 1979),
    Some(6, "听力四级", 1953, 1971),
    Some(5, "言语三级", 1958, 1990, "在业"),
    Some(20, "肢体二级", 1944, 1984),
    Some(28, "肢体三级", 1950, 1992, "失业"),
    Some(16, "肢体四级", 1956, 1996, "灵活就业"),
    Some(6, "智力二级", 1984, 2003),
    Some(5, "智力三级", 1990, 2006),
    Some(6, "精神二级", 1968, 1991),
    Some(4, "肢体二级、言语三级", 1949, 1966),
)
RENEWING = 108
WITHOUT_CERTIFICATE = 4

PEOPLE = tuple(Inventor(buildings=7).people(GROUPS))
_DISABLED = [person.name for person in PEOPLE if person.components]
# Their first cards were issued in one round of 2015 and run out in the year told.
RENEWERS = _DISABLED[:RENEWING]
FIRST_ROUND = {
    name: date(2015, 7 + number * 5 // RENEWING, 1 + number * 11 % 27)
    for number, name in enumerate(RENEWERS)
}

REGISTER = Register(
    area="449903",
    address="和顺里{building}栋{room}室",
    rolled=PEOPLE,
    without_certificate=frozenset(_DISABLED[-WITHOUT_CERTIFICATE:]),
    opened=FIRST_ROUND,
    told_on=date(2025, 6, 30),
)
DISABLED = REGISTER.disabled
named = REGISTER.named


def with_components(*components: str) -> list[str]:
    return [person.name for person in DISABLED if person.components in components]
