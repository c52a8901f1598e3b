"""指标 of the population: stocks from residency spells, flows from the days they begin and end."""

from calendar import monthrange
from datetime import date

from django.db.models import Q

from portal.figures import Category, Distinct, Flow, Stock, register
from portal.figures.categories import DerivedCategory, GridCategory
from residents.ages import AGE_GROUPS, age_group, aged
from residents.enums import Residency, Sex, SpellEnd, SpellStart
from residents.life_events import (
    MOVES_IN,
    MOVES_OUT,
    REGISTERED_HERE,
    LifeEventKind,
)
from residents.models import LifeEvent, ResidencySpell

SEX = Category("性别", "resident__sex", dict(Sex.choices))
AGE = DerivedCategory(
    "年龄", "_age_group", AGE_GROUPS, expression=lambda period: age_group(period.end)
)
RESIDENCY = Category("居住状态", "residency", dict(Residency.choices))
PEOPLE = {"sex": SEX, "age": AGE, "residency": RESIDENCY, "grid": GridCategory()}
KIND = Category("变动类型", "kind", dict(LifeEventKind.choices))
OF_EVENTS = {"kind": KIND, "sex": SEX, "grid": GridCategory()}
HALF_A_YEAR = 6


def months_before(day: date, months: int) -> date:
    """The same day of the month that many months before, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def usual(period) -> Q:
    """Who usually lives here (常住): the registered who are here or away for less than half a year,
    and others after half a year (domain §1.3). Foreigners are told apart."""
    half_a_year_ago = months_before(period.end, HALF_A_YEAR)
    return (
        Q(residency=Residency.HERE)
        | Q(residency=Residency.AWAY, starts_on__gt=half_a_year_ago)
        | Q(
            residency__in=[Residency.LODGING, Residency.FLOATING],
            starts_on__lte=half_a_year_ago,
        )
    )


def _people(code, label, definition, where, keywords=()) -> Stock:
    return Stock(
        f"population.{code}",
        label,
        "residents",
        "人",
        definition,
        keywords=keywords,
        model=ResidencySpell,
        where=where,
        value=Distinct("resident"),
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
        categories=PEOPLE,
    )


def _events(code, label, definition, kinds, keywords=()) -> Flow:
    return Flow(
        f"population.{code}",
        label,
        "residents",
        "人次",
        definition,
        keywords=keywords,
        model=LifeEvent,
        where=Q(kind__in=kinds) if kinds else Q(),
        categories=OF_EVENTS,
    )


register(
    _people(
        "domiciled",
        "户籍人口",
        "期末那一天在册、户口在本地的居民，即户在人在和户在人不在，去重。",
        Q(residency__in=sorted(REGISTERED_HERE)),
        ("户籍人口",),
    ),
    _people(
        "usual",
        "常住人口",
        "期末那一天在册的居民中：户在人在的；户在人不在、离开未满六个月的；人在户不在和流动人口中"
        "来此已满六个月的。按同一居住状态的起始日期计算，不含境外人员。",
        usual,
        ("常住人口",),
    ),
    _people(
        "floating",
        "流动人口",
        "期末那一天在册、居住状态为流动人口的居民，去重。",
        Q(residency=Residency.FLOATING),
        ("流动人口",),
    ),
    _people(
        "separated",
        "人户分离人口",
        "期末那一天在册、居住状态为户在人不在或人在户不在的居民，去重。",
        Q(residency__in=[Residency.AWAY, Residency.LODGING]),
        ("人户分离",),
    ),
    _people(
        "foreign",
        "境外人员",
        "期末那一天在册、居住状态为境外人员的居民（含港澳台），去重。",
        Q(residency=Residency.FOREIGN),
        ("境外人员",),
    ),
    _people(
        "minors",
        "未成年人",
        "期末那一天在册、未满 18 周岁的居民；年龄按那一天计算。",
        lambda period: aged(period.end, 0, 17),
        ("未成年人",),
    ),
    _people(
        "elderly",
        "老年人口",
        "期末那一天在册、已满 60 周岁的居民；年龄按那一天计算。",
        lambda period: aged(period.end, 60),
        ("老年人口", "60岁以上"),
    ),
    _people(
        "elderly_80",
        "高龄老人",
        "期末那一天在册、已满 80 周岁的居民；年龄按那一天计算。",
        lambda period: aged(period.end, 80),
        ("高龄老人", "80岁以上"),
    ),
    Flow(
        "population.came",
        "增加人口",
        "residents",
        "人次",
        "在册时段的起始日期在期内的人次，居住状态变更不算；同一天来又离开的不算。",
        model=ResidencySpell,
        date="starts_on",
        where=~Q(began_by=SpellStart.CHANGED),
        categories={
            "reason": Category(
                "增加原因",
                "began_by",
                {key: label for key, label in SpellStart.choices if key != SpellStart.CHANGED},
            ),
            **PEOPLE,
        },
    ),
    Flow(
        "population.left",
        "减少人口",
        "residents",
        "人次",
        "不再在册的第一天在期内的人次，居住状态变更不算；去世、迁出的当天起不再在册。",
        model=ResidencySpell,
        date="left_on",
        where=~Q(ended_by=SpellEnd.CHANGED),
        categories={
            "reason": Category(
                "减少原因",
                "ended_by",
                {key: label for key, label in SpellEnd.choices if key != SpellEnd.CHANGED},
            ),
            **PEOPLE,
        },
    ),
    _events("events", "人口变动", "日期在期内的人口变动条数，各种类型都算。", ()),
    _events(
        "births",
        "出生人口",
        "出生日期在期内、登记了出生变动的人次；补登的计入出生的月份。",
        [LifeEventKind.BORN],
        ("出生",),
    ),
    _events(
        "deaths",
        "死亡人口",
        "死亡日期在期内、登记了死亡变动的人次；补登的计入死亡的月份。",
        [LifeEventKind.DIED],
        ("死亡",),
    ),
    _events(
        "moved_in",
        "迁入人口",
        "日期在期内的迁入、市内移入和婚入变动的人次。",
        MOVES_IN,
        ("迁入",),
    ),
    _events(
        "moved_out",
        "迁出人口",
        "日期在期内的迁出、市内移出和婚出变动的人次。",
        MOVES_OUT,
        ("迁出",),
    ),
    _events(
        "marriages",
        "结婚人次",
        "日期在期内的结婚变动的人次。",
        [LifeEventKind.MARRIED],
        ("结婚",),
    ),
)
