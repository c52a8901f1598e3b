"""What people typed is put right by GB/T 15834 and GB/T 15835 before it stands in a document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.punctuation import joined, tidy


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("慰问困难户,送去大米", "慰问困难户，送去大米"),
        ("主题:助残日;地点:中街", "主题：助残日；地点：中街"),
        ("康复站(新市南路96号)", "康复站（新市南路96号）"),
        ("面向16-35周岁", "面向16～35周岁"),
        ("占63%-68%", "占63%～68%"),
        ("３５人", "35人"),
        ("3-5月开展", "3—5月开展"),
        ("扣 10、5、3 分", "扣10、5、3分"),
        ("工作做完。。", "工作做完。"),
        ("读书,写字,,画画", "读书，写字，画画"),
        ('获"优秀"称号', "获“优秀”称号"),
        ("等等...", "等等……"),
        ("效果好.", "效果好。"),
        # What is no Chinese punctuation stays.
        ("2025-03-11", "2025-03-11"),
        ("021-55551234", "021-55551234"),
        ("8:30开始", "8:30开始"),
        ("1,234元", "1,234元"),
        ("S207、G60", "S207、G60"),
        ("https://a.cn/b?c=1", "https://a.cn/b?c=1"),
        ("Rehab (home) care", "Rehab (home) care"),
        ("〔2025〕5号", "〔2025〕5号"),
    ],
)
def test_marks_are_put_right_and_other_text_stays(typed, right):
    assert tidy(typed) == right


@given(st.text(alphabet="中文工作0123456789,.;:()-~ 年月日人“”《》、。", max_size=20))
def test_what_is_right_stays_right(text):
    assert tidy(tidy(tidy(text))) == tidy(tidy(text))


def test_titles_and_quotations_follow_each_other_without_a_mark():
    assert joined(["《甲》", "《乙》"]) == "《甲》《乙》"
    assert joined(["“甲”", "“乙”"]) == "“甲”“乙”"
    assert joined(["《甲》（1号）", "《乙》"]) == "《甲》（1号）、《乙》"
    assert joined(["甲", "乙"]) == "甲、乙"
    assert joined(["主干道、公路9处", "水域9处"]) == "主干道、公路9处，水域9处"
