"""Refused rows given back: the uploaded workbook itself with the reasons in red, or a plain list."""

import io
import logging
from collections import defaultdict
from collections.abc import Iterator

import openpyxl
import xlsxwriter
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from portal.imports.contents import file_of, report_of
from portal.imports.journal import REFUSED, unsealed
from portal.imports.weighing import is_too_heavy
from portal.models import ImportBatch

log = logging.getLogger("portal.imports")
TITLE = "不能导入的原因"
MOST_ROWS = 20_000  # of a workbook that is marked; opening a larger one takes too much memory
MOST_BOTTOM, MOST_RIGHT = 100_000, 1_000  # a single cell with a look may lie far off the table
RED = Font(color="C00000", bold=True)
PALE = PatternFill("solid", start_color="FDE0DD", end_color="FDE0DD")
LIST_COLUMNS = (("工作表", 16), ("行", 8), ("单元格", 10), ("列", 18), ("问题", 70))


class CannotMark(Exception):
    """The workbook cannot be opened for writing; the list of problems can be had."""


def refused_rows(batch: ImportBatch) -> Iterator[dict]:
    """The refused rows of the last check, in the order of the file."""
    for page in batch.pages.filter(fate=REFUSED).order_by("number").iterator(chunk_size=20):
        yield from unsealed(page.content)


def can_be_marked(batch: ImportBatch) -> bool:
    return bool(batch.counts.get("refused")) and batch.total <= MOST_ROWS


def marked_workbook(batch: ImportBatch, *, only_refused: bool) -> bytes:
    """The uploaded file with its look and formulas, each reason at the right of its row and as a
    note at its cell; with ``only_refused`` the other rows are hidden. Raises CannotMark."""
    content = file_of(batch)
    if is_too_heavy(content):
        raise CannotMark
    try:
        return _marked(content, batch, only_refused)
    except CannotMark:
        raise
    except Exception as error:  # openpyxl raises whatever comes to it over odd or hostile parts
        log.warning("import batch %s cannot be marked: %s", batch.pk, type(error).__name__)
        raise CannotMark from error


def _marked(content: bytes, batch: ImportBatch, only_refused: bool) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    headers = {sheet["name"]: sheet.get("header", 0) for sheet in batch.summary.get("sheets", [])}
    by_sheet = defaultdict(dict)
    for row in refused_rows(batch):
        by_sheet[row["sheet"]].setdefault(row["row"], []).extend(row["problems"])
    for name, rows in by_sheet.items():
        if name in book.sheetnames:
            if book[name].max_row > MOST_BOTTOM or book[name].max_column > MOST_RIGHT:
                raise CannotMark
            _mark(book[name], headers.get(name) or 1, rows, only_refused)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _mark(sheet, header: int, rows: dict[int, list], only_refused: bool) -> None:
    column = _reason_column(sheet, header)
    for number, problems in rows.items():
        reason = sheet.cell(number, column, "；".join(map(_told, problems)))
        reason.font, reason.alignment = RED, Alignment(wrap_text=True, vertical="top")
        for cell, message in _by_cell(problems).items():
            place = sheet[cell]
            if not isinstance(place, MergedCell):
                place.fill, place.comment = PALE, Comment(message, "社区工作台")
    if only_refused:
        for number in range(header + 1, sheet.max_row + 1):
            sheet.row_dimensions[number].hidden = number not in rows


def _reason_column(sheet, header: int) -> int:
    """The column of a former marking, emptied; else a new one at the right."""
    for number in range(1, sheet.max_column + 1):
        if sheet.cell(header, number).value == TITLE:
            for row in range(header + 1, sheet.max_row + 1):
                sheet.cell(row, number).value = None
            return number
    column = sheet.max_column + 1
    sheet.cell(header, column, TITLE).font = RED
    sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].width = 48
    return column


def _told(problem: dict) -> str:
    return f"{problem['label']}：{problem['message']}" if problem["label"] else problem["message"]


def _by_cell(problems: list[dict]) -> dict[str, str]:
    found = defaultdict(list)
    for problem in problems:
        if problem["cell"]:
            found[problem["cell"]].append(problem["message"])
    return {cell: "\n".join(messages) for cell, messages in found.items()}


def problem_list(batch: ImportBatch) -> bytes:
    """All problems, one in a row; nothing of the file's own content but its places."""
    target = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet("问题清单")
        bold = book.add_format({"bold": True})
        for column, (title, width) in enumerate(LIST_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, bold)
        for line, texts in enumerate(_lines(batch), start=1):
            for column, text in enumerate(texts):
                sheet.write_string(line, column, text)
    return target.getvalue()


def _lines(batch: ImportBatch) -> Iterator[tuple[str, ...]]:
    for problem in report_of(batch).blocking:
        row = str(problem.row or "")
        yield problem.sheet, row, problem.cell, problem.label, problem.message
    for row in refused_rows(batch):
        for problem in row["problems"]:
            message, place = problem["message"], (problem["cell"], problem["label"])
            yield row["sheet"], str(row["row"]), *place, message
