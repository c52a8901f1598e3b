"""S2-17 … S2-33 (domain §7): the four actions, the story, publicity and satisfaction."""

import pytest

from tests.disability.casework import told_once

# On one worker: the case is loaded once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("s2")]

s2 = told_once("s2", "B", "2025")


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
