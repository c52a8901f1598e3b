"""What was stored stays readable and gives the same digits, always: the file is never written anew.

``stored_edition_1.json`` was written by the first edition, before cards had points for each colour. Who
changes the arithmetic raises ``EDITION`` and computes this one beside it.
"""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from sanitation.enums.scoring import LineKind
from sanitation.scoring import compute_all
from sanitation.scoring.stored import read, stored

KEPT = json.loads((Path(__file__).parent / "stored_edition_1.json").read_text())


def told(line) -> list:
    return [line.kind, line.label, str(line.points), line.rule, line.subject, line.subject_id]


def test_the_first_edition_computes_to_its_digits_and_words():
    read_now = {each["name"]: read(each["stored"]) for each in KEPT}
    [rule] = {rule for _, rule in read_now.values()}
    results = compute_all({name: inputs for name, (inputs, _) in read_now.items()}, rule)
    for each in KEPT:
        result = results[each["name"]]
        assert [told(line) for line in result.lines] == each["lines"]
        total = None if each["total"] is None else Decimal(each["total"])
        found = (result.total, result.rank, result.withheld, result.inputs)
        assert found == (total, each["rank"], each["withheld"], read_now[each["name"]][0])


def test_the_file_has_every_kind_of_line():
    assert {line[0] for each in KEPT for line in each["lines"]} == set(LineKind.values)


@pytest.mark.parametrize("each", KEPT, ids=lambda each: each["name"])
def test_stored_again_it_reads_the_same(each):
    again = stored(*read(each["stored"]))
    assert read(json.loads(json.dumps(again))) == read(each["stored"])


def test_another_edition_is_refused():
    with pytest.raises(ValueError, match="edition 2"):
        read(KEPT[0]["stored"] | {"edition": 2})
