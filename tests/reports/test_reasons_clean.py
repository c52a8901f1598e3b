"""What is typed beside an issue is printed on it: no character that cannot be seen gets there."""

import pytest

from reports.forms import NoteForm, WithdrawForm


@pytest.mark.parametrize(
    ("form", "name"),
    [(NoteForm({"note": "改\x07正\u202e了\n人数"}, again=True), "note"),
     (WithdrawForm({"reason": "改\x07正\u202e了\n人数"}), "reason")],
)  # fmt: skip
def test_unseen_characters_are_taken_out_and_lines_stay(form, name):
    assert form.is_valid()
    assert form.cleaned_data[name] == "改正了\n人数"


def test_nul_is_refused_at_its_field():
    form = WithdrawForm({"reason": "改\x00正"})
    assert not form.is_valid()
    assert "reason" in form.errors
