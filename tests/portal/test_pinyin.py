import pytest

from portal.pinyin import MOST_VARIANTS, NameKeys, name_keys


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("黄文发", "huangwenfa", "hwf"),
        ("单雄信", "shanxiongxin", "sxx"),
        ("解珍", "xiezhen", "xz"),
        ("仇英", "qiuying", "qy"),
        ("曾子墨", "zengzimo", "zzm"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("万俟卨", "moqixie", "mqx"),
        ("长孙无忌", "zhangsunwuji", "zswj"),
        ("盖重阳", "gechongyang", "gcy"),
        ("吕布", "lvbu", "lb"),
        ("买买提·阿不都", "maimaitiabudou", "mmtabd"),
        ("John Smith", "johnsmith", "js"),
        ("José", "jose", "j"),
        ("阿Q", "aq", "aq"),
        ("张\U0002ebf0伟", "zhangwei", "zw"),
        ("李Ａｎｎ", "liann", "la"),
    ],
)
def test_name_keys_read_the_name(name, pinyin, initials):
    keys = name_keys(name)
    assert (keys.pinyin, keys.initials) == (pinyin, initials)


@pytest.mark.parametrize("name", ["", "·", "\U0002ebf0", "123"])
def test_name_keys_of_what_has_no_reading_are_empty(name):
    assert name_keys(name) == NameKeys("", "", "")


def test_name_keys_search_has_each_variant_between_bars():
    assert name_keys("黄文发").search == "|huangwenfa|hwf|"
    assert name_keys("解珍").search == "|xiezhen|jiezhen|xz|jz|"


@pytest.mark.parametrize("typed", ["shan", "dan", "chan", "sxx", "dxx", "shanxiongxin"])
def test_name_keys_search_finds_every_reading_of_a_surname(typed):
    assert f"|{typed}" in name_keys("单雄信").search


def test_name_keys_search_puts_the_likeliest_first_and_is_capped():
    search = name_keys("重乐都重乐都重乐都").search.strip("|").split("|")
    assert search[0].startswith("chongle")
    assert len(search) <= 2 * MOST_VARIANTS
    assert len(search) == len(set(search))


def test_name_keys_of_the_longest_name_fit_their_column():
    assert len(name_keys("庄" * 50).pinyin) == 200
