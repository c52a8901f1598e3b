"""Cells of several choices: parted by marks, which the words of a choice may hold themselves."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as some

from portal.imports.cells import CellReader
from portal.imports.columns import ImportColumn
from sanitation.enums.places import PointKind

FIELD = forms.MultipleChoiceField(choices=PointKind.choices)


def read(text):
    return CellReader(ImportColumn("清理范围", "scopes", FIELD, False)).data(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("水域", ["water"]),
        ("集镇、主街", ["market"]),
        ("集镇、主街、水域", ["market", "water"]),
        ("水域，主次干道、通村公路；田边菜地", ["water", "road", "field"]),
        ("、水域、、田边菜地、", ["water", "field"]),
        ("water/hill", ["water", "hill"]),
        ("、", []),
    ],
)
def test_longest_known_words_are_taken(text, found):
    assert read(text) == found


@pytest.mark.parametrize("text", ["集镇", "水域、街上", "公厕"])
def test_unknown_words_are_told(text):
    with pytest.raises(ValidationError, match="不在可选的内容里"):
        read(text)


@given(some.lists(some.sampled_from(PointKind), unique=True), some.sampled_from("、，；/\n"))
def test_what_is_written_is_read_again(kinds, mark):
    assert read(mark.join(kind.label for kind in kinds)) == [kind.value for kind in kinds]
