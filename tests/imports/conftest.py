"""Workbooks made on the spot, and a clerk who may import."""

import io

import pytest
import xlsxwriter

from portal.imports.running import run
from portal.ledgers import ledgers
from portal.roles import Role
from residents.id_numbers import check_character


def xlsx(**sheets) -> bytes:
    """A workbook of ``title=rows``; text stays text, numbers numbers, dates real dates."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for row, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if hasattr(value, "year"):
                        sheet.write_datetime(row, column, value, day)
                    elif value is not None:
                        sheet.write(row, column, value)
    return target.getvalue()


def citizen(sequence: int, birth: str = "19800101") -> str:
    """A valid ID number; odd sequences are men's."""
    first = f"110101{birth}{sequence:03d}"
    return first + check_character(first)


PEOPLE = ["姓名", "证件号码", "联系电话", "在册起始日期"]
VISITS = ["日期", "姓名", "证件号码", "方式", "走访人", "情况记录"]


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "clerk")


@pytest.fixture
def bring(clerk, community, acting):
    """``bring(slug or None, content, commit=True)``: the report of an import by the clerk."""

    def imported(slug, content, *, commit=True, unit=community, by=clerk, **more):
        with acting(by):
            ledger = ledgers[slug] if slug else None
            return run(content, ledger=ledger, unit=unit, by=by, commit=commit, **more)

    return imported


@pytest.fixture
def counts(clerk, acting):
    """``counts(slug)``: how many records of the ledger the clerk sees."""

    def count(slug):
        with acting(clerk):
            return ledgers[slug].queryset(clerk).count()

    return count
