import pytest
from django.core.exceptions import ValidationError

from disability.certificate_numbers import certified, check_certificate, parse_certificate
from disability.enums import COMPONENTS, Category, Level

HOLDER = "11010119900307803X"


def refusals(function, *arguments):
    with pytest.raises(ValidationError) as caught:
        function(*arguments)
    return caught.value.messages


@pytest.mark.parametrize(
    ("raw", "number", "reissue"),
    [
        (f"{HOLDER}42", f"{HOLDER}42", 0),
        ("11010119900307803x42 b1", f"{HOLDER}42B1", 1),
        (f"{HOLDER}42B99", f"{HOLDER}42B99", 99),
    ],
)
def test_certificate_number_is_read(raw, number, reissue):
    parsed = parse_certificate(raw)
    assert (parsed.number, parsed.holder_id, parsed.category, parsed.level, parsed.reissue) == (
        number,
        HOLDER,
        Category.PHYSICAL,
        Level.SECOND,
        reissue,
    )


def test_certificate_of_a_resident_from_hong_kong_is_read():
    assert parse_certificate("81000019940823002111").category == Category.VISION


@pytest.mark.parametrize(
    ("raw", "trouble"),
    [
        (f"{HOLDER}4", "长度应为20位（补发的另加B1、B2等），现在是19位"),
        (f"{HOLDER}421", "现在是21位"),
        (f"{HOLDER}02", "第19位（残疾类别）应为1至7，现在是“0”"),
        (f"{HOLDER}82", "第19位（残疾类别）应为1至7，现在是“8”"),
        (f"{HOLDER}40", "第20位（残疾等级）应为1至4，现在是“0”"),
        (f"{HOLDER}45", "第20位（残疾等级）应为1至4，现在是“5”"),
        ("11010119900307803142", "前18位不是有效的身份证号码：号码的校验码不对"),
        ("张" * 20, "前18位应是持证人的身份证号码"),
        (f"{HOLDER}42B0", "补发标记应为B1至B99，现在是“B0”"),
        (f"{HOLDER}42B01", "补发标记"),
        (f"{HOLDER}42B100", "补发标记"),
        (f"{HOLDER}42BB", "补发标记"),
        ("", "请填写"),
        (11010119900307803042, "被表格存成了数字"),
    ],
)
def test_certificate_number_refusal_names_the_part(raw, trouble):
    [message] = refusals(parse_certificate, raw)
    assert trouble in message


def test_certificate_that_agrees_with_holder_category_and_level_passes():
    assert check_certificate(f"{HOLDER}42B1", HOLDER, "4", "2").reissue == 1
    assert check_certificate(f"{HOLDER}42", HOLDER).level == Level.SECOND


def test_certificate_check_tells_each_fault_by_itself():
    assert refusals(check_certificate, f"{HOLDER}42", "440308199901101512", "5", "1") == [
        "残疾人证号前18位与持证人的证件号码不一致，请核对。",
        "残疾人证号第19位表示肢体残疾，与登记的智力残疾不一致，请核对。",
        "残疾人证号第20位表示二级，与登记的一级不一致，请核对。",
    ]


def test_certificate_check_of_a_holder_without_id_says_so():
    [message] = refusals(check_certificate, f"{HOLDER}42", "")
    assert "还没有登记证件号码" in message


@pytest.mark.parametrize(
    ("components", "said"),
    [
        (["42"], (Category.PHYSICAL, Level.SECOND)),
        (["42", "33"], (Category.MULTIPLE, Level.SECOND)),
        (["44", "41"], (Category.PHYSICAL, Level.FIRST)),
    ],
)
def test_certified_gives_multiple_and_the_most_severe_level(components, said):
    assert certified(components) == said


def test_certified_without_components_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        certified([])


def test_components_are_the_single_categories_at_each_level():
    assert len(COMPONENTS) == 24
    assert ("42", "肢体二级") in COMPONENTS
    assert not [code for code, _ in COMPONENTS if code.startswith("7")]
