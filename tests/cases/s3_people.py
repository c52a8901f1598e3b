"""The register of S3: who lives in 新河社区, invented by rule, and the firms that came with a request."""

from collections.abc import Iterator
from datetime import date

from tests.cases.invented import SURNAMES, Inventor
from tests.cases.register import Person, Register

HOUSEHOLDS = 120
FIRMS = (
    ("新河蔬菜种植专业合作社", "其他组织", "合作社"),
    ("河畔便民超市", "个体商户", "超市"),
    ("老街粉店", "个体商户", "餐饮"),
    ("新河五金建材经营部", "个体商户", "建材"),
    ("向阳托育园", "企业", "托育"),
    ("金穗米业加工厂", "企业", "加工"),
    ("新河货运服务部", "个体商户", "货运"),
    ("青禾园艺有限公司", "企业", "园艺"),
    ("新河渔业养殖户联合会", "其他组织", "养殖"),
    ("晨光文印店", "个体商户", "文印"),
)


def _people() -> Iterator[Person]:
    """Every second household is a couple, every third has a child of school age as well."""
    inventor = Inventor(buildings=6, floors=5)
    for number in range(HOUSEHOLDS):
        home = next(inventor._homes)
        surname = SURNAMES[number * 17 % len(SURNAMES)]
        inventor._made = number * 3
        year = 1946 + number * 7 % 48
        sex = "女" if number % 5 == 2 else "男"
        born = date(year, 1 + number * 5 % 12, 1 + number * 11 % 28)
        yield Person(home, inventor.name(surname, sex), sex, born, "户主")
        if number % 2 == 0:
            inventor._made += 1
            other = "男" if sex == "女" else "女"
            wed = SURNAMES[(number * 23 + 5) % len(SURNAMES)]
            born = date(year + 1 - number % 3, 1 + number * 7 % 12, 1 + number * 3 % 28)
            yield Person(home, inventor.name(wed, other), other, born, "配偶")
        if number % 3 == 0 and year >= 1975:
            inventor._made += 1
            child = "女" if number % 4 else "男"
            born = date(year + 30, 1 + number * 2 % 12, 1 + number * 13 % 28)
            relation = "女" if child == "女" else "子"
            yield Person(home, inventor.name(surname, child), child, born, relation)


REGISTER = Register(
    area="449906",
    address="新河路{building}栋{room}室",
    rolled=tuple(person for person in _people() if person.born_on.year <= 2023),
)
ADULTS = [person.name for person in REGISTER.people if person.born_on.year < 2006]
named = REGISTER.named


def firms() -> list[dict]:
    return [
        {
            "姓名（名称）": name,
            "类型": kind,
            "联系人": f"{SURNAMES[number * 3]}经理" if kind == "企业" else "负责人",
            "联系电话": f"1990990{number:04d}",
            "地址": f"新河路{10 + number * 2}号",
            "备注": trade,
        }
        for number, (name, kind, trade) in enumerate(FIRMS)
    ]
