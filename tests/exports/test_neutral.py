"""Text that looks like a formula: guarded on the way out, the same again on the way in (ADR 12)."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.exports import xlsx
from portal.exports.xlsx import LONGEST, workbook
from portal.imports.cells import text_of
from portal.ledgers import ledgers
from portal.ledgers.columns import Column
from portal.neutral import guarded, unguarded
from tests import factories

FORMULA_LIKE = st.text("'=+-@\t\r 1A＝＠(。", max_size=8)


@given(st.one_of(st.text(max_size=30), FORMULA_LIKE))
def test_the_apostrophe_is_taken_off_exactly(text):
    assert unguarded(guarded(text)) == text


@given(FORMULA_LIKE)
def test_what_leaves_never_begins_like_a_formula(text):
    left = guarded(text)
    assert left[:1] not in tuple("=@\t\r＝＠")
    if left[:1] in ("+", "-"):
        assert not any(c.isalpha() or c in "=@!'" for c in left)


@pytest.mark.parametrize("text", ["-", "-5", "+86 138-1234-5678", "—", "5-1", "张三", "'", ""])
def test_ordinary_text_stays_as_it_is(text):
    assert guarded(text) == text


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+A1", "\t=1", "＝1"])
def test_formulas_are_guarded(text):
    assert guarded(text) == f"'{text}"


class Rows(list):
    def iterator(self, chunk_size):
        return iter(self)


def test_no_cell_of_a_workbook_is_a_formula_and_all_are_quoted():
    texts = ["=1+1", "@x", "+A1", "-A1", "\t=1", "\r=1", "普通", "110103197005170013"]
    content, count = workbook("表", [Column("内容", str)], Rows(texts))
    cells = [row[0] for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(2)]
    assert count == len(texts)
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    read = dict(zip(texts, (text_of(cell.value) for cell in cells), strict=True))
    del read["\r=1"]  # openpyxl shows the escape that a spreadsheet reads
    assert all(text == came_back for text, came_back in read.items())


def test_the_writer_alone_makes_no_formula_and_no_link_of_a_text():
    """The second guard: what a sheet is handed unguarded stays text too."""
    target = io.BytesIO()
    with xlsx._book(target, "表", sparing=True) as book:
        sheet = book.add_worksheet()
        for row, text in enumerate(["=1+1", "{=1+1}", "https://example.org/"]):
            sheet.write(row, 0, text)
    cells = [row[0] for row in openpyxl.load_workbook(target).active.iter_rows()]
    assert [cell.data_type for cell in cells] == ["s"] * 3
    assert not any(cell.hyperlink for cell in cells)


def test_saved_as_csv_no_cell_begins_like_a_formula():
    content, _ = workbook("表", [Column("内容", str)], Rows(["=1+1", "@x", "-2+A1"]))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    saved = io.StringIO()
    csv.writer(saved).writerows(sheet.iter_rows(values_only=True))
    again = list(csv.reader(io.StringIO(saved.getvalue())))
    assert [row[0][:2] for row in again[1:]] == ["'=", "'@", "'-"]


def test_a_text_longer_than_a_cell_is_cut_aloud():
    content, _ = workbook("表", [Column("内容", str)], Rows(["长" * (LONGEST + 1)]))
    value = openpyxl.load_workbook(io.BytesIO(content)).active["A2"].value
    assert len(value) == LONGEST
    assert value.endswith(f"全文 {LONGEST + 1} 字，单元格放不下，请在系统中查看）")


@pytest.mark.django_db
def test_a_formula_like_note_comes_back_from_its_own_export_unchanged(
    acting, community, staff, person
):
    from portal.imports.running import run

    notes = ["=1+1", "'=1", "-", "+86", "@某人"]
    with acting(staff):
        for day, note in enumerate(notes, start=1):
            factories.visit(person, f"2025-03-{day:02d}", content=note)
        ledger = ledgers["visits"]
        rows = ledger.queryset(staff).order_by("pk")
        content, _ = workbook(ledger.title, ledger.shown_columns, rows)
        report = run(content, ledger=ledger, unit=community, by=staff, commit=True)
        assert report.totals == {"new": 0, "changed": 0, "unchanged": 5, "refused": 0}
        assert [v.content for v in rows.all()] == notes
