"""指标 of files and certificates, each with its 口径."""

from django.db.models import Q

from disability.enums import Category as DisabilityCategory
from disability.enums import Level
from disability.figures.base import stock
from disability.models import Certificate, DisabilityFile
from disability.selectors.places import GridOfResident
from disability.selectors.poverty import POVERTY_CATEGORY
from portal.figures import Category, Distinct, register

CATEGORY = Category("残疾类别", "category", dict(DisabilityCategory.choices))
LEVEL = Category("残疾等级", "level", dict(Level.choices))
GRID = GridOfResident()
HELD = {"category": CATEGORY, "level": LEVEL, "grid": GRID}

register(
    stock(
        "registered",
        "在册残疾人",
        "人",
        "期末那一天已建档、未销档的残疾人，去重。",
        keywords=("在册残疾人", "建档残疾人"),
        model=DisabilityFile,
        value=Distinct("resident"),
        starts="opened_on",
        ends="closed_on",
        categories={"poverty": POVERTY_CATEGORY, "grid": GRID},
    ),
    stock(
        "holders",
        "持证残疾人",
        "人",
        "期末那一天持有残疾人证的人：发证日期不晚于期末，且期末尚未注销、迁出或被换发；"
        "到期未换和冻结的仍计在内，去重。",
        keywords=("持证", "残疾人证"),
        model=Certificate,
        value=Distinct("resident"),
        starts="occurred_on",
        ends="ended_on",
        categories=HELD,
    ),
    stock(
        "severe_holders",
        "持证重度残疾人",
        "人",
        "持证残疾人中残疾等级为一级、二级的，去重。",
        keywords=("重度",),
        model=Certificate,
        where=Q(level__in=["1", "2"]),
        value=Distinct("resident"),
        starts="occurred_on",
        ends="ended_on",
        categories=HELD,
    ),
)
