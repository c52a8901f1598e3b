"""The workbooks of all cases: what their scripts write, and nothing that the import stumbles over."""

from importlib import import_module

import pytest

from portal.demo.cases import CASES
from portal.imports.reading import read_workbook
from tests.cases import writing

CODES = sorted(CASES)


@pytest.mark.parametrize("code", CODES)
def test_workbook_is_what_its_script_writes(code):
    case = import_module(f"tests.cases.{code}")
    written = writing.workbook(case.sheets())
    assert read_workbook(case.PATH.read_bytes()) == read_workbook(written)
    assert writing.workbook(case.sheets()) == written


@pytest.mark.parametrize("code", CODES)
def test_readme_names_each_item_of_the_source(code):
    items = {"s1": 11, "s2": 33, "s5": 13, "s7": 11}[code]
    readme = import_module(f"tests.cases.{code}").README[writing.README]
    named = {row["编号"] for row in readme}
    number = code.removeprefix("s")
    assert {f"S{number}-{item}" for item in range(1, items + 1)} <= named
    assert {row["依据"] for row in readme} <= {writing.SOURCE, writing.OURS}


def test_nobody_of_one_case_has_the_number_or_phone_of_another():
    numbers: list[str] = []
    for code in CODES:
        register = import_module(f"tests.cases.{code}").REGISTER
        numbers += [person.number for person in register.people]
        numbers += [person.phone for person in register.people if person.phone]
    assert len(set(numbers)) == len(numbers)
