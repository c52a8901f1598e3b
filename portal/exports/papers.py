"""The paper around a ledger's list: title, what was filtered, who took it and when."""

from django.utils import timezone

from portal.exports.paper import SIGNATURE, Paper, printed_on
from portal.scope import access_of


def paper_of(selection, columns, *, by, at=None, watermark: str = "", titled: bool = True) -> Paper:
    """Unit, ledger and period as the title; the filter; printed on and by."""
    at = timezone.localtime(at)
    unit = selection.chosen.get("unit") or access_of(by).home
    titles = [f"{unit.name}{selection.ledger.title}台账" if unit else selection.ledger.title]
    if selection.period_label:
        titles.append(f"（{selection.period_label}）")
    return Paper(
        selection.ledger.title,
        columns,
        titles=titles if titled else (),
        remarks=(f"筛选：{selection.described()}",),
        signature=SIGNATURE if titled else (),
        footer=f"{by.name} 于 {printed_on(at)} 从社区工作台导出",
        watermark=watermark,
    )


def file_name(title: str, extension: str) -> str:
    return f"{title}_{timezone.localdate():%Y%m%d}.{extension}"
