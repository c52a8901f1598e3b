"""S1-1 … S1-11 (domain §7): each fact of the case's workbook is found in the generated summary."""

import pytest

from tests.disability.casework import missing_in, told_once
from tests.reports.eight_documents import blemishes, not_shown, street_prints
from tests.reports.mutations import escaped, false_alarms, warnings

# On one worker: the case is loaded once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("s1")]

s1 = told_once("s1", "A", "2025")


def test_s1_1_tasks_done_of_the_years_plan_are_told(s1):
    assert s1.parts["title"] == "幸福社区2025年残疾人工作总结"
    assert s1.full("disability.task_rate") == "87.5%（7/8）"
    assert "年度计划任务8项，完成7项，完成率87.5%（7/8）" in s1.parts["basics"]


def test_s1_2_home_visits_and_their_coverage_are_told(s1):
    assert s1.value("disability.visits_home") == 129
    assert s1.value("disability.visited_persons") == 56
    assert s1.full("disability.visit_coverage") == "93.3%（56/60）"
    assert "入户走访129人次" in s1.parts["visits"]
    assert "涉及残疾人56人" in s1.parts["visits"]
    assert "走访覆盖率为93.3%（56/60）" in s1.parts["visits"]


def test_s1_3_phone_enquiries_and_the_total_of_all_ways_are_told(s1):
    by_mode = [s1.value("disability.visits", mode=mode) for mode in ("home", "phone", "office")]
    assert by_mode == [129, 63, 0]
    assert s1.value("disability.visits") == 192
    assert "走访残疾人192人次" in s1.parts["visits"]
    assert "电话询访63人次" in s1.parts["visits"]
    assert s1.table("各月工作量").total[1:4] == ("129", "63", "192")


def test_s1_4_insurance_for_five_poor_residents_is_told_with_its_results(s1):
    codes = ("insurance", "insurance_approved", "insurance_pending")
    assert [s1.value(f"disability.{code}") for code in codes] == [5, 4, 1]
    assert "协助困难残疾人5人申请医疗保险资助，其中已获批准4人" in s1.parts["insurance"]
    assert "尚有1人正在办理" in s1.parts["insurance"]


def test_s1_5_greetings_before_the_spring_festival_are_told_with_amount_and_without_a_name(s1):
    assert s1.value("disability.assistance") == 1
    assert s1.value("disability.assistance_amount") == 500
    assert "1月6日，春节前夕，市残联上门慰问困难残疾人" in s1.parts["assistance"]
    assert "发放慰问金500元" in s1.parts["assistance"]
    assert "范素琴" not in s1.words


def test_s1_6_three_residents_at_the_start_up_training_are_told(s1):
    assert s1.value("disability.trainees") == 3
    assert "残疾人参训3人" in s1.parts["training"]
    hosts = "3月10日，组织残疾人参加市残联、市就业局举办的"
    assert hosts + "“一人学、众人会暨创办自己的小店培训班”" in s1.parts["training"]


def test_s1_7_the_mother_of_a_disabled_child_counts_as_family_trainee(s1):
    assert s1.value("disability.family_trainees") == 1
    assert s1.value("disability.training_person_times") == 4
    assert "残疾人家属参训1人" in s1.parts["training"]
    assert "5月11日，组织残疾人家属参加市残联举办的“脑瘫儿童家长" in s1.parts["training"]
    assert "欧阳" not in s1.words


def test_s1_8_the_booth_before_the_35th_day_of_help_is_told_with_its_consultations(s1):
    assert s1.value("disability.activities") == 1
    assert s1.value("disability.consultations") == 86
    assert "5月15日，围绕第35次全国助残日，在中街与市残联共同开展" in s1.parts["publicity"]
    assert "接受现场咨询86人次" in s1.parts["publicity"]


def test_s1_9_the_slogan_is_quoted(s1):
    assert "“搭一把手，同走一程”" in s1.parts["publicity"]


def test_s1_10_leaflets_are_told_by_their_exact_number(s1):
    assert s1.value("disability.handouts") == 200
    assert "发放宣传资料200份" in s1.parts["publicity"]
    assert "余份" not in s1.words


def test_s1_11_the_next_plan_lists_open_tasks_and_invites_comments(s1):
    told = s1.parts["next"]
    for task in ("办理困难残疾人医保资助", "办结医保资助申请", "组织残疾人参加技能培训"):
        assert task in told
    assert "欢迎居民和上级部门提出意见" in told


def test_s1_is_printed_by_the_command_with_all_its_words(s1, tmp_path):
    assert missing_in(s1.printed_by_command(tmp_path / "s1.pdf"), s1) == []


def test_the_clean_draft_raises_no_false_alarm(s1):
    assert false_alarms(s1) == []
    assert warnings(s1) == []


def test_no_changed_digit_escapes_the_checker(s1):
    assert escaped(s1) == []


def test_the_draft_shows_all_that_the_source_asks_as_chips(s1):
    assert not_shown("s1", s1) == []


def test_the_draft_reads_clean_here_and_at_the_street(s1):
    assert blemishes(s1) == []


def test_the_street_prints_the_same_kind_of_document(s1, tmp_path):
    assert street_prints(s1, tmp_path / "street.pdf")
