"""The evidence workbook: what every figure of a summary says, and the rows that were counted for it.

``bundle`` is the evidence as it was frozen (reports/bundle…): {"rows": {code: [{"model", "id", "version",
"measure", "unit", "day", "columns": {label: text}}]}}, its texts masked as lists show them. Numbers of ID
cards and mobile phones that somebody typed into a text are masked here once more.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from itertools import groupby, islice

from django.apps import apps

from portal.exports.paper import Paper, Value
from portal.exports.xlsx import write_book
from portal.figures import figures
from portal.ledgers.columns import Column
from reports.output.masking import without_numbers

FIGURES = "指标"
MOST_ROWS = 1_000_000  # of one sheet; Excel holds 1,048,576
ABOUT_FIGURES = (
    *(("代码", 30), ("指标", 22), ("数", 16), ("单位", 8), ("分子", 12), ("分母", 12)),
    *(("口径", 60), ("口径版本", 10), ("统计日期", 20), ("时段", 14)),
)
ABOUT_ROWS = (
    *(("指标代码", 26), ("指标", 20), ("编号", 10), ("版本", 8)),
    *(("日期", 12), ("单位", 18), ("计数", 10)),
)


def evidence_workbook(content: dict, bundle: Mapping, *, public: bool = False) -> bytes:
    """The xlsx file: a sheet of all figures, then one for each kind of record that was counted.

    The same input gives the same bytes. The ``public`` one holds the figures alone.
    """
    title = content["title"]
    sheets = [_figure_sheet(content)]
    if not public:
        sheets += _row_sheets(content, bundle.get("rows", {}))
    return write_book(title, sheets)


def _figure_sheet(content: dict) -> tuple[Paper, Iterable[list[Value]]]:
    rows = [
        [
            *(data["code"], data["label"], _number(data["number"]), data["measure"]),
            *(_number(data["numerator"]), _number(data["denominator"]), data["definition"]),
            *(data["version"], data["date_basis"], data["period_key"]),
        ]
        for data in content["figures"]
    ]
    remarks = (f"数据截至{content['counted_to']}",)
    return Paper(FIGURES, _columns(ABOUT_FIGURES), remarks=remarks), rows


def _row_sheets(content, rows_by_code) -> Iterable[tuple[Paper, Iterable[list[Value]]]]:
    """By model in the order in which the figures are told; a row of several figures stands there for
    each of them."""
    labels = {data["code"]: data["label"] for data in content["figures"]}
    every = [(row["model"], code, row) for code, rows in rows_by_code.items() for row in rows]
    order = {model: index for index, model in enumerate(dict.fromkeys(row[0] for row in every))}
    every.sort(key=lambda row: order[row[0]])
    for model, group in groupby(every, key=lambda row: row[0]):
        told = [(code, row) for _, code, row in group]
        extra = list(dict.fromkeys(label for _, row in told for label in row["columns"]))
        columns = _columns((*ABOUT_ROWS, *((label, 16) for label in extra)))
        cells = (_cells(code, labels.get(code) or _label(code), row, extra) for code, row in told)
        for number in range(0, len(told), MOST_ROWS):
            part = "" if len(told) <= MOST_ROWS else f"（{number // MOST_ROWS + 1}）"
            yield Paper(f"{_name(model)}{part}", columns), islice(cells, MOST_ROWS)


def _cells(code: str, label: str, row: Mapping, extra: list[str]) -> list[Value]:
    about = [code, label, row["id"], row["version"], str(row["day"] or ""), str(row["unit"] or "")]
    told = [without_numbers(str(row["columns"].get(column, ""))) for column in extra]
    return [*about, _number(str(row["measure"])), *told]


def _columns(about: Iterable[tuple[str, int]]) -> list[Column]:
    """Headers and widths; the cells come ready."""
    return [Column(label, str, width=width) for label, width in about]


def _number(text: str) -> Value:
    """12,580.00 as a number, 82.1% and — as the text that was printed."""
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return text
    return value if value.is_finite() else text


def _label(code: str) -> str:
    return figures[code].label if code in figures else code


def _name(model: str) -> str:
    """The Chinese name of a kind of record; its label where the model is gone."""
    try:
        return str(apps.get_model(model)._meta.verbose_name)
    except LookupError:
        return model
