"""S5-1 … S5-13 (domain §7): each fact of the case's workbook is found in the generated summary."""

import pytest

from tests.cases.s5_people import REGISTER
from tests.disability.casework import missing_in, told_once
from tests.reports.eight_documents import blemishes, not_shown, street_prints
from tests.reports.mutations import escaped, false_alarms, warnings

# On one worker: the case is loaded once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("s5")]

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
    assert s5.value("disability.banners") == 2
    assert "悬挂横幅标语2条" in told
    assert "其中残疾人52人次" in told


def test_s5_11_visits_are_told_by_their_number(s5):
    ways = [s5.value(f"disability.visits{way}") for way in ("", "_home", "_phone")]
    assert ways == [125, 84, 41]
    assert "走访残疾人125人次，其中入户走访84人次，电话询访41人次" in s5.parts["visits"]
    assert s5.value("disability.needs_surveyed") == 60
    assert "共调查60人，有康复需求48人" in s5.parts["rehabilitation"]


def test_s5_10_a_hundred_and_eight_renewals_are_told_by_how_far_they_came(s5):
    stages = ("", "_accepted", "_approved", "_issued")
    came = [s5.value(f"disability.applications{stage}") for stage in stages]
    assert came == [108, 104, 90, 72]
    assert s5.value("disability.applications", business="renew") == 108
    told = s5.parts["papers"]
    assert "收到残疾人证业务申请108件，涉及残疾人108人" in told
    assert "期内受理104件，审批90件，发放72件" in told


def test_s5_12_three_cataract_patients_are_told_with_how_far_they_came(s5):
    codes = ("cataract", "cataract_referred", "cataract_operated")
    assert [s5.value(f"disability.referrals_{code}") for code in codes] == [3, 2, 1]
    assert "为白内障患者3人提供治疗信息" in s5.parts["rehabilitation"]
    assert "完成复明手术1人" in s5.parts["rehabilitation"]
    assert "向有需要的残疾人" not in s5.parts["rehabilitation"]  # they were told already


def test_s5_2_tasks_of_the_plan_and_papers_from_above_are_told(s5):
    assert s5.full("disability.task_rate") == "83.3%（5/6）"
    assert s5.value("disability.incoming") == 2
    assert "年度计划任务6项，完成5项，完成率83.3%（5/6）" in s5.parts["basics"]
    assert "收到上级残疾人工作来文2份" in s5.parts["basics"]


def test_s5_3_the_campaign_is_told_with_its_progress(s5):
    assert s5.full("disability.indicator_rate") == "66.7%（2/3）"
    assert "“先进文化社区”" in s5.parts["basics"]
    assert "创建指标3项，已达标2项" in s5.parts["basics"]


def test_s5_4_the_blog_is_told_with_posts_and_views(s5):
    assert s5.value("disability.blog_posts") == 6
    assert s5.value("disability.issue_views") == 1132
    assert "6篇，阅读1132人次" in s5.parts["publicity"]


def test_s5_5_the_party_of_the_8th_of_march_is_told_with_its_guests(s5):
    assert s5.value("disability.culture_persons") == 6
    told = s5.parts["culture"]
    assert "组织残疾人参加市残联举办的“庆‘三八’联欢会”" in told
    assert "登记参加的残疾人6人" in told


def test_s5_7_job_information_is_told_with_what_came_of_it(s5):
    codes = ("job_infos", "job_pushes", "job_hired")
    assert [s5.value(f"disability.{code}") for code in codes] == [4, 20, 2]
    assert "招聘信息4条，推送岗位20人次" in s5.parts["training"]
    assert "推送后已入职2人" in s5.parts["training"]


def test_s5_9_books_are_told_by_number_and_nobody_by_name(s5):
    assert s5.value("disability.donated_books") == 12
    assert "图书12册" in s5.parts["donations"]
    assert not [name for name in s5_names() if name in s5.words]


def s5_names() -> list[str]:
    return [person.name for person in REGISTER.people]


def test_s5_13_open_tasks_are_the_plan_of_the_second_half(s5):
    told = s5.parts["next"]
    for task in ("跟进白内障患者手术", "发放换领的残疾人证", "完成先进文化社区申报"):
        assert task in told
    assert "建立残疾人文艺队" in told


def test_s5_is_printed_by_the_command_with_all_its_words(s5, tmp_path):
    assert missing_in(s5.printed_by_command(tmp_path / "s5.pdf"), s5) == []


def test_the_clean_draft_raises_no_false_alarm(s5):
    assert false_alarms(s5) == []
    assert warnings(s5) == []


def test_no_changed_digit_escapes_the_checker(s5):
    assert escaped(s5) == []


def test_the_draft_shows_all_that_the_source_asks_as_chips(s5):
    assert not_shown("s5", s5) == []


def test_the_draft_reads_clean_here_and_at_the_street(s5):
    assert blemishes(s5) == []


def test_the_street_prints_the_same_kind_of_document(s5, tmp_path):
    assert street_prints(s5, tmp_path / "street.pdf")
