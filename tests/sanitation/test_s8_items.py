"""S8-1 … S8-18 (domain §7): each fact of the case's workbook is found in the generated summary, and every
number opens the records behind it."""

import pytest

from portal.figures import engine
from sanitation.enums.scoring import LineKind
from sanitation.models import QuarterScore
from tests.disability.casework import missing_in, told_once

# On one worker: the case is loaded once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("s8")]

s8 = told_once("s8", "G", "2025")
WORST = "明塘村"


def full(told, code, **category):
    return told.full(f"sanitation.{code}", **category)


def value(told, code, **category):
    return told.value(f"sanitation.{code}", **category)


def rows(told, code, **category):
    """How many records the number opens."""
    with told.within() as units:
        return engine.evidence(f"sanitation.{code}", units, told.period, category).count()


def column(told, title, place):
    """{village: cell} of a table of the document."""
    return {row[0]: row[place] for row in told.table(title).rows}


def test_s8_1_the_superior_who_asked_is_named_with_each_campaign(s8):
    regime = s8.parts["regime"]
    assert "按照县委、县政府部署，开展“城乡环境卫生整洁行动”、“城乡结合部整治”" in regime
    assert value(s8, "campaigns") == rows(s8, "campaigns") == 2


def test_s8_2_the_two_year_plan_is_a_document_in_force(s8):
    assert value(s8, "documents", period="2024") == 1
    assert value(s8, "documents") == 2
    assert "《春和镇2025年垃圾分类减量工作方案》" in s8.parts["regime"]


def test_s8_3_serious_findings_of_patrols_count_into_the_quarter(s8):
    assert "“常规巡查计入季度考核制度”" in s8.parts["regime"]
    assert value(s8, "inspections", kind="routine") == 12
    with s8.within():
        taken = QuarterScore.objects.filter(lines__kind=LineKind.PATROL, lines__points__lt=0)
        assert taken.distinct().count() == 12


def test_s8_4_groups_are_partly_recommended_and_partly_drawn(s8):
    told = "共抽查小组90个，其中村推荐36个、随机抽取36个、检查组指定18个"
    assert told in s8.parts["inspections"]
    assert rows(s8, "sampled_groups", method="random") == 36


def test_s8_5_every_village_was_visited_unannounced_in_the_fourth_quarter(s8):
    assert value(s8, "unannounced_inspections", period="2025Q4") == 9
    assert value(s8, "unannounced_inspections", period="2025Q3") == 0
    found = column(s8, "各社区（村）检查情况", 2)
    assert set(found.values()) == {"1", "9"}  # each village, and all


def test_s8_6_the_office_for_the_town_was_set_up(s8):
    assert "3月1日，设立“城管办公室”" in s8.parts["regime"]
    assert value(s8, "stations") == 1


def test_s8_7_actions_are_counted_and_the_two_great_days_told(s8):
    assert "开展集镇整治出动7次" in s8.parts["market"]
    assert "S207、春垅公路、开元东路东延线" in s8.parts["market"]
    assert value(s8, "enforcement_actions", period="2025Q2") == 3


def test_s8_8_door_and_window_shops_with_their_area(s8):
    assert "门窗建材店9户，面积1320㎡，平均146.7㎡（1320㎡/9户）" in s8.parts["market"]


def test_s8_9_out_of_shop_trading(s8):
    assert "店外经营13户" in s8.parts["market"]
    assert value(s8, "enforced_out_of_shop") == 13


def test_s8_10_stalls_are_told_exactly(s8):
    assert "流动摊点73家" in s8.parts["market"]
    assert "余家" not in s8.words


def test_s8_11_signboards_and_their_area(s8):
    assert "违章广告招牌65块，面积526㎡" in s8.parts["market"]


def test_s8_12_the_clean_up_before_spring_festival(s8):
    assert value(s8, "cleanup_participants", period="2025Q1") == 1860
    assert full(s8, "cleanup_tonnes", period="2025Q1") == "86.500吨"
    for place in ("集镇、主街", "水域", "山边竹林", "水渠塘边", "田边菜地"):
        assert place in s8.parts["campaigns"]


def test_s8_13_hot_spots_raised_and_solved(s8):
    assert "热点问题7件，解决5件，解决率71.4%（5/7）" in s8.parts["campaigns"]


def test_s8_14_what_superiors_found_by_type(s8):
    told = f"{WORST}：成堆垃圾8处、陈年垃圾4处、垃圾池（桶）破损2处、垃圾池（桶）满溢2处、未及时清运2处"
    assert told in s8.parts["rectification"]
    assert "发现问题18处，其中市级13处、区县级5处" in s8.parts["rectification"]


def test_s8_15_the_yellow_card_stood_until_it_was_lifted(s8):
    assert f"9月3日，市环境卫生工作领导小组对{WORST}给予黄牌警告" in s8.parts["rectification"]
    assert value(s8, "cards_standing", period="2025Q3") == 1
    assert value(s8, "cards_standing") == 0


def test_s8_16_the_programme_took_so_many_days(s8):
    told = s8.parts["rectification"]
    assert f"{WORST}9月5日至9月22日开展专项整改，历时17天" in told
    for duty in ("镇（街）督查", "村（社区）整改", "户保持", "复查得分92.0分"):
        assert duty in told
    assert value(s8, "programme_days") == 17


def test_s8_17_the_contest_and_the_hundred_days(s8):
    assert "15家单位参加，326人次参加" in s8.parts["publicity"]
    assert value(s8, "contest_parties") == 15


def test_s8_18_key_units_answer_for_themselves(s8):
    assert "责任重的6家单位列为重点" in s8.parts["inspections"]
    assert rows(s8, "key_units") == 6


def test_the_document_is_printed_by_the_command(s8, tmp_path):
    printed = s8.printed_by_command(tmp_path / "g.pdf")
    assert missing_in(printed, s8) == []
