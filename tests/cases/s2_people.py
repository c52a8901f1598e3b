"""The register of S2: the 310 certificate holders of 江枫街道; 68 of them, aged 16 to 35, train at
阳光之家."""

from tests.cases.invented import Inventor, Some
from tests.cases.register import Register

GROUPS = (
    Some(40, "智力三级", 1992, 2007),
    Some(28, "智力二级", 1992, 2007),
    Some(5, "智力一级", 1972, 1986, "失业"),
    Some(26, "精神二级", 1966, 1995),
    Some(18, "精神三级", 1964, 1994),
    Some(6, "视力一级", 1950, 1978),
    Some(10, "视力二级", 1948, 1981),
    Some(12, "视力三级", 1952, 1988),
    Some(8, "听力一级", 1955, 1992),
    Some(14, "听力二级", 1949, 1985),
    Some(10, "听力三级", 1951, 1990),
    Some(3, "言语二级", 1958, 1983),
    Some(8, "言语三级", 1960, 1991),
    Some(12, "肢体一级", 1964, 1994, "失业"),
    Some(34, "肢体二级", 1947, 1989),
    Some(44, "肢体三级", 1946, 1993),
    Some(22, "肢体四级", 1953, 1996),
    Some(6, "肢体一级、言语二级", 1965, 1990, "失业"),
    Some(4, "视力二级、听力三级", 1956, 1972),
)

_INVENTOR = Inventor(buildings=12)
REGISTER = Register(
    area="449904",
    address="江枫路{building}弄{room}室",
    rolled=tuple(_INVENTOR.people(GROUPS)),
)
DOCTORS, COORDINATORS = _INVENTOR.staff(6), _INVENTOR.staff(30)
DISABLED = REGISTER.disabled
NAMES = [person.name for person in DISABLED]
named = REGISTER.named


def with_components(*components: str) -> list[str]:
    return [person.name for person in DISABLED if person.components in components]


LEARNERS = with_components("智力二级", "智力三级")
CARED_FOR = with_components("智力一级", "肢体一级", "肢体一级、言语二级")
SEVERE = [person.name for person in DISABLED if person.level in ("一级", "二级")]
# He moved into a care home; his mother's words are told with consent.
HERO = next(
    name
    for name in with_components("智力一级")
    if REGISTER.by_name[name].guardian[1] == "母亲" and REGISTER.by_name[name].sex == "男"
)
OF_MIND = with_components("精神二级", "精神三级")
BLIND = with_components("视力一级", "视力二级")
SIGNED = [name for name in NAMES if name not in {*LEARNERS, *OF_MIND[20:]}][:146]
