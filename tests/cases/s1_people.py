"""The register of S1: who lives in 幸福社区, and the disability files and certificates of 61 of them.

One line of ROLL is one person: household, name, sex, birth date, relation to the head, and for
those with a file the components and the guardian. ``!`` marks who works elsewhere and was not met
in 2025. At the end of 2025 sixty files are open: one person died in February.
"""

from dataclasses import dataclass, field
from datetime import date

from residents.id_numbers import check_character

AREA = "449902"
MOVED_IN = date(2012, 6, 1)
DIED, DAY_OF_DEATH = "罗炳坤", date(2025, 2, 18)
# In the order of the digits that a certificate number carries.
CATEGORIES = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
LEVELS = ("一级", "二级", "三级", "四级")

WITHOUT_CERTIFICATE = {"钟嘉怡", "韦阿妹", "邱永年", "曾瑞芬", "潘启文"}
LOST_CARD, REISSUED_ON = "方建华", date(2025, 6, 12)
OPENED = {
    "石大勇": date(2015, 4, 9),
    "冯桂香": date(2015, 9, 16),
    "钟嘉怡": date(2025, 3, 20),
    "潘启文": date(2025, 8, 5),
}

ROLL = """
1-101 廖国忠 男 1958-03-12 户主 肢体三级
1-101 廖玉兰 女 1960-07-02 配偶
1-102 石大勇 男 1966-11-25 户主 肢体二级
1-103 温淑贞 女 1949-01-30 户主 视力二级
1-201 方建华 男 1971-05-08 户主 听力二级
1-201 方晓雯 女 1999-10-17 女 听力三级
1-202 邓兰英 女 1963-04-22 户主 肢体四级
1-203 罗志明 男 1975-08-14 户主
1-203 罗炳坤 男 1943-02-06 父 肢体一级
1-203 罗雅婷 女 2004-06-29 女 智力三级 罗志明 父亲
1-301 梁少芬 女 1955-12-11 户主 视力三级
1-302 黎卫东 男 1968-09-03 户主 肢体三级
1-303 何秀珍 女 1952-06-15 户主 肢体二级
1-401 林耀辉 男 1980-02-27 户主 肢体四级 !
1-402 欧阳慧敏 女 1984-10-20 户主
1-402 欧阳一诺 女 2017-05-11 女 肢体二级 欧阳慧敏 母亲
1-403 冯桂香 女 1947-03-19 户主 听力二级
1-501 谭文彬 男 1961-07-07 户主 肢体三级
1-502 苏月娥 女 1957-11-02 户主 精神二级 苏志强 儿子
1-502 苏志强 男 1983-04-25 子
1-503 叶锦荣 男 1950-08-28 户主 视力一级
2-101 潘启文 男 1989-01-16 户主 肢体四级
2-102 蔡小燕 女 1978-05-31 户主 肢体三级
2-103 余德海 男 1954-10-09 户主 肢体二级
2-103 余美琪 女 1956-02-13 配偶 听力四级
2-201 许志伟 男 1973-03-24 户主 精神三级 许秋菊 姐姐
2-201 许秋菊 女 1969-09-09 兄弟姐妹
2-202 江丽萍 女 1965-12-06 户主 肢体四级
2-203 邱永年 男 1946-05-17 户主 肢体三级
2-301 曾瑞芬 女 1953-07-23 户主 视力四级
2-302 卢振邦 男 1959-01-05 户主 言语二级
2-303 彭爱莲 女 1962-08-18 户主 肢体三级
2-401 姚伟健 男 1987-06-04 户主 智力二级 姚春生 父亲
2-401 姚春生 男 1960-03-29 父
2-402 范素琴 女 1951-11-13 户主 肢体二级
2-403 钟秀红 女 1986-02-08 户主
2-403 钟嘉怡 女 2016-09-21 女 智力三级 钟秀红 母亲
2-501 陆振华 男 1970-10-26 户主 听力一级
2-502 汪玉梅 女 1948-04-01 户主 肢体三级
2-503 唐国栋 男 1964-12-19 户主 肢体四级 !
3-101 韦阿妹 女 1945-06-10 户主 视力二级
3-102 覃永福 男 1972-01-21 户主 肢体二级
3-103 甘淑仪 女 1967-05-14 户主 肢体三级
3-201 丘明亮 男 1956-09-30 户主 视力三级
3-202 侯玉珍 女 1960-02-17 户主 肢体四级
3-203 雷鸣春 男 1977-07-11 户主 肢体二级、听力三级
3-301 龙彩凤 女 1954-03-06 户主 肢体三级
3-302 柯文杰 男 1992-11-28 户主 精神二级 柯丽娜 母亲
3-302 柯丽娜 女 1966-08-02 母
3-303 伍少强 男 1963-06-24 户主 肢体三级
3-401 尹凤仪 女 1958-10-15 户主 听力三级
3-403 严美娟 女 1974-12-30 户主 肢体三级
3-501 古炳南 男 1944-01-18 户主 肢体一级
3-501 古惠芳 女 1971-05-26 女
3-502 涂小芬 女 1981-09-07 户主 视力三级
3-503 程立新 男 1955-02-25 户主 肢体二级
4-101 夏荣华 女 1961-11-08 户主 肢体四级
4-102 孔庆祥 男 1953-08-16 户主 听力二级
4-103 贺敏 女 1979-03-03 户主 精神三级 贺建民 父亲
4-103 贺建民 男 1951-07-20 父
4-201 万志刚 男 1976-10-01 户主 肢体三级 !
4-202 尤秀云 女 1950-05-05 户主 肢体二级
4-203 申屠立 男 1965-01-29 户主 肢体四级
4-301 班玉英 女 1957-06-13 户主 肢体三级、视力四级
4-302 鲍建军 男 1968-12-22 户主 言语三级
4-303 符秋霞 女 1982-04-18 户主 智力三级 符大海 父亲
4-303 符大海 男 1955-10-31 父
4-401 凌志超 男 1990-08-09 户主 肢体二级
4-402 幸丽君 女 1963-02-02 户主 肢体三级 !
4-403 骆永发 男 1949-09-14 户主 视力二级
4-501 翁淑芳 女 1959-07-25 户主 肢体四级
4-502 盘金莲 女 1973-11-17 户主 肢体三级
"""


@dataclass(frozen=True)
class Person:
    household: str
    name: str
    sex: str
    born_on: date
    relation: str
    number: str  # of the ID card
    phone: str
    components: str = ""
    guardian: tuple[str, ...] = field(default=())
    away: bool = False  # works elsewhere

    @property
    def lived_since(self) -> date:
        return max(MOVED_IN, self.born_on)


def _people() -> list[Person]:
    found = []
    for index, line in enumerate(ROLL.split("\n")[1:-1]):
        household, name, sex, born, relation, *rest = line.removesuffix(" !").split()
        born_on = date.fromisoformat(born)
        first17 = f"{AREA}{born_on:%Y%m%d}{2 * index + (sex == '男'):03d}"
        adult = born_on.year < 2008
        found.append(
            Person(
                household,
                name,
                sex,
                born_on,
                relation,
                first17 + check_character(first17),
                f"1990902{index:04d}" if adult else "",
                rest[0] if rest else "",
                tuple(rest[1:]),
                line.endswith("!"),
            )
        )
    return found


PEOPLE = _people()
BY_NAME = {person.name: person for person in PEOPLE}
DISABLED = [person for person in PEOPLE if person.components]
VISITED = [person for person in DISABLED if not person.away and person.name != DIED]


def named(name: str) -> dict:
    """The two cells by which a row names a resident."""
    return {"姓名": name, "证件号码": BY_NAME[name].number}


def address(household: str) -> str:
    building, room = household.split("-")
    return f"幸福里{building}栋{room}室"


def opened_on(person: Person) -> date:
    place = DISABLED.index(person)
    day = date(2016 + place % 9, 1 + place * 5 % 12, 3 + place * 7 % 25)
    return OPENED.get(person.name, max(day, date(person.born_on.year + 4, 3, 6)))


def worst_level(person: Person) -> str:
    return min((part[2:] for part in person.components.split("、")), key=LEVELS.index)


# --- sheets ---------------------------------------------------------------------------------------
def households() -> list[dict]:
    numbers = dict.fromkeys(person.household for person in PEOPLE)
    return [{"户编号": n, "户类型": "家庭户", "地址": address(n)} for n in numbers]


def residents() -> list[dict]:
    return [
        {
            "姓名": person.name,
            "证件类型": "居民身份证",
            "证件号码": person.number,
            "性别": person.sex,
            "出生日期": person.born_on,
            "民族": "汉",
            "联系电话": person.phone,
            "现居住地址": address(person.household),
            "户籍地址": address(person.household),
            "居住状态": "户在人不在" if person.away else "户在人在",
            "户编号": person.household,
            "与户主关系": person.relation,
            "在册起始日期": person.lived_since,
        }
        for person in PEOPLE
    ]


def ended_spells() -> list[dict]:
    died = BY_NAME[DIED]
    spell = {"起始日期": died.lived_since, "结束日期": DAY_OF_DEATH, "结束原因": "死亡"}
    return [named(DIED) | spell]


def ended_memberships() -> list[dict]:
    died = BY_NAME[DIED]
    return [
        {"户编号": died.household, **named(DIED), "与户主关系": died.relation}
        | {"入户日期": died.lived_since, "离户日期": DAY_OF_DEATH}
    ]


def files() -> list[dict]:
    rows = []
    for person in DISABLED:
        care = {"一级": "不能自理", "二级": "部分自理"}.get(worst_level(person), "完全自理")
        guardian, relation = person.guardian or ("", "")
        rows.append(
            {
                **named(person.name),
                "残疾类别和等级": person.components,
                "自理能力": care,
                "监护人": guardian,
                "监护人关系": relation,
                "建档日期": opened_on(person),
                "销档日期": DAY_OF_DEATH if person.name == DIED else "",
            }
        )
    return rows


def certificates() -> list[dict]:
    """A lost card was issued anew: the old one has ended, the new one's number ends in B1."""
    rows = []
    for person in DISABLED:
        if person.name in WITHOUT_CERTIFICATE:
            continue
        row = _certificate(person)
        if person.name == DIED:
            rows.append(row | {"状态": "注销", "失效日期": DAY_OF_DEATH})
        elif person.name == LOST_CARD:
            rows.append(row | {"状态": "已换新证", "失效日期": REISSUED_ON})
            rows.append(row | {"残疾人证号": f"{row['残疾人证号']}B1", "发证日期": REISSUED_ON})
        else:
            rows.append(row)
    return rows


def _certificate(person: Person) -> dict:
    parts = person.components.split("、")
    category = parts[0][:2] if len(parts) == 1 else "多重"
    level, day = worst_level(person), opened_on(person)
    until = date(day.year + 10, day.month, day.day)
    return {
        **named(person.name),
        "残疾人证号": f"{person.number}{1 + CATEGORIES.index(category)}{1 + LEVELS.index(level)}",
        "残疾类别": category,
        "残疾等级": level,
        "发证日期": day,
        "有效期至": until,
        "状态": "到期未换" if until.year == 2025 else "有效",
        "失效日期": "",
    }
