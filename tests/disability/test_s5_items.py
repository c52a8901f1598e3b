"""S5-1 … S5-13 (domain §7): each fact of the case's workbook is found in the generated summary."""

import pytest

from tests.disability.casework import told_once

pytestmark = pytest.mark.django_db  # keeps these together: the case is loaded once

s5 = told_once("s5", "A", "2025H1")


def test_s5_1_the_report_is_of_the_first_half_year(s5):
    assert s5.parts["title"] == "和顺社区2025年上半年残疾人工作总结"
    assert "截至2025年6月30日，在册残疾人126人，其中持证残疾人122人" in s5.parts["basics"]


def test_s5_6_four_persons_at_the_start_up_training_are_told(s5):
    assert s5.value("disability.trainees") == 4
    assert "残疾人参训4人" in s5.parts["training"]
    assert "“一人学、众人会暨创办自己的小店培训班”" in s5.parts["training"]


def test_s5_8_the_booth_at_the_gate_is_told_with_leaflets_and_questions(s5):
    assert s5.value("disability.activities") == 1
    assert s5.value("disability.handouts") == 206
    assert s5.value("disability.consultations") == 74
    told = s5.parts["publicity"]
    assert "5月15日，围绕第35次全国助残日，在社区门口" in told
    assert "发放宣传资料206份" in told
    assert "接受现场咨询74人次" in told


def test_s5_11_visits_are_told_by_their_number(s5):
    ways = [s5.value(f"disability.visits{way}") for way in ("", "_home", "_phone")]
    assert ways == [125, 84, 41]
    assert "共走访残疾人125人次，其中入户走访84人次，电话询访41人次" in s5.parts["visits"]


def test_s5_12_three_cataract_patients_are_told_with_how_far_they_came(s5):
    codes = ("cataract", "cataract_referred", "cataract_operated")
    assert [s5.value(f"disability.referrals_{code}") for code in codes] == [3, 2, 1]
    assert "为白内障患者3人提供治疗信息" in s5.parts["rehabilitation"]
    assert "完成复明手术1人" in s5.parts["rehabilitation"]
    assert "向有需要的残疾人" not in s5.parts["rehabilitation"]  # they were told already
