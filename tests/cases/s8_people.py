"""Who lives in the nine villages of 春和镇, invented by rule, and whom cadres called on from the fourth quarter on."""

from collections.abc import Iterator
from datetime import date

from tests.cases.invented import SURNAMES, Inventor
from tests.cases.register import Person, Register
from tests.cases.visiting import days

# As portal/demo/cases.py makes them.
VILLAGES = (
    *("明塘村", "金岭村", "大渔村", "龙泉村", "百合村"),
    *("花溪村", "春山村", "九里村", "洞口村"),
)
WORST, SITE = VILLAGES[0], VILLAGES[1]  # 明塘村 got the card, 金岭村 has the demonstration site
GROUPS = ("第一网格", "第二网格", "第三网格", "第四网格")
HOUSEHOLDS = 8  # in each village
# Visits of cadres from October to December; the last three lose 10, 5 and 3 points: they reached 3, 6
# and 7 of their homes, all others each.
VISITS = dict(zip(VILLAGES, (6, 24, 9, 12, 15, 18, 21, 14, 3), strict=True))
UNREACHED = {VILLAGES[2]: 1}
CADRES = ("龚建平", "易小红", "柳志军", "单玉兰")


def _people() -> Iterator[Person]:
    """Each household has a couple."""
    inventor = Inventor()
    for place, village in enumerate(VILLAGES):
        for number in range(HOUSEHOLDS):
            home = f"{village.removesuffix('村')}-{101 + number}"
            inventor._made = place * 40 + number * 3
            surname = SURNAMES[(place * 7 + number * 17) % len(SURNAMES)]
            year = 1950 + (place * 11 + number * 7) % 40
            born = date(year, 1 + number * 5 % 12, 1 + (place + number * 11) % 28)
            yield Person(home, inventor.name(surname, "男"), "男", born, "户主")
            inventor._made += 1
            wed = SURNAMES[(place * 13 + number * 23 + 5) % len(SURNAMES)]
            born = date(year + 2, 1 + number * 7 % 12, 1 + number * 3 % 28)
            yield Person(home, inventor.name(wed, "女"), "女", born, "配偶")


REGISTER = Register(area="449908", address="春和镇{building}村{room}号", rolled=tuple(_people()))


def village_of(household: str) -> str:
    return f"{household.split('-')[0]}村"


HEADS = {
    village: [
        person.name
        for person in REGISTER.people
        if person.relation == "户主" and village_of(person.household) == village
    ]
    for village in VILLAGES
}


def sheets() -> dict[str, list[dict]]:
    found = REGISTER.sheets()
    for row in (*found["户"], *found["居民"]):
        row["单位"] = village_of(row["户编号"])
    return {"户": found["户"], "居民": found["居民"], "走访": list(_visits())}


def _visits() -> Iterator[dict]:
    for village, count in VISITS.items():
        reached = HOUSEHOLDS - UNREACHED.get(village, 0)
        a_month, rest = divmod(count, 3)
        counts = [0] * 9 + [a_month + (rest > n) for n in range(3)]
        for number, day in enumerate(days(counts)):
            yield {
                "日期": day,
                **REGISTER.named(HEADS[village][number % reached]),
                "方式": "入户",
                "目的": "垃圾分类",
                "走访人": CADRES[number % len(CADRES)],
                "情况记录": "宣传垃圾分类和门前三包，查看房前屋后卫生。",
                "计入工作": "居民与户、环境卫生",
                "单位": village,
            }
