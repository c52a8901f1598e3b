"""Frozen content and its evidence, made up: a summary as it lies in an issue, without a database."""

from datetime import date

from reports.frozen import canonical, hash_of
from reports.layout import lay_out
from reports.output.document import draft_document
from reports.tables import TableContent
from reports.values import value_of
from tests.reports.facts import YEAR, reading

CODES = ("disability.visits", "disability.visit_coverage", "disability.handouts")
VALUES = [value_of(reading(code)) for code in CODES]
BY_CODE = {value.code: value for value in VALUES}
MONTHS = [f"{month}月" for month in range(1, 13)]
NARROW = TableContent(
    "分月情况",
    "单位：人次",
    ("月份", "走访", "电话"),
    tuple((month, str(n), str(n * 2)) for n, month in enumerate(MONTHS)),
    ("合计", "66", "132"),
    chart=1,
)
WIDE = TableContent(
    "各网格走访慰问情况",
    "单位：人次",
    ("网格", *(f"走访慰问残疾人{n}" for n in range(11))),
    tuple((f"第{n}网格", *["1234"] * 11) for n in range(1, 32)),
    ("合计", *["38254"] * 11),
)
LONG_NAME = "阿卜杜热合曼·买买提吐尔逊·阿卜杜克里木·居来提"
RARE = "欧阳𠮷㛃"
TEXT = (
    "共走访残疾人{disability.visits}，覆盖率{disability.visit_coverage}，发放资料"
    f"{{disability.handouts}}。其中{LONG_NAME}、{RARE}等人得到帮助。"
)


def laid(text: str = TEXT, *, title: str = "明珠社区2025年残疾人工作总结", tables=(NARROW, WIDE)):
    sections = [
        ("lead", "", text),
        ("tables", "走访情况", "{table:分月情况}\n{table:各网格走访慰问情况}"),
    ]
    return lay_out(title, sections, BY_CODE, {table.title: table for table in tables})


def draft(text: str = TEXT, *, codes: bool = False, **options):
    return draft_document(
        laid(text, **options),
        VALUES,
        unit_name="明珠社区居民委员会",
        period=YEAR,
        today=date(2026, 1, 8),
        codes=codes,
    )


def content(text: str = TEXT, *, tables=(NARROW, WIDE)) -> dict:
    return {
        "format": 1,
        "title": "明珠社区2025年残疾人工作总结",
        "unit": {"id": 1, "name": "明珠社区居民委员会"},
        "units": [1],
        "kind": "A",
        "period": {"key": "2025", "label": "2025年"},
        "counted_to": "2025-12-31",
        "as_of": "2026-01-08T09:00:00+08:00",
        "date": "2026-01-08",
        "sections": [
            {"key": "lead", "heading": "", "text": text},
            {"key": "tables", "heading": "走访情况", "text": "{table:分月情况}"},
        ],
        "figures": [value.as_json() for value in VALUES],
        "tables": [table.as_json() for table in tables],
        "evidence": {"disability.visits": {"model": "residents.visit", "rows": [[1, 1], [2, 3]]}},
    }


def hash_for(kept: dict) -> str:
    return hash_of(canonical(kept))


def visit(number: int, **columns) -> dict:
    told = {"居民": "黄文发", "走访人": "李梅、陈刚", "内容": "看望黄文发", **columns}
    return {
        "model": "residents.visit",
        "id": number,
        "version": 1,
        "measure": "1",
        "unit": "明珠社区",
        "day": "2025-03-06",
        "columns": told,
    }


BUNDLE = {"format": 1, "figures": {}, "rows": {"disability.visits": [visit(1), visit(2)]}}
