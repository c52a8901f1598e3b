"""People made up by rule for the cases whose source tells only how many there were."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tests.cases.register import YEAR, Person

NEEDS_GUARDIAN = ("智力", "精神")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋"
MEN = (
    "建国志明国强永福文斌家豪少华振东海涛立新俊杰德胜伟民宗耀天佑启航光辉长庚"
    "学文景明克勤兆祥庆余金水大勇春生鹏飞子轩根宝保平锦程仁杰玉堂树森汉林福来"
)
WOMEN = (
    "秀兰桂英丽华淑芬小燕玉珍雅琴美玲春梅红霞慧敏素云月娥爱华婉君思琪佩珊凤英"
    "翠萍晓雯梦婷雪梅巧珍静怡惠兰彩云若男银花莲香映红佳怡碧霞冬梅芝兰荷花文静"
)


@dataclass(frozen=True)
class Some:
    """``count`` people with these components, born in the years from ``born`` to ``until``."""

    count: int
    components: str
    born: int
    until: int
    work: str = ""


class Inventor:
    """Gives each person a name that nobody else has, a day of birth and a home.

    The same every time: nothing is drawn by lot.
    """

    def __init__(self, buildings: int = 9, floors: int = 6):
        self._made = 0
        self._names: set[str] = set()
        self._homes = (
            f"{building}-{floor}{flat:02d}"
            for flat in range(1, 99)
            for building in range(1, buildings + 1)
            for floor in range(1, floors + 1)
        )

    def people(self, groups: Iterable[Some]) -> Iterator[Person]:
        """Those with a disability, the groups well mixed, each followed by the guardian that one
        needs who is under age or has 智力 or 精神残疾."""
        places = [
            ((number + 0.5) / some.count, order, number, some)
            for order, some in enumerate(groups)
            for number in range(some.count)
        ]
        for _, _, number, some in sorted(places, key=lambda place: place[:3]):
            yield from self._household(some, number)

    def _household(self, some: Some, number: int) -> Iterator[Person]:
        self._made += 1
        made, home = self._made, next(self._homes)
        sex = "男" if made * 7 % 12 < 7 else "女"
        year = some.born + number * 7 % (some.until - some.born + 1)
        born_on = date(year, 1 + made * 5 % 12, 1 + made * 11 % 28)
        surname = SURNAMES[made * 17 % len(SURNAMES)]
        name = self.name(surname, sex)
        person = {"name": name, "sex": sex, "born_on": born_on}
        person |= {"components": some.components, "work": some.work}
        if some.components[:2] not in NEEDS_GUARDIAN and year <= YEAR - 18:
            yield Person(household=home, relation="户主", **person)
            return
        parent_sex, title = ("男", "父亲") if made % 3 else ("女", "母亲")
        if parent_sex == "女":
            surname = SURNAMES[made * 23 % len(SURNAMES)]
        parent = self.name(surname, parent_sex)
        relation = "子" if sex == "男" else "女"
        yield Person(household=home, relation=relation, guardian=(parent, title), **person)
        parent_born = date(year - 24 - made % 6, 1 + made * 7 % 12, 9)
        yield Person(home, parent, parent_sex, parent_born, "户主")

    def staff(self, count: int) -> list[str]:
        """Names of so many who work, most of them women."""
        names = []
        for _ in range(count):
            self._made += 1
            surname = SURNAMES[self._made * 29 % len(SURNAMES)]
            names.append(self.name(surname, "男" if self._made % 4 == 0 else "女"))
        return names

    def name(self, surname: str, sex: str) -> str:
        letters = MEN if sex == "男" else WOMEN
        given = [letters[place : place + 2] for place in range(0, len(letters), 2)]
        for step in range(len(given)):
            name = surname + given[(self._made * 13 + step) % len(given)]
            if name not in self._names:
                self._names.add(name)
                return name
        raise ValueError(f"no more names for {surname}")
