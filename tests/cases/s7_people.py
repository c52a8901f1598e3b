"""The register of S7: 92 disabled residents in the care of 康宁社区卫生服务中心."""

from tests.cases.invented import Inventor, Some
from tests.cases.register import Register

PARAPLEGIA = "肢体一级"
GROUPS = (
    Some(9, PARAPLEGIA, 1955, 1988),
    Some(8, "肢体二级", 1950, 1984),
    Some(24, "肢体三级", 1948, 1990),
    Some(7, "视力一级", 1952, 1979),
    Some(8, "视力二级", 1949, 1982),
    Some(10, "听力二级", 1951, 1987),
    Some(6, "言语三级", 1956, 1991),
    Some(9, "智力三级", 1986, 2005),
    Some(11, "精神二级", 1965, 1993),
)

PEOPLE = tuple(Inventor(buildings=8).people(GROUPS))
_DISABLED = [person for person in PEOPLE if person.components]
_DEAF = [person.name for person in _DISABLED if person.components == "听力二级"]
SIGNING = 6  # people who speak with their hands
WITHOUT_RECORD = 4  # files that no family health record goes with yet


def _more_of_files() -> dict[str, dict]:
    found = {}
    for number, person in enumerate(_DISABLED):
        row = {}
        if number < len(_DISABLED) - WITHOUT_RECORD:
            row["家庭健康档案号"] = f"KN{2000 + number}"
        if person.name in _DEAF[:SIGNING]:
            row["沟通方式"] = "手语"
        found[person.name] = row
    return found


REGISTER = Register(
    area="449905",
    address="康宁路{building}号{room}室",
    rolled=PEOPLE,
    more_of_files=_more_of_files(),
)
DISABLED = REGISTER.disabled
NAMES = [person.name for person in DISABLED]
named = REGISTER.named


def with_components(*components: str) -> list[str]:
    return [person.name for person in DISABLED if person.components in components]
