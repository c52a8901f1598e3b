"""S2-1 … S2-16 (domain §7): each fact of the street's workbook is found in the generated summary."""

import pytest

from tests.disability.casework import missing_in, told_once

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
