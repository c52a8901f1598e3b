"""Figures in text: names shown, codes stored, everything else plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.figures import figures
from reports.tokens import codes_in, keys_in, pieces, shown, stored, tokens_in

LABELS = [figure.label for figure in figures]
CODES = [figure.code for figure in figures]
TEXTS = st.lists(
    st.one_of(
        st.sampled_from([f"{{{name}}}" for name in LABELS + CODES]),
        st.sampled_from([f"{{{name}#}}" for name in LABELS + CODES]),
        st.sampled_from([f"{{{name}@上期}}" for name in LABELS + CODES]),
        st.sampled_from([f"{{{name}@change}}" for name in LABELS + CODES]),
        st.sampled_from(
            ["{表：各月工作量}", "{table:x}", "{", "}", "{{", "{%", "#", "\n", "{不明}"]
        ),
        st.text(max_size=8),
    ),
    max_size=12,
).map("".join)


def test_labels_of_all_figures_are_unique_and_can_stand_in_braces():
    assert len(set(LABELS)) == len(LABELS)
    assert [label for label in LABELS if len(label) > 58 or set(label) & set("{}\n#@")] == []
    assert set(LABELS) & set(CODES) == set()


@given(TEXTS)
def test_stored_text_survives_the_editor(typed):
    kept = stored(typed)
    assert stored(shown(kept)) == kept


@given(TEXTS)
def test_pieces_join_to_the_same_text(text):
    joined = "".join(p if isinstance(p, str) else text[p.start : p.end] for p in pieces(text))
    assert joined == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("入户{残疾人入户走访}。", "入户{disability.visits_home}。"),
        ("{ 残疾人入户走访 }", "{disability.visits_home}"),
        ("{参训残疾人#}名", "{disability.trainees#}名"),
        ("{disability.visits}", "{disability.visits}"),
        ("{没有这个指标}", "{没有这个指标}"),
        ("{残疾人入户走访@上期}", "{disability.visits_home@previous}"),
        ("{残疾人入户走访@上期#}", "{disability.visits_home@previous#}"),
        ("{残疾人入户走访@比上期}", "{disability.visits_home@change}"),
        ("{残疾人入户走访@去年}", "{残疾人入户走访@去年}"),
        ("{残疾人入户走访@change}", "{残疾人入户走访@change}"),
        ("{表：各月工作量}", "{table:各月工作量}"),
        ("{表: 各月工作量}", "{table:各月工作量}"),
        ("{表：}", "{表：}"),
        ("{{ 7*7 }} {% include 'x' %}", "{{ 7*7 }} {% include 'x' %}"),
        ("<b>{残疾人入户走访}</b>", "<b>{disability.visits_home}</b>"),
        ("一行\r\n二行", "一行\n二行"),
    ],
)
def test_typed_names_are_stored_as_codes(typed, kept):
    assert stored(typed) == kept


def test_codes_in_lists_known_figures_once_in_reading_order():
    text = "{disability.visits}{disability.handouts#}{不明}{disability.visits}"
    assert codes_in(text) == ["disability.visits", "disability.handouts"]


def test_tokens_of_the_other_period_have_keys_of_their_own():
    text = "{disability.visits}{disability.visits@previous#}{disability.visits@change}"
    assert keys_in(text) == [
        "disability.visits",
        "disability.visits@previous",
        "disability.visits@change",
    ]
    assert codes_in(text) == ["disability.visits"]
    assert [(t.period, t.bare) for t in tokens_in(text)] == [
        ("", False),
        ("previous", True),
        ("change", False),
    ]
    assert not tokens_in("{disability.visits@before}")[0].known


def test_tokens_know_bare_names_and_tables():
    bare, table, unknown = tokens_in("{disability.visits#}{table:各月工作量}{不明}")
    assert (bare.code, bare.bare, bare.known) == ("disability.visits", True, True)
    assert (table.table, table.known) == ("各月工作量", False)
    assert (unknown.table, unknown.known) == ("", False)
