"""The difference of two versions: words, not crumbs; figures by name; quick for long texts."""

import time

from hypothesis import given
from hypothesis import strategies as st

from reports.differences import ADDED, REMOVED, SAME, compared

HEADINGS = {"title": "标题", "visits": "走访", "next": "下一步计划"}


def told(old, new):
    """Each changed paragraph as one text: －removed－, ＋added＋."""
    marks = {SAME: "", ADDED: "＋", REMOVED: "－"}
    [part] = compared({"next": old}, {"next": new}, HEADINGS).parts
    return [
        "".join(f"{marks[run.kind]}{run.text}{marks[run.kind]}" for run in paragraph.runs)
        for paragraph in part.paragraphs
    ]


def test_only_changed_parts_and_paragraphs_are_told():
    before = {"title": "总结", "visits": "走访。", "next": "一。\n二是加强走访。\n三。"}
    after = before | {"next": "一。\n二是坚持走访。\n三。"}
    difference = compared(before, after, HEADINGS)
    assert [part.heading for part in difference.parts] == ["下一步计划"]
    assert told(before["next"], after["next"]) == ["二是－加强－＋坚持＋走访。"]


def test_numbers_and_figures_change_whole():
    assert told("共走访192人次。", "共走访193人次。") == ["共走访－192－＋193＋人次。"]
    before, after = "走访{disability.visits}。", "走访{disability.visits_home}。"
    [part] = compared({"next": before}, {"next": after}, HEADINGS).parts
    [paragraph] = part.paragraphs
    assert [word.text for run in paragraph.runs[1:3] for word in run.words] == [
        "残疾人走访人次",
        "残疾人入户走访",
    ]
    assert [run.size for run in paragraph.runs[1:3]] == [1, 1]


def test_a_sentence_rewritten_is_no_confetti():
    [text] = told(
        "今年以来，社区组织开展助残日宣传活动两次。残疾人反映良好。",
        "今年以来，街道和社区共同举办宣传讲座。残疾人反映良好。",
    )
    assert text.count("＋") <= 6
    assert text.endswith("残疾人反映良好。")


def test_moved_in_and_out_paragraphs_are_whole():
    assert told("一是走访困难家庭。", "一是走访困难家庭。\n二是组织技能培训班。") == [
        "＋二是组织技能培训班。＋"
    ]
    assert told("甲乙丙丁戊己。", "子丑寅卯辰巳！") == ["－甲乙丙丁戊己。－", "＋子丑寅卯辰巳！＋"]


def test_sizes_are_characters():
    difference = compared({"next": "走访。"}, {"next": "走访困难家庭。"}, HEADINGS)
    assert (difference.added, difference.removed) == (4, 0)


def test_same_words_are_no_difference():
    assert compared({"next": "甲。"}, {"next": "甲。\n\n"}, HEADINGS).parts == ()


TEXTS = st.text(alphabet="走访人次1２。，{}a\n", max_size=60)


@given(TEXTS, TEXTS)
def test_both_versions_can_be_read_out_of_the_difference(old, new):
    def lines(text):
        return [line.strip() for line in text.split("\n") if line.strip()]

    gone, come = lines(old), lines(new)
    for part in compared({"next": old}, {"next": new}, HEADINGS).parts:
        for paragraph in part.paragraphs:
            before = "".join(run.text for run in paragraph.runs if run.kind != ADDED)
            after = "".join(run.text for run in paragraph.runs if run.kind != REMOVED)
            if before:
                gone.remove(before)
            if after:
                come.remove(after)
    assert gone == come  # the rest stayed


def test_long_texts_are_quick():
    old = "\n".join(f"第{n}项工作，走访残疾人{n * 7}人次，发放资料{n}份。" * 12 for n in range(45))
    one = "在街道党工委领导下" * 2000
    start = time.perf_counter()
    compared({"next": old}, {"next": old.replace("走访", "入户走访")}, HEADINGS)
    compared({"next": one}, {"next": one[:9000] + "改" + one[9000:]}, HEADINGS)
    assert time.perf_counter() - start < 3
