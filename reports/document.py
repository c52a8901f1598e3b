"""A laid-out summary as an official document for the PDF helper (GB/T 9704-2012)."""

from collections.abc import Sequence
from datetime import date

from portal.figures.engine import as_of
from portal.pdf import render_pdf
from portal.pdf.blocks import Block, FigureRun, Heading, OfficialDocument, Para, Table
from portal.pdf.fonts import library
from portal.periods import Period
from reports.frozen import laid_out
from reports.layout import FigureTableBlock, Laid, Paragraph
from reports.tables import TableContent
from reports.values import Value


def chinese_date(day: date) -> str:
    """2025年12月31日, without leading zeros (GB/T 9704-2012 §7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def draft_document(
    laid: Laid,
    values: Sequence[Value],
    *,
    unit_name: str,
    period: Period,
    today: date,
    watermark: bool = False,
    codes: bool = False,
) -> OfficialDocument:
    """What is not issued: dated today, without a check number."""
    notes = _notes(as_of(period, today), values)
    return _document(laid, unit_name, today, notes, draft=watermark, show_codes=codes)


def issued_document(content: dict, *, sha256: str, codes: bool = False) -> OfficialDocument:
    """From frozen content alone."""
    values = [Value(**data) for data in content["figures"]]
    notes = [
        *_notes(date.fromisoformat(content["counted_to"]), values),
        f"校验码：{sha256[:16]}",
    ]
    day = date.fromisoformat(content["date"])
    return _document(laid_out(content), content["unit"]["name"], day, notes, show_codes=codes)


def pdf_of_document(document: OfficialDocument) -> bytes:
    families = ",".join(library().families("fangsong"))
    return render_pdf("pdf/official.html", {"doc": document, "families": families})


def _document(laid, unit_name, day, notes, **options) -> OfficialDocument:
    blocks = []
    for section in laid.sections:
        if section.heading:
            blocks.append(Heading(1, section.heading))
        for block in section.blocks:
            blocks += _blocks(block)
    return OfficialDocument(
        title=laid.title,
        blocks=blocks,
        signature=unit_name,
        date=chinese_date(day),
        notes=notes,
        **options,
    )


def _blocks(block: Paragraph | FigureTableBlock) -> list[Block]:
    """A table is followed by its chart, if it has one."""
    if isinstance(block, FigureTableBlock):
        drawing = block.table.drawing
        return [_table(block.table), *([drawing] if drawing else [])]
    runs = [FigureRun(str(run), run.value.key) if run.is_chip else run.text for run in block.runs]
    return [Para(runs)]


def _table(table: TableContent) -> Table:
    return Table(
        title=table.title,
        unit_note=table.note,
        headers=table.headers,
        rows=table.rows,
        numeric=range(1, len(table.headers)),
        total=table.total,
    )


def _notes(counted_to: date, values: Sequence[Value]) -> list[str]:
    """Where the numbers come from: up to which day, and by which definitions."""
    notes = [f"数据截至{chinese_date(counted_to)}，均由登记记录按事情发生的日期统计。"]
    if values:
        notes.append(_definitions(values))
    return notes


def _definitions(values: Sequence[Value]) -> str:
    """The versions of the definitions; only those that ever changed are named."""
    told = {value.code: value for value in values}.values()
    changed = [f"“{value.label}”第{value.version}版" for value in told if value.version > 1]
    others = "其余均" if changed else "各项指标均"
    return f"口径版本：{'、'.join([*changed, ''])}{others}为第1版。"
