"""The preview of a batch: its rows by fate, a page at a time, and the choices made on it."""

import re
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from portal.imports.contents import page_of
from portal.imports.journal import CHANGED, FATES, HELD, NEW, PAGE_ROWS, REFUSED, UNCHANGED, WARNED

FATE_TITLES = {
    HELD: "之后改过",
    REFUSED: "有误",
    WARNED: "请核对",
    CHANGED: "修改",
    NEW: "新增",
    UNCHANGED: "未变动",
}
_CHOICE = re.compile(r"choice:(\d{1,7}):([\w#.]{1,60}):([^\x00-\x1f]{1,31})")
_KEY = re.compile(r"\d{1,18}|skip")


class SealedRows:
    """The rows of one fate, opened page by page; what a Paginator needs of a list."""

    def __init__(self, batch, fate: str, count: int):
        self.batch, self.fate, self.count_of_rows = batch, fate, count

    def __len__(self):
        return self.count_of_rows

    def __getitem__(self, part: slice):
        return page_of(self.batch, self.fate, part.start // PAGE_ROWS + 1)


@dataclass(frozen=True)
class Preview:
    """``tabs`` are (fate, title, rows, whether it is the one shown)."""

    fate: str
    title: str
    tabs: list[tuple[str, str, int, bool]]
    page: Page

    @property
    def has_choices(self) -> bool:
        return any(p["choices"] for row in self.page.object_list for p in row["problems"])


def preview_of(batch, params) -> Preview | None:
    """The page that ``params`` ask for; first what needs the clerk's eye. None without rows."""
    counts = {**batch.counts, WARNED: batch.summary.get("warned", 0)}
    counts[HELD] = batch.summary.get("held", 0)
    present = [fate for fate in FATE_TITLES if counts.get(fate)]
    if not present:
        return None
    asked = params.get("rows", "")
    fate = asked if asked in present and asked in FATES else present[0]
    rows = SealedRows(batch, fate, counts[fate])
    page = Paginator(rows, PAGE_ROWS).get_page(params.get("page", "1"))
    tabs = [(each, FATE_TITLES[each], counts[each], each == fate) for each in present]
    return Preview(fate, FATE_TITLES[fate], tabs, page)


def chosen_in(sent, decisions: dict) -> dict:
    """The decisions with those of a posted preview page on top: ``choice:<row>:<field>:<sheet>``
    carries the key of the record that the clerk chose, or that the row is left out."""
    merged = {
        sheet: {row: dict(by) for row, by in rows.items()} for sheet, rows in decisions.items()
    }
    for name, value in sent.items():
        if (found := _CHOICE.fullmatch(name)) and _KEY.fullmatch(value):
            row, field, sheet = found.groups()
            merged.setdefault(sheet, {}).setdefault(row, {})[field] = value
    return merged
