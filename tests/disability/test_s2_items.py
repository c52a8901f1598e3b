"""S2-1 … S2-33 (domain §7): each fact of the street's workbook is found in the generated summary."""

import pytest

from tests.disability.casework import missing_in, told_once
from tests.reports.eight_documents import blemishes, not_shown, street_prints
from tests.reports.mutations import escaped, false_alarms, warnings

# On one worker: the case is loaded once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("s2")]

s2 = told_once("s2", "B", "2025")


def test_s2_1_holders_are_told_by_category_level_and_as_of_the_last_day(s2):
    assert s2.value("disability.holders") == 310
    assert s2.value("disability.severe_holders") == 156
    by_level = [s2.value("disability.holders", category="5", level=level) for level in "1234"]
    assert by_level == [5, 28, 40, 0]
    told = s2.parts["basics"]
    assert "持证残疾人310人" in told
    assert "重度残疾人156人" in told
    matrix = s2.table("持证残疾人类别和等级")
    assert matrix.total[-1] == "310"
    assert len(matrix.rows) == 7


def test_s2_2_three_kinds_of_satisfaction_are_asked_for(s2):
    asked = [
        s2.value(f"disability.surveyed_{who}") for who in ("disabled", "families", "residents")
    ]
    assert asked == [192, 154, 281]


def test_s2_3_the_city_names_the_street_a_model(s2):
    assert s2.value("disability.campaigns_granted") == 1
    assert s2.value("disability.honors") == 2
    assert "市残疾人社区康复工作示范街道" in s2.parts["management"]


def test_s2_4_the_plan_of_2024_and_the_papers_of_the_year_are_told(s2):
    assert s2.value("disability.documents") == 2
    assert s2.value("disability.documents", period="2024") == 1
    assert "《2025年残疾人社区康复工作计划》" in s2.parts["management"]


def test_s2_5_the_leading_group_is_headed_by_the_deputy_director(s2):
    assert s2.value("disability.groups") == 2
    assert s2.value("disability.team_members") == 11
    assert "社区康复工作领导小组" in s2.parts["management"]
    assert "分管主任" in s2.parts["management"]


def test_s2_6_tasks_are_told_by_the_unit_that_owns_them(s2):
    assert s2.full("disability.task_rate") == "90.0%（9/10）"
    told = s2.parts["management"]
    for owner in ("社区管理科", "社区卫生服务中心", "派出所", "江枫第一小学"):
        assert owner in told


def test_s2_7_posts_are_filled_and_themed_activities_held_by_schedule(s2):
    assert s2.value("disability.posts_planned") == 14
    assert s2.value("disability.posts_held") == 14
    assert s2.full("disability.event_rate") == "91.7%（11/12）"
    assert "14人" in s2.parts["management"]
    assert "91.7%（11/12）" in s2.parts["management"]


def test_s2_8_the_health_centre_is_the_platform(s2):
    assert s2.value("disability.serving_bodies") == 2
    assert "江枫街道社区卫生服务中心" in s2.parts["places"]


def test_s2_9_the_new_home_is_built_and_not_yet_open_and_its_zones_count_once(s2):
    assert s2.value("office.facilities_built", domains="disability") == 1
    assert s2.value("office.facilities_built_area", domains="disability") == 1100
    assert "1100㎡" in s2.parts["places"]
    assert "2200" not in s2.parts["places"]


def test_s2_10_the_guidance_team_has_professionals_of_five_kinds(s2):
    assert s2.value("disability.specialists") == 5
    assert "康复服务指导站" in s2.parts["guidance"]
    assert "康复医学" in s2.parts["guidance"]


def test_s2_11_six_doctors_and_thirty_coordinators_were_trained_in_six_topics(s2):
    assert s2.value("disability.doctors_trained") == 6
    assert s2.value("disability.workers_trained") == 36
    assert s2.full("disability.coordinator_coverage") == "100.0%（30/30）"
    assert s2.value("disability.training_hours") == 38
    told = s2.parts["guidance"]
    assert "36人" in told
    for topic in ("康复服务", "功能评定", "训练计划", "心理沟通", "言语训练", "上门调查"):
        assert topic in told


def test_s2_12_a_special_training_taught_the_needs_survey(s2):
    assert s2.value("disability.trainings_needs_survey") == 1
    assert "需求调查" in s2.parts["guidance"]


def test_s2_13_a_special_training_taught_the_care_database(s2):
    assert s2.value("disability.trainings_care_database") == 1
    assert "养护" in s2.parts["guidance"]


def test_s2_14_a_special_training_taught_orientation_and_plans_were_made(s2):
    assert s2.value("disability.trainings_orientation") == 1
    assert s2.value("disability.plans_orientation") == 16
    assert "定向行走训练方案16份" in s2.parts["guidance"]


def test_s2_15_sunshine_house_is_told_with_its_own_area(s2):
    assert s2.value("office.facility_area", domains="disability") == 180
    assert "阳光之家" in s2.parts["places"]
    assert "100㎡" in s2.parts["places"]


def test_s2_16_sixty_eight_of_16_to_35_are_in_training(s2):
    assert s2.value("disability.enrolled_sunshine") == 68
    assert s2.value("disability.enrolments", kind="sunshine") == 8
    assert s2.full("disability.attendance_rate") == "91.5%（354/387）"
    assert "68人" in s2.parts["sunshine"]
    assert "91.5%（354/387）" in s2.parts["sunshine"]


def test_s2_is_printed_by_the_command_with_all_its_words(s2, tmp_path):
    assert missing_in(s2.printed_by_command(tmp_path / "s2.pdf"), s2) == []


def test_s2_17_six_groups_are_told_with_their_members(s2):
    assert s2.value("disability.interest_groups") == 6
    assert s2.value("disability.group_members") == 68
    for group in ("腰鼓队", "舞蹈队", "图画小组", "编织小组", "英语小组", "兴趣小组"):
        assert group in s2.parts["sunshine"]


def test_s2_18_guests_of_the_special_olympics_were_received(s2):
    assert s2.value("disability.culture_guests") == 1
    assert s2.value("disability.culture_participants", period="2024") == 96
    assert "特奥" in s2.parts["sunshine"]


def test_s2_19_the_care_station_tells_medicines_taken_and_contacts_with_parents(s2):
    assert s2.value("disability.enrolled_care") == 20
    assert s2.full("disability.medication_rate") == "97.9%（235/240）"
    assert s2.value("disability.family_contacts") == 80
    told = s2.parts["care"]
    assert "97.9%（235/240）" in told
    assert "80次" in told


def test_s2_20_lessons_and_outings_are_counted(s2):
    assert s2.value("disability.sessions_held") == 84
    assert "84次" in s2.words


def test_s2_21_no_incident_is_told_as_nought(s2):
    assert s2.value("disability.incidents") == 0
    assert "安全事件0起" in s2.words


def test_s2_22_the_recital_won_a_first_prize(s2):
    assert s2.value("disability.prizes") == 1
    assert "一等奖" in s2.words
    assert "诗朗诵《今天的窗口》" in s2.words


def test_s2_23_the_needs_survey_tells_who_was_asked_and_who_has_needs(s2):
    assert s2.value("disability.needs_surveyed") == 306
    assert s2.full("disability.needs_rate") == "79.0%（245/310）"
    told = s2.parts["doorstep"]
    assert "共调查306人" in told
    assert "79.0%（245/310）" in told


def test_s2_24_the_hospital_serves_those_who_signed(s2):
    assert s2.value("disability.agreement_services") == 438
    assert "438人次" in s2.parts["doorstep"]


def test_s2_25_services_beyond_the_agreement_are_told_by_item(s2):
    assert s2.value("disability.rehab_beyond_agreement") == 74
    told = s2.parts["doorstep"]
    assert "74人次" in told
    for item in ("饮食卫生指导", "慢性病康复指导", "健康档案随访"):
        assert item in told


def test_s2_26_visits_are_told_for_the_year_alone_and_2024_keeps_its_own(s2):
    assert s2.value("disability.rehab_services_home") == 438
    assert s2.value("disability.rehab_services_home", period="2024") == 292
    assert "上门提供康复服务438人次" in s2.parts["doorstep"]


def test_s2_27_a_hundred_and_forty_six_signed(s2):
    assert s2.value("disability.agreements_signed") == 146
    assert s2.full("disability.signing_rate") == "47.1%（146/310）"
    assert "146人" in s2.parts["doorstep"]
    assert "47.1%（146/310）" in s2.parts["doorstep"]


def test_s2_28_care_subsidy_for_23_is_told_by_month_and_as_the_sum_of_paid_months(s2):
    assert s2.value("disability.care_subsidy_persons") == 23
    assert s2.full("disability.care_subsidy_monthly") == "9200元"
    assert s2.value("disability.care_subsidy_payments") == 276
    assert s2.full("disability.care_subsidy_paid") == "110,400元"
    for words in ("23人", "9200元", "110,400元"):
        assert words in s2.parts["nursing"]


def test_s2_29_the_story_is_told_by_alias_with_the_mothers_words(s2):
    assert s2.value("disability.stories_told") == 1
    assert s2.value("disability.placements") == 7
    told = s2.parts["stories"]
    assert "安某" in told
    assert "他住得踏实，我也睡得着觉了" in told
    assert not {"邓兆祥", "袁雪梅"} & set(s2.words.split("，"))
    assert "邓兆祥" not in s2.words


def test_s2_30_four_theme_days_are_told_with_their_reach(s2):
    assert s2.value("disability.theme_day_activities") == 4
    assert s2.value("disability.publicity_reach") == 710
    for day in ("爱耳日", "助残日", "爱眼日", "精神卫生日"):
        assert day in s2.parts["publicity"]
    assert "710人次" in s2.parts["publicity"]


def test_s2_31_policy_was_brought_to_homes(s2):
    assert s2.value("disability.home_handouts") == 620
    assert s2.value("disability.households_reached") == 597
    assert "597户次" in s2.parts["publicity"]


def test_s2_32_the_bulletin_has_a_name_and_its_issues_are_counted(s2):
    assert s2.value("disability.newsletters") == 4
    assert s2.value("disability.issue_copies") == 2000
    assert "《江枫康复之窗》" in s2.parts["publicity"]
    assert "2000份" in s2.parts["publicity"]


def test_s2_33_three_rates_of_satisfaction_are_told_with_both_terms(s2):
    told = s2.parts["satisfaction"]
    assert "96.9%（186/192）" in told
    assert "97.4%（150/154）" in told
    assert "96.1%（270/281）" in told


def test_the_clean_draft_raises_no_false_alarm(s2):
    assert false_alarms(s2) == []
    assert warnings(s2) == []


def test_no_changed_digit_escapes_the_checker(s2):
    assert escaped(s2) == []


def test_the_draft_shows_all_that_the_source_asks_as_chips(s2):
    assert not_shown("s2", s2) == []


def test_the_draft_reads_clean_here_and_at_the_street(s2):
    assert blemishes(s2) == []


def test_the_street_prints_the_same_kind_of_document(s2, tmp_path):
    assert street_prints(s2, tmp_path / "street.pdf")
