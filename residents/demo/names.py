"""Invented people: names, ID numbers and phones that pass every check and belong to nobody."""

from datetime import date, timedelta

from residents.enums import Sex
from residents.id_numbers import IdKind, check_character
from residents.models import Resident

SURNAMES = "陈李黄张梁林王吴刘何郑杨周罗邓冯谢叶曾梁苏潘卢蔡彭余钟徐赵孙朱马胡高郭单解仇区"
MALE = "伟强志明军建国华文杰勇波斌辉刚健平松鹏宇浩然俊峰子轩天佑德福荣贵永顺"
FEMALE = "芳秀英丽娟敏静玉兰梅燕红霞婷雪慧琳洁欣怡雨桐诗涵美凤珍惠素秋"
RARE = (
    ("阿依古丽·买买提江", Sex.FEMALE, "05"),
    ("阿卜杜热合曼·阿卜杜克热木·买买提依明·努尔麦麦提", Sex.MALE, "05"),
    ("李喆堃", Sex.MALE, "01"),
    ("王镕昇", Sex.MALE, "01"),
    ("张玥翀", Sex.FEMALE, "01"),
    ("\U00020bb7家宝", Sex.MALE, "01"),
    ("赵\U0002ebf0", Sex.FEMALE, "01"),
    ("欧阳㐂文", Sex.MALE, "01"),
    ("林\U00030edd", Sex.MALE, "01"),
    ("尉迟单解", Sex.MALE, "01"),
    ("卓玛央金", Sex.FEMALE, "04"),
    ("Anna Maria Rossi", Sex.FEMALE, ""),
)
MINORITIES = ("08", "06", "15", "13", "11", "03")
AREA = "449901"  # the demo's own district; no place has this code


class Namer:
    """Hands out names and numbers; no number twice."""

    def __init__(self, random):
        self.random = random
        self._sequence: dict[str, int] = {}
        self._phone = 0

    def person(self, unit, sex, born_on, surname="", **fields) -> Resident:
        """An unsaved, derived resident."""
        random = self.random
        fields.setdefault(
            "ethnic_group", "01" if random.random() < 0.96 else random.choice(MINORITIES)
        )
        fields.setdefault("name", self.name(sex, surname))
        if "id_number" not in fields and "no_id_reason" not in fields:
            fields["id_number"] = self.id_number(born_on, sex)
        person = Resident(unit=unit, unit_ids=[unit.pk], sex=sex, born_on=born_on, **fields)
        return person

    def name(self, sex, surname="") -> str:
        given = MALE if sex == Sex.MALE else FEMALE
        length = 1 if self.random.random() < 0.18 else 2
        chosen = "".join(self.random.choice(given) for _ in range(length))
        return (surname or self.random.choice(SURNAMES)) + chosen

    def id_number(self, born_on: date, sex, area=AREA) -> str:
        """The next free number of that day: odd sequences are men's."""
        key = f"{area}{born_on:%Y%m%d}{sex}"
        place = self._sequence.get(key, 0)
        self._sequence[key] = place + 1
        if place >= 500:
            return self.id_number(born_on + timedelta(days=1), sex, area)
        sequence = 2 * place + (1 if sex == Sex.MALE else 0)
        first = f"{area}{born_on:%Y%m%d}{sequence:03d}"
        return first + check_character(first)

    def phone(self) -> str:
        self._phone += 1
        return f"199{self._phone:08d}"

    def special(self, unit) -> list[Resident]:
        """People whose names and papers try every screen: rare characters, permits, no ID."""
        born = date(1985, 3, 12)
        people = []
        for name, sex, group in RARE:
            fields = {"name": name, "ethnic_group": group}
            if not group:
                first = f"944380{born:%Y%m%d}002"
                fields |= {
                    "id_kind": IdKind.FOREIGN_RESIDENT,
                    "id_number": first + check_character(first),
                    "residency": "foreign",
                    "nationality": "意大利",
                }
            people.append(self.person(unit, sex, born, **fields))
        for kind, area, place in (
            (IdKind.HK_MACAO_RESIDENCE, "810000", "中国香港"),
            (IdKind.TAIWAN_RESIDENCE, "830000", "中国台湾"),
        ):
            number = self.id_number(born, Sex.MALE, area)
            fields = {"id_kind": kind, "id_number": number, "nationality": place}
            people.append(self.person(unit, Sex.MALE, born, residency="foreign", **fields))
        for kind, number, place in (
            (IdKind.HK_MACAO_PERMIT, "H12345678", "中国澳门"),
            (IdKind.PASSPORT, "E1234567", "尼泊尔"),
        ):
            fields = {"id_kind": kind, "id_number": number, "nationality": place}
            people.append(self.person(unit, Sex.FEMALE, born, residency="foreign", **fields))
        return people
