"""The workbooks of all cases: what their scripts write, and nothing that the import stumbles over."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from portal.demo.cases import CASES
from portal.imports.reading import read_workbook
from tests.cases import writing

HERE = Path(__file__).parent
CODES = sorted(CASES)
ITEMS = {"s1": 11, "s2": 33, "s3": 26, "s4": 11, "s5": 13, "s6": 6, "s7": 11, "s8": 35}


@pytest.mark.parametrize("code", CODES)
def test_workbook_is_what_its_script_writes(code):
    case = import_module(f"tests.cases.{code}")
    written = writing.workbook(case.sheets())
    assert read_workbook(case.PATH.read_bytes()) == read_workbook(written)
    assert writing.workbook(case.sheets()) == written


@pytest.mark.parametrize("code", CODES)
def test_readme_names_each_item_of_the_source(code):
    readme = import_module(f"tests.cases.{code}").README[writing.README]
    named = {row["编号"] for row in readme}
    number = code.removeprefix("s")
    assert {f"S{number}-{item}" for item in range(1, ITEMS[code] + 1)} <= named
    assert {row["依据"] for row in readme} <= {writing.SOURCE, writing.OURS}


def test_nobody_of_one_case_has_the_number_or_phone_of_another():
    numbers: list[str] = []
    for code in CODES:
        register = getattr(import_module(f"tests.cases.{code}"), "REGISTER", None)
        if register is None:  # of residents: students on placement are none
            continue
        numbers += [person.number for person in register.people]
        numbers += [person.phone for person in register.people if person.phone]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("code", CODES)
def test_each_item_of_the_source_has_a_test_that_bears_its_name(code):
    text = "".join(path.read_text() for path in HERE.parent.rglob(f"test_{code}_*items.py"))
    tested = {int(number) for number in re.findall(rf"def test_{code}_(\d+)_", text)}
    assert tested == set(range(1, ITEMS[code] + 1))
