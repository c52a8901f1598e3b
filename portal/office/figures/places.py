"""Facilities and their areas, reading rooms, boards, slogans, purchases."""

from django.db.models import Q

from portal.figures import Amount, Total, register
from portal.office.enums import BoardKind, FacilityKind, HoldingKind, SloganKind
from portal.office.figures.base import flow, of, stock, tags
from portal.office.models import (
    Facility,
    Holding,
    NoticeBoard,
    Posting,
    Purchase,
    ReadingDay,
    Slogan,
)

KIND = {"kind": of(FacilityKind), **tags()}
OPEN = tags("facility__domains")


def between(starts, ends):
    """From the one day until the day before the other; a facility without the first is not yet so."""
    return {
        "model": Facility,
        "where": Q(**{f"{starts}__isnull": False}),
        "starts": starts,
        "ends": ends,
        "ends_inclusive": False,
    }


IN_USE = between("opened_on", "closed_on")
READY = between("built_on", "opened_on")
PLANNED = between("planned_on", "built_on")

register(
    stock(
        "facilities",
        "使用中设施",
        "处",
        "期末那一天已启用、未停用的设施处数。",
        keywords=("设施", "场所"),
        **IN_USE,
        categories=KIND,
    ),
    stock(
        "facility_area",
        "使用中设施面积",
        "㎡",
        "期末那一天使用中的设施面积之和；功能区的面积已含在内，不另计。",
        keywords=("平方米", "面积"),
        value=Amount("area"),
        **IN_USE,
        categories=KIND,
    ),
    stock(
        "facilities_built",
        "建成待用设施",
        "处",
        "期末那一天已建成、尚未启用的设施处数。",
        **READY,
        categories=KIND,
    ),
    stock(
        "facilities_built_area",
        "建成待用设施面积",
        "㎡",
        "期末那一天已建成、尚未启用的设施面积之和，功能区不另计。",
        value=Amount("area"),
        **READY,
        categories=KIND,
    ),
    stock(
        "facilities_planned",
        "规划在建设施",
        "处",
        "期末那一天已立项、尚未建成的设施处数。",
        **PLANNED,
        categories=KIND,
    ),
    stock(
        "facilities_planned_area",
        "规划在建设施面积",
        "㎡",
        "期末那一天已立项、尚未建成的设施面积之和，功能区不另计。",
        value=Amount("area"),
        **PLANNED,
        categories=KIND,
    ),
    stock(
        "reading_holdings",
        "阅览室藏书报刊",
        "册",
        "期末那一天各阅览室现存的图书、期刊、报纸等册（份）数之和，以最近一次清点为准。",
        keywords=("藏书", "图书", "报刊"),
        model=Holding,
        value=Total("quantity"),
        ends_inclusive=False,
        categories={"kind": of(HoldingKind), **tags("facility__domains")},
    ),
    flow(
        "reading_days",
        "阅览室开放",
        "天",
        "开放日期在期内的阅览室开放天数，几个阅览室各算各的。",
        keywords=("开放",),
        model=ReadingDay,
        categories=OPEN,
    ),
    flow(
        "reading_visits",
        "阅览室到访",
        "人次",
        "开放日期在期内的阅览室到访人次之和。",
        keywords=("读者", "借阅"),
        model=ReadingDay,
        value=Total("visits"),
        categories=OPEN,
    ),
    flow(
        "reading_elders",
        "阅览室中老年读者",
        "人次",
        "开放日期在期内的阅览室到访人次中的中老年人。",
        keywords=("中老年",),
        model=ReadingDay,
        value=Total("elders"),
        categories=OPEN,
    ),
    flow(
        "reading_lent",
        "阅览室借出",
        "册",
        "开放日期在期内的阅览室借出册数之和。",
        model=ReadingDay,
        value=Total("lent"),
        categories=OPEN,
    ),
    stock(
        "boards",
        "公示栏",
        "块",
        "期末那一天在用的公示栏块数，公开栏、宣传栏、电子屏都算。",
        keywords=("公示栏", "公开栏", "宣传栏"),
        model=NoticeBoard,
        categories={"kind": of(BoardKind), **tags()},
    ),
    flow(
        "postings",
        "张贴公示",
        "期",
        "张贴日期在期内的公示内容期数。",
        model=Posting,
        categories=tags("board__domains"),
    ),
    flow(
        "slogans",
        "悬挂标语",
        "条",
        "悬挂日期在期内的标语数量之和。",
        keywords=("标语", "横幅"),
        model=Slogan,
        value=Total("quantity"),
        categories={"kind": of(SloganKind, "形式"), **tags()},
    ),
    flow(
        "purchases",
        "购置",
        "项",
        "购置日期在期内的购置记录项数。",
        model=Purchase,
        categories=tags(),
    ),
    flow(
        "purchase_amount",
        "购置金额",
        "元",
        "购置日期在期内的购置金额之和。",
        keywords=("购置", "投入"),
        model=Purchase,
        value=Amount("amount"),
        categories=tags(),
    ),
)
