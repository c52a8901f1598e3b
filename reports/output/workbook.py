"""The evidence workbook: what every figure of a summary says, and the rows that were counted for it.

``bundle`` is the evidence as it was frozen: {"rows": {code: [{"model", "id", "version", "measure", "unit",
"day", "columns": {label: text}}]}}, its numbers masked as lists show them. Those of ID cards and mobile
phones that somebody typed into a text are masked here once more.

What lies inside a PDF goes wherever the PDF goes: there the names of persons are covered too, and what
somebody wrote freely is left out (``Evidence.as_rows(with_words=False)``). Whoever may read the issue takes
the whole workbook from its page, which is logged.
"""

from collections.abc import Container, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from itertools import groupby, islice

from django.apps import apps

from portal.exports.paper import Paper, Value
from portal.exports.xlsx import write_book
from portal.figures import figures
from portal.ledgers.columns import Column
from reports.frozen import values_of
from reports.output.masking import masker
from reports.tokens import SHOWN, key_of, parts_of

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


def evidence_workbook(
    content: dict,
    bundle: Mapping,
    *,
    open_to: Container[str],
    names: Iterable[str] = (),
) -> bytes:
    """The xlsx file: a sheet of all figures, then one for each kind of record that was counted.

    Of figures of domains that are not in ``open_to`` only number, day and unit of the rows are told.
    ``names`` of persons are covered wherever they stand. The same input gives the same bytes.
    """
    rows = {
        code: told if _domain(code) in open_to else [row | {"columns": {}} for row in told]
        for code, told in bundle.get("rows", {}).items()
    }
    told_as = masker(names)
    sheets = _row_sheets(content, rows, told_as)
    return write_book(told_as(content["title"]), [_figure_sheet(content), *sheets])


def figures_workbook(content: dict) -> bytes:
    """The sheet of figures alone, for the public version."""
    return write_book(content["title"], [_figure_sheet(content)])


def _figure_sheet(content: dict) -> tuple[Paper, Iterable[list[Value]]]:
    rows = [
        [
            *(value.key, value.name, _number(value.number), value.measure),
            *(_number(value.numerator), _number(value.denominator), value.definition),
            *(value.version, value.date_basis, value.period_key),
        ]
        for value in values_of(content).values()
    ]
    remarks = (f"数据截至{content['counted_to']}",)
    return Paper(FIGURES, _columns(ABOUT_FIGURES), remarks=remarks), rows


def _row_sheets(content, rows_by_code, told_as) -> Iterable[tuple[Paper, Iterable[list[Value]]]]:
    """By model in the order in which the figures are told; a row of several figures stands there for
    each of them."""
    labels = {value.key: value.name for value in values_of(content).values()}
    every = [(row["model"], code, row) for code, rows in rows_by_code.items() for row in rows]
    order = {model: index for index, model in enumerate(dict.fromkeys(row[0] for row in every))}
    every.sort(key=lambda row: order[row[0]])
    for model, group in groupby(every, key=lambda row: row[0]):
        told = [(code, row) for _, code, row in group]
        extra = list(dict.fromkeys(label for _, row in told for label in row["columns"]))
        columns = _columns((*ABOUT_ROWS, *((label, 16) for label in extra)))
        cells = (
            _cells(code, labels.get(code) or _label(code), row, extra, told_as)
            for code, row in told
        )
        for number in range(0, len(told), MOST_ROWS):
            part = "" if len(told) <= MOST_ROWS else f"（{number // MOST_ROWS + 1}）"
            yield Paper(f"{_name(model)}{part}", columns), islice(cells, MOST_ROWS)


def _cells(code: str, label: str, row: Mapping, extra: list[str], told_as) -> list[Value]:
    about = [code, label, row["id"], row["version"], str(row["day"] or ""), str(row["unit"] or "")]
    told = [told_as(str(row["columns"].get(column, ""))) for column in extra]
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


def _domain(key: str) -> str:
    code, _ = parts_of(key)
    return figures[code].domain if code in figures else ""


def _label(key: str) -> str:
    """Of a term that the text does not tell itself."""
    code, period = parts_of(key)
    return key_of(figures[code].label, SHOWN.get(period, "")) if code in figures else key


def _name(model: str) -> str:
    """The Chinese name of a kind of record; its label where the model is gone."""
    try:
        return str(apps.get_model(model)._meta.verbose_name)
    except LookupError:
        return model
