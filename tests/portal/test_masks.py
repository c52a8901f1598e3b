import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import masks

MASKS = [
    masks.mask_id,
    masks.mask_certificate,
    masks.mask_phone,
    masks.mask_bank,
    masks.mask_name,
]


@pytest.mark.parametrize(
    ("mask", "clear", "covered"),
    [
        (masks.mask_id, "110101199003071234", "110***********1234"),
        (masks.mask_id, "CHN110081080301", "CHN********0301"),
        (masks.mask_id, "E12345678", "E******78"),
        (masks.mask_id, "12345", "****5"),
        (masks.mask_certificate, "11010119900307432142", "110*************2142"),
        (masks.mask_certificate, "11010119900307432142B1", "110*************2142B1"),
        (masks.mask_phone, "13812341234", "138****1234"),
        (masks.mask_phone, "073185551234", "0731******34"),
        (masks.mask_phone, "0731-85551234", "0731-******34"),
        (masks.mask_phone, "01062345678", "010******78"),
        (masks.mask_phone, "073185551234-801", "0731******34-***"),
        (masks.mask_phone, "0731-85551234-801", "0731-******34-***"),
        (masks.mask_phone, "85551234", "******34"),
        (masks.mask_phone, "+85291234567", "+852******67"),
        (masks.mask_phone, "12345", "*****"),
        (masks.mask_bank, "6222021234561234", "************1234"),
        (masks.mask_bank, "12345678", "********"),
        (masks.mask_name, "张", "*"),
        (masks.mask_name, "李四", "李*"),
        (masks.mask_name, "张老三", "张*三"),
        (masks.mask_name, "欧阳修", "欧阳*"),
        (masks.mask_name, "欧阳小娜", "欧阳*娜"),
        (masks.mask_name, "阿卜杜·买提", "阿**·买*"),
        (masks.mask_name, "John Smith", "J*** S****"),
    ],
)
def test_mask_has_its_fixed_shape(mask, clear, covered):
    assert mask(clear) == covered


@pytest.mark.parametrize("mask", MASKS)
def test_mask_of_nothing_is_empty(mask):
    assert (mask(""), mask(None)) == ("", "")


@pytest.mark.parametrize("mask", MASKS)
@given(st.text(alphabet="0123456789X-+·号栋张三 a", max_size=60))
def test_mask_keeps_the_length(mask, text):
    assert len(mask(text)) == len(text)


@given(st.text(alphabet="0123456789", min_size=1, max_size=20))
def test_mask_of_a_number_never_shows_more_than_half(text):
    for mask in (masks.mask_id, masks.mask_bank):
        assert 2 * (len(text) - mask(text).count("*")) <= max(len(text), 1)
