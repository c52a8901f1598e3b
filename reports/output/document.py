"""A laid-out summary as an official document (GB/T 9704-2012), whatever file it becomes."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse

from portal.figures.engine import as_of
from portal.pdf.blocks import (
    Block,
    FigureRun,
    Heading,
    OfficialDocument,
    Para,
    Table,
    annexes,
)
from portal.periods import Period
from reports.frozen import laid_out
from reports.layout import FigureTableBlock, Laid, Paragraph
from reports.tables import TableContent
from reports.values import Value

PUBLIC = "公开版"
PUBLIC_NOTE = "本件为公开版，人名已隐去，不附证据明细。"
DEFINITIONS = "指标口径"
CODE_DIGITS = 16  # of the hash, as printed


def chinese_date(day: date) -> str:
    """2025年12月31日, without leading zeros (GB/T 9704-2012 §7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def proof_url(sha256: str) -> str:
    """Where those who may read an issue find what stands behind it; "" where no address is known."""
    if not settings.PORTAL_URL:
        return ""
    return settings.PORTAL_URL + reverse("issue-proof", args=[sha256[:CODE_DIGITS]])


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
    return _document(laid, values, unit_name, today, notes=notes, draft=watermark, show_codes=codes)


def issued_document(
    content: dict, *, sha256: str, codes: bool = False, public: bool = False
) -> OfficialDocument:
    """From frozen content alone; ``public`` if its names were masked (reports/output/masking.py)."""
    values = [Value(**data) for data in content["figures"]]
    notes = [
        *_notes(date.fromisoformat(content["counted_to"]), values),
        *([PUBLIC_NOTE] if public else []),
        f"校验码：{sha256[:CODE_DIGITS]}",
    ]
    return _document(
        laid_out(content),
        values,
        content["unit"]["name"],
        date.fromisoformat(content["date"]),
        notes=notes,
        proof_url=proof_url(sha256),
        edition=PUBLIC if public else "",
        show_codes=codes,
    )


def _document(laid: Laid, values, unit_name, day, **options) -> OfficialDocument:
    """Tables too wide for an upright page become annexes, so that no page of text stays half empty;
    the figures' codes are told in one of their own."""
    apart = [*_annexed(laid)]
    if options.get("show_codes") and values:
        apart.append((DEFINITIONS, [_definition_table(values)]))
    listed = annexes(apart)
    labels = {annex.title: annex.label for annex in listed}
    blocks = []
    for section in laid.sections:
        if section.heading:
            blocks.append(Heading(1, section.heading))
        for block in section.blocks:
            blocks += _blocks(block, labels)
    return OfficialDocument(
        title=laid.title,
        blocks=blocks,
        annexes=listed,
        signature=unit_name,
        date=chinese_date(day),
        dated=day,
        **options,
    )


def _annexed(laid: Laid) -> Iterable[tuple[str, list[Block]]]:
    """(title, blocks) of each wide table, once."""
    found: dict[str, list[Block]] = {}
    for section in laid.sections:
        for block in section.blocks:
            if isinstance(block, FigureTableBlock) and _table(block.table).wide:
                found[block.table.title] = [_table(block.table, ""), *_drawing(block.table)]
    return found.items()


def _blocks(block: Paragraph | FigureTableBlock, annexed: dict[str, str]) -> list[Block]:
    """A table is followed by its chart, if it has one; of a wide one the place says where it is."""
    if isinstance(block, FigureTableBlock):
        table = _table(block.table)
        if table.wide:
            return [Para([f"（{block.table.title}见{annexed[block.table.title]}）"])]
        return [table, *_drawing(block.table)]
    runs = [FigureRun(str(run), run.value.code) if run.is_chip else run.text for run in block.runs]
    return [Para(runs)]


def _table(table: TableContent, title: str | None = None) -> Table:
    return Table(
        title=table.title if title is None else title,
        unit_note=table.note,
        headers=table.headers,
        rows=table.rows,
        numeric=range(1, len(table.headers)),
        total=table.total,
    )


def _drawing(table: TableContent) -> list[Block]:
    return [table.drawing] if table.drawing else []


def _definition_table(values: Sequence[Value]) -> Table:
    rows = [
        (value.code, value.label, value.told, f"{value.definition}（第{value.version}版）")
        for value in values
    ]
    return Table("", "", ("代码", "指标", "数", "口径"), rows, widths=(10, 7, 6, 19))


def _notes(counted_to: date, values: Sequence[Value]) -> list[str]:
    """Where the numbers come from: up to which day, and by which definitions."""
    notes = [f"数据截至{chinese_date(counted_to)}，均由登记记录按事情发生的日期统计。"]
    if values:
        notes.append(_definitions(values))
    return notes


def _definitions(values: Sequence[Value]) -> str:
    """The versions of the definitions; only those that ever changed are named."""
    changed = [f"“{value.label}”第{value.version}版" for value in values if value.version > 1]
    others = "其余均" if changed else "各项指标均"
    return f"口径版本：{'、'.join([*changed, ''])}{others}为第1版。"
