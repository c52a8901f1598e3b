"""The public version: no name that is known stands anywhere, and no number is changed."""

import json

from hypothesis import given
from hypothesis import strategies as st

from portal.masks import mask_name
from reports.frozen import laid_out
from reports.output.masking import masker, public_content, without_numbers, words_of
from reports.tables import TableContent
from tests.reports.papers import LONG_NAME, RARE, content

NAMES = ["黄文发", "黄文", LONG_NAME, RARE]
PEOPLE = TableContent(
    "慰问名单", "单位：元", ("姓名", "金额"), (("黄文发", "500"), (RARE, "300")), ("合计", "800")
)


def told(kept: dict) -> str:
    return json.dumps(kept, ensure_ascii=False)


def test_names_are_covered_in_title_headings_text_and_tables():
    kept = content(f"慰问黄文发、{LONG_NAME}和{RARE}。\n{{table:慰问名单}}", tables=(PEOPLE,))
    kept["title"] = "黄文发同志先进事迹"
    kept["sections"][1]["heading"] = "关于黄文发"
    masked = public_content(kept, NAMES)
    for name in NAMES:
        assert name not in told(masked)
    assert masked["title"] == "黄*发同志先进事迹"
    assert masked["tables"][0]["rows"] == [["黄*发", "500"], ["欧阳*㛃", "300"]]
    assert mask_name(LONG_NAME) in masked["sections"][0]["text"]
    assert masked["evidence"] == {}


def test_frozen_content_itself_is_left_as_it_was():
    kept = content(f"慰问{RARE}。", tables=(PEOPLE,))
    before = told(kept)
    public_content(kept, NAMES)
    assert told(kept) == before


def test_figures_and_tables_stay_in_their_places():
    kept = content()
    public, full = laid_out(public_content(kept, NAMES)), laid_out(kept)
    assert str(public).count("192人次") == str(full).count("192人次") == 1
    assert [len(s.blocks) for s in public.sections] == [len(s.blocks) for s in full.sections]


def test_longest_name_is_covered_first():
    assert masker(["黄文", "黄文发"])("黄文发和黄文") == "黄*发和黄*"


def test_dot_of_a_name_may_be_typed_in_any_way():
    covered = masker(["买买提·吐尔逊"])
    assert {covered(f"买买提{dot}吐尔逊到场") for dot in "·•・‧"} == {"买**·吐**到场"}


def test_token_of_a_figure_is_never_touched():
    text = "{disability.visits}与{table:分月情况}，李明"
    kept = content(text)
    masked = public_content(kept, ["visits", "分月情况", "李明"])
    assert masked["sections"][0]["text"] == "{disability.visits}与{table:分月情况}，李*"


def test_numbers_of_id_cards_and_phones_are_masked_wherever_they_were_typed():
    text = "身份证11010119900307123X，电话13812345678，共1381234567元、320000000000000000000份"
    assert without_numbers(text) == (
        "身份证110***********123X，电话138****5678，共1381234567元、320000000000000000000份"
    )


def test_words_are_those_of_texts_and_tables():
    words = words_of(content(tables=(PEOPLE,)))
    for told in (RARE, LONG_NAME, "走访情况", "黄文发", "明珠社区2025年"):
        assert told in words


def test_names_typed_into_one_cell_are_covered_one_by_one():
    assert masker(["李梅、陈刚 王小五"])("陈刚说：王小五和李梅") == "陈*说：王*五和李*"


def test_spaces_between_the_characters_hide_no_name():
    masked = masker(["张三", "欧阳丹"])
    assert masked("张　三、张 三、张三") == "张　*、张 *、张*"
    assert masked("欧 阳　丹到场") == "欧 阳　*到场"
    assert masker(["张　三"])("张三和张　三") == "张*和张　*"
    assert masker(["王 小五 李四"])("王小五、李四") == "王*五、李*"


def test_all_that_a_table_says_is_searched_and_the_name_of_a_group_covered():
    table = TableContent("黄文发组", "赵一", ("钱二", "数"), (("孙三", "1"),), ("李四", "1"))
    kept = content(tables=(table,))
    kept["unit"] = {"id": 1, "name": "周五帮扶组", "group": 3}
    words = words_of(kept)
    for name in ("黄文发", "赵一", "钱二", "孙三", "李四", "周五"):
        assert name in words
    assert public_content(kept, ["周五"])["unit"]["name"] == "周*帮扶组"
    kept["unit"] = {"id": 1, "name": "高山村"}
    assert public_content(kept, ["高山"])["unit"]["name"] == "高山村"


@given(
    st.lists(st.text("李王黄文发明·珠", min_size=2, max_size=6), max_size=5),
    st.text("李王黄文发明·珠，。12 ", max_size=60),
)
def test_no_name_is_left_and_nothing_but_names_is_covered(names, text):
    names = [name.strip() for name in names]
    masked = masker(names)(text)
    assert len(masked) == len(text)
    assert all(c in (text[n], "*") for n, c in enumerate(masked))
    for name in names:
        if len(name) > 1 and mask_name(name) != name:
            assert name not in masked or any(other != name for other in names)
