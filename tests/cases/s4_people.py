"""The register of S4: who lives in 明德社区, whom care tags mark, and its volunteers, invented by rule."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.cases.invented import SURNAMES, Inventor
from tests.cases.register import Person, Register, id_number

HOUSEHOLDS = 80
UNIT = "449902001005"
LEFT = {7: (date(2025, 5, 31), "搬离本地"), 19: (date(2025, 9, 30), "工作调动")}


def _people() -> Iterator[Person]:
    """Every second household is a couple; the heads are from twenty to ninety."""
    inventor = Inventor(buildings=5, floors=6)
    for number in range(HOUSEHOLDS):
        home = next(inventor._homes)
        inventor._made = number * 3
        year = 1936 + number * 11 % 66
        sex = "女" if number % 5 in (1, 3) else "男"
        born = date(year, 1 + number * 5 % 12, 1 + number * 11 % 28)
        surname = SURNAMES[number * 13 % len(SURNAMES)]
        yield Person(home, inventor.name(surname, sex), sex, born, "户主")
        if number % 2 == 0:
            inventor._made += 1
            other = "男" if sex == "女" else "女"
            wed = SURNAMES[(number * 19 + 3) % len(SURNAMES)]
            born = date(year + 1 - number % 3, 1 + number * 7 % 12, 1 + number * 3 % 28)
            yield Person(home, inventor.name(wed, other), other, born, "配偶")


REGISTER = Register(area="449907", address="明德路{building}栋{room}室", rolled=tuple(_people()))
named = REGISTER.named
HEADS = [person for person in REGISTER.people if person.relation == "户主"]
ALONE = [
    person
    for person in HEADS
    if sum(other.household == person.household for other in REGISTER.people) == 1
]
# Lonely elders live by themselves; hardship is nobody else's.
LONELY = [person for person in ALONE if person.born_on.year <= 1955][:8]
POOR = [person for person in HEADS if 1956 <= person.born_on.year <= 1966][:6]
DISABLED = [person for person in HEADS if 1967 <= person.born_on.year <= 1974][:5]
OTHERS = [p for p in HEADS if p.born_on.year <= 1955 and p not in LONELY][:5]
CARED = ((LONELY, "孤寡老人"), (POOR, "特困"))

RESIDENTS = [person for person in REGISTER.people if 1956 <= person.born_on.year <= 2001]
RESIDENTS = [p for p in RESIDENTS if p not in POOR and p not in DISABLED][:40]
SKILLS = ("", "医疗护理", "法律", "理发", "水电维修", "文艺", "教育辅导", "应急救护")
WISHES = ("环境卫生", "义务巡逻", "助老", "义诊健康", "法律服务", "政策宣传", "文体活动")


def care_tags() -> list[dict]:
    return [
        {**named(person.name), "类别": kind, "认定日期": date(2023, 1 + n % 12, 10)}
        for people, kind in CARED
        for n, person in enumerate(people)
    ]


def number_of(place: int) -> str:
    return f"{UNIT}-{place + 1:05d}"


def _outsiders() -> list[dict]:
    """Those who live elsewhere: nurses, lawyers, firemen, students of the partners."""
    inventor = Inventor()
    inventor._names = {person.name for person in REGISTER.people}
    rows = []
    for number, name in enumerate(inventor.staff(22)):
        born = date(1975 + number * 7 % 30, 1 + number * 5 % 12, 2 + number * 3 % 26)
        sex = "男" if (number + 1) % 4 == 0 else "女"
        rows.append(
            {
                "姓名": name,
                "证件类型": "居民身份证",
                "证件号码": id_number("449908", born, 2 * number + (sex == "男")),
                "性别": sex,
                "出生日期": born,
                "联系电话": f"1990908{number:04d}",
                "居住区域": "案例街道其他社区",
                "职业和资格": ("执业护士", "执业律师", "消防员", "教师", "社会工作师")[number % 5],
            }
        )
    return rows


def joined_on(place: int) -> date:
    """Forty-six before 2025, then one after the other through the year."""
    if place < 46:
        return date(2021 + place % 4, 3, 5) + timedelta(days=place * 3)
    return date(2025, 1 + (place - 46) * 10 // 16, 6 + place % 9)


def volunteers() -> list[dict]:
    """In the order of their numbers: residents and people from outside in turn."""
    residents, outsiders = iter(RESIDENTS), iter(_outsiders())
    rows = []
    for place in range(62):
        if (place % 3 == 2 and place // 3 < 22) or place >= 60:
            row = next(outsiders, None) or named(next(residents).name)
        else:
            person = next(residents, None)
            row = named(person.name) if person else next(outsiders)
        gone, why = LEFT.get(place, ("", ""))
        rows.append(
            {"志愿者编号": number_of(place), **row}
            | {
                "服务技能": SKILLS[place % len(SKILLS)],
                "服务意向": WISHES[place % len(WISHES)],
                "加入日期": joined_on(place),
                "加入方式": "本人书面申请",
                "申请或同意的凭据": f"申请表第{place + 1}号，存于志愿服务站",
                "同意公开姓名": "否" if place % 4 == 2 else "是",
                "退出日期": gone,
                "退出原因": why,
            }
        )
    return rows


VOLUNTEERS = volunteers()


def volunteer(place: int) -> dict:
    """The two cells by which a row names a volunteer."""
    row = VOLUNTEERS[place]
    return {"志愿者编号": row["志愿者编号"], "姓名": row["姓名"]}


def on(day: date) -> list[int]:
    """The places of those who were volunteers on the day."""
    return [
        place
        for place, row in enumerate(VOLUNTEERS)
        if row["加入日期"] <= day and not (row["退出日期"] and row["退出日期"] <= day)
    ]
