"""The register of a case: who lives where, and the disability files and certificates of some."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from residents.id_numbers import check_character

MOVED_IN = date(2012, 6, 1)
YEAR = 2025
# In the order of the digits that a certificate number carries.
CATEGORIES = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
LEVELS = ("一级", "二级", "三级", "四级")


@dataclass(frozen=True)
class Person:
    household: str
    name: str
    sex: str
    born_on: date
    relation: str
    number: str = ""  # of the ID card
    phone: str = ""
    components: str = ""
    guardian: tuple[str, ...] = field(default=())  # name, relation
    away: bool = False  # works elsewhere
    work: str = ""

    @property
    def lived_since(self) -> date:
        return max(MOVED_IN, self.born_on)

    @property
    def parts(self) -> list[str]:
        return self.components.split("、")

    @property
    def category(self) -> str:
        return self.parts[0][:2] if len(self.parts) == 1 else "多重"

    @property
    def level(self) -> str:
        """The most severe of all components."""
        return min((part[2:] for part in self.parts), key=LEVELS.index)

    def age_on(self, day: date) -> int:
        return day.year - self.born_on.year - ((day.month, day.day) < self.born_on.timetuple()[1:3])


def id_number(area: str, born_on: date, sequence: int) -> str:
    first17 = f"{area}{born_on:%Y%m%d}{sequence:03d}"
    return first17 + check_character(first17)


def read_roll(text: str) -> Iterable[Person]:
    """One line is one person: household, name, sex, birth date, relation to the head, and for those
    with a file the components and the guardian. ``!`` marks who works elsewhere."""
    for line in text.strip().split("\n"):
        household, name, sex, born, relation, *rest = line.removesuffix(" !").split()
        yield Person(
            household,
            name,
            sex,
            date.fromisoformat(born),
            relation,
            components=rest[0] if rest else "",
            guardian=tuple(rest[1:]),
            away=line.endswith("!"),
        )


@dataclass(frozen=True)
class Register:
    """``area`` begins ID numbers, and phones with its last digits; no place has it. ``died`` are
    days of death, ``reissued`` those of a card issued anew after a loss, ``renewed`` those of a card
    renewed at its expiry, ``opened`` days of files that are not as invented; each by name. ``told_on``
    is the day of which the workbook tells, ``more_of_files`` further cells of files by name."""

    area: str
    address: str  # with {building} and {room}
    rolled: tuple[Person, ...]
    died: dict[str, date] = field(default_factory=dict)
    without_certificate: frozenset[str] = frozenset()
    reissued: dict[str, date] = field(default_factory=dict)
    renewed: dict[str, date] = field(default_factory=dict)
    opened: dict[str, date] = field(default_factory=dict)
    told_on: date = date(YEAR, 12, 31)
    more_of_files: dict[str, dict] = field(default_factory=dict)

    @cached_property
    def people(self) -> list[Person]:
        return [self._numbered(index, person) for index, person in enumerate(self.rolled)]

    def _numbered(self, index: int, person: Person) -> Person:
        adult = person.born_on.year < YEAR - 17
        sequence = 2 * index + (person.sex == "男")
        return Person(
            **vars(person)
            | {
                "number": id_number(self.area, person.born_on, sequence),
                "phone": f"1990{self.area[3:]}{index:04d}" if adult else "",
            }
        )

    @cached_property
    def by_name(self) -> dict[str, Person]:
        return {person.name: person for person in self.people}

    @cached_property
    def disabled(self) -> list[Person]:
        return [person for person in self.people if person.components]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {person.name: place for place, person in enumerate(self.disabled)}

    def named(self, name: str) -> dict:
        """The two cells by which a row names a resident."""
        return {"姓名": name, "证件号码": self.by_name[name].number}

    def address_of(self, household: str) -> str:
        building, room = household.split("-")
        return self.address.format(building=building, room=room)

    def opened_on(self, person: Person) -> date:
        place = self._places[person.name]
        day = date(2016 + place % 9, 1 + place * 5 % 12, 3 + place * 7 % 25)
        return self.opened.get(person.name, max(day, date(person.born_on.year + 4, 3, 6)))

    # --- sheets -----------------------------------------------------------------------------------
    def sheets(self) -> dict[str, list[dict]]:
        found = {
            "户": self.households(),
            "居民": self.residents(),
            "在册时段": self.ended_spells(),
            "户成员": self.ended_memberships(),
            "残疾人档案": self.files(),
            "残疾人证": self.certificates(),
        }
        return {title: rows for title, rows in found.items() if rows}

    def households(self) -> list[dict]:
        numbers = dict.fromkeys(person.household for person in self.people)
        return [{"户编号": n, "户类型": "家庭户", "地址": self.address_of(n)} for n in numbers]

    def residents(self) -> list[dict]:
        rows = []
        for person in self.people:
            row = {
                "姓名": person.name,
                "证件类型": "居民身份证",
                "证件号码": person.number,
                "性别": person.sex,
                "出生日期": person.born_on,
                "民族": "汉",
                "联系电话": person.phone,
                "现居住地址": self.address_of(person.household),
                "户籍地址": self.address_of(person.household),
                "居住状态": "户在人不在" if person.away else "户在人在",
                "户编号": person.household,
                "与户主关系": person.relation,
                "在册起始日期": person.lived_since,
            }
            rows.append(row | ({"就业状况": person.work} if person.work else {}))
        return rows

    def ended_spells(self) -> list[dict]:
        return [
            self.named(name)
            | {
                "起始日期": self.by_name[name].lived_since,
                "结束日期": day,
                "结束原因": "死亡",
            }
            for name, day in self.died.items()
        ]

    def ended_memberships(self) -> list[dict]:
        rows = []
        for name, day in self.died.items():
            died = self.by_name[name]
            rows.append(
                {"户编号": died.household, **self.named(name), "与户主关系": died.relation}
                | {"入户日期": died.lived_since, "离户日期": day}
            )
        return rows

    def files(self) -> list[dict]:
        rows = []
        for person in self.disabled:
            care = {"一级": "不能自理", "二级": "部分自理"}.get(person.level, "完全自理")
            guardian, relation = person.guardian or ("", "")
            rows.append(
                {
                    **self.named(person.name),
                    "残疾类别和等级": person.components,
                    "自理能力": care,
                    "监护人": guardian,
                    "监护人关系": relation,
                    "监护人电话": self.by_name[guardian].phone if guardian else "",
                    **self.more_of_files.get(person.name, {}),
                    "建档日期": self.opened_on(person),
                    "销档日期": self.died.get(person.name, ""),
                }
            )
        return rows

    def certificates(self) -> list[dict]:
        """A lost or renewed card has ended on the day of the new one; after a loss the new number
        ends in B1."""
        rows = []
        for person in self.disabled:
            name = person.name
            if name in self.without_certificate:
                continue
            row = self._certificate(person)
            if name in self.died:
                rows.append(row | {"状态": "注销", "失效日期": self.died[name]})
            elif name in self.reissued or name in self.renewed:
                day = self.reissued.get(name) or self.renewed[name]
                rows.append(row | {"状态": "已换新证", "失效日期": day})
                rows.append(self._new_card(person, row, day))
            else:
                rows.append(row)
        return rows

    def _new_card(self, person: Person, old: dict, day: date) -> dict:
        if person.name in self.reissued:
            return old | {
                "残疾人证号": f"{old['残疾人证号']}B1",
                "发证日期": day,
                "状态": "有效",
            }
        return old | {"发证日期": day, "有效期至": ten_years_from(day), "状态": "有效"}

    def _certificate(self, person: Person) -> dict:
        category, level, day = person.category, person.level, self.opened_on(person)
        until = ten_years_from(day)
        digits = f"{1 + CATEGORIES.index(category)}{1 + LEVELS.index(level)}"
        return {
            **self.named(person.name),
            "残疾人证号": person.number + digits,
            "残疾类别": category,
            "残疾等级": level,
            "发证日期": day,
            "有效期至": until,
            "状态": "到期未换" if until <= self.told_on else "有效",
            "失效日期": "",
        }


def ten_years_from(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        day -= timedelta(days=1)
    return date(day.year + 10, day.month, day.day)
