"""Tables whose rows do not give their total (§7.10 rule 15), or give it by counting a part twice (16)."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from reports.checks.findings import ERROR, WHOLE, Finding
from reports.checks.passage import Document

WITHIN = "其中"
TOTALS = {"合计", "总计", "小计"}  # rows add up below these heads alone, not below 全期 or 平均


def check_tables(document: Document) -> Iterator[Finding]:
    """Each column of a table in use that ends with a total is added up."""
    for title, table in document.grounds.counted.items():
        if table is None or not table.total or table.total[0] not in TOTALS:
            continue
        for place, header in enumerate(table.headers[1:], 1):
            if finding := _column(document, title, table, place, header):
                yield finding


def _column(document: Document, title: str, table, place: int, header: str) -> Finding | None:
    total = _value(table.total[place]) if place < len(table.total) else None
    cells = [(row[0], _value(row[place])) for row in table.rows if place < len(row)]
    if total is None or any(value is None for _, value in cells):
        return None
    inside = [label for label, _ in cells if label.startswith(WITHIN)]
    added = sum((value for _, value in cells), Decimal())
    once = sum((value for label, value in cells if label not in inside), Decimal())
    if total == once or not cells:
        return None
    message = f"《{title}》“{header}”一列各行相加是{once:f}，合计是{total:f}。"
    if inside and added == total:
        message += f"“{'、'.join(inside)}”已包含在其他行里，重复计算了。"
    rule = "double" if inside and added == total else "subtotal"
    return Finding(ERROR, rule, message, WHOLE, words=f"{title}\x1f{header}")


def _value(cell: str) -> Decimal | None:
    if cell in {"", "—"}:
        return Decimal()
    try:
        return Decimal(cell.replace(",", ""))
    except InvalidOperation:
        return None
