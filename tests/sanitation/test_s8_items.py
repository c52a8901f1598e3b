"""S8-1 … S8-35 (domain §7): each fact of the case's workbook is found in the generated summary, and every
number opens the records behind it."""

from decimal import Decimal

import pytest

from portal.figures import engine
from sanitation.enums.scoring import LineKind
from sanitation.models import ScoreLine
from tests.cases.s8_sites import MORE_HEADS
from tests.disability.casework import Told, missing_in, told_once
from tests.reports.eight_documents import blemishes, not_shown, street_prints
from tests.reports.mutations import escaped, false_alarms, warnings

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
    """{village: cell} of a table of the document, the total row with them."""
    table = told.table(title)
    return {row[0]: row[place] for row in (*table.rows, table.total)}


def lines(kind, quarter):
    """{village: points} of the quarter's score lines of a kind that take something off."""
    found = ScoreLine.objects.filter(kind=kind, score__run__quarter=quarter, points__lt=0)
    return {line.community.name: line.points for line in found.select_related("community")}


def test_s8_1_the_superior_who_asked_is_named_with_each_campaign(s8):
    regime = s8.parts["regime"]
    assert "按照县委、县政府部署，开展“城乡环境卫生整洁行动”“城乡结合部整治”" in regime
    assert value(s8, "campaigns") == rows(s8, "campaigns") == 2


def test_s8_2_the_two_year_plan_is_a_document_in_force(s8):
    assert value(s8, "documents", period="2024") == 1
    assert value(s8, "documents") == 2
    assert "《春和镇2025年垃圾分类减量工作方案》" in s8.parts["regime"]


def test_s8_3_serious_findings_of_patrols_count_into_the_quarter(s8):
    assert "“常规巡查计入季度考核制度”" in s8.parts["regime"]
    assert value(s8, "inspections", kind="routine") == 12
    with s8.within():
        taken = {quarter: lines(LineKind.PATROL, quarter) for quarter in (1, 2, 3, 4)}
    assert [len(each) for each in taken.values()] == [3, 3, 3, 3]
    assert taken[1] == {WORST: Decimal(-2), "龙泉村": Decimal(-4), "春山村": Decimal(-2)}


def test_s8_4_groups_are_partly_recommended_and_partly_drawn(s8):
    told = "共抽查小组90个，其中村推荐36个、随机抽取36个、检查组指定18个"
    assert told in s8.parts["inspections"]
    assert rows(s8, "sampled_groups", method="random") == 36


def test_s8_5_every_village_was_visited_unannounced_in_the_fourth_quarter(s8):
    assert value(s8, "unannounced_inspections", period="2025Q4") == 9
    assert value(s8, "unannounced_inspections", period="2025Q3") == 0
    found = column(s8, "各社区（村）检查情况", 2)
    assert set(found.values()) == {"1", "9"}  # each village, and all
    rates = column(s8, "各社区（村）检查情况", 6)
    assert rates[WORST] == "84.2%"  # 80 of 95: nobody told a rate
    assert value(s8, "inspection_rate", kind="unannounced") == value(s8, "unannounced_rate")
    assert f"暗访平均得分率{full(s8, 'unannounced_rate')}" in s8.parts["inspections"]


def test_s8_6_the_office_for_the_town_was_set_up(s8):
    assert "3月1日，设立“城管办公室”" in s8.parts["regime"]
    assert value(s8, "stations") == 1
    assert value(s8, "staff") == rows(s8, "staff") == 4
    assert "环境卫生管理人员在岗4人" in s8.parts["regime"]


def test_s8_7_actions_are_counted_and_the_two_great_days_told(s8):
    assert "开展集镇整治行动7次" in s8.parts["market"]
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
    assert "举办竞赛1次，参加单位15家、326人次" in s8.parts["publicity"]
    assert value(s8, "contest_parties") == 15


def test_s8_18_key_units_answer_for_themselves(s8):
    assert "责任重的6家单位列为重点" in s8.parts["inspections"]
    assert rows(s8, "key_units") == 6


def test_s8_19_posters_by_village(s8):
    assert "发送宣传画报15,260份" in s8.parts["publicity"]
    assert column(s8, "各社区（村）宣传画报发送和粘贴", 1)[WORST] == "1820"


def test_s8_20_the_paste_rate_is_part_of_the_third_quarter(s8):
    assert "画报粘贴率81.9%（295/360）" in s8.parts["publicity"]
    with s8.within():
        told = ScoreLine.objects.filter(label__contains="粘贴", points__gt=0)
        quarters = told.order_by().values_list("score__run__quarter", flat=True)
        assert list(quarters) == [3] * 9


def test_s8_21_sorting_and_reduction_are_assessed(s8):
    assert value(s8, "special_assessments", period="2025Q3") == 9
    with s8.within():
        told = ScoreLine.objects.filter(label__contains="四分类正确率和减量", points__gt=0)
        quarters = told.order_by().values_list("score__run__quarter", flat=True)
        assert list(quarters) == [3] * 9


def test_s8_22_the_buy_back_task_its_completion_and_gap(s8):
    told = s8.parts["waste"]
    assert "回购任务23,600公斤，任务期内累计回购21,930公斤，完成率92.9%" in told
    assert column(s8, "各社区（村）回购任务完成情况", 4)[WORST] == "1120.0"


def test_s8_23_hauled_by_village_a_head_and_against_the_year_before(s8):
    told = s8.parts["waste"]
    assert f"清运垃圾108车次、{full(s8, 'hauled')}" in told
    assert "上年清运554.400吨，本期清运501.840吨，减少52.560吨，下降9.5%" in told
    assert f"公斤/{144}人）" in told  # residents of the register
    assert rows(s8, "hauled") == 108


def test_s8_24_cleaners_by_age_and_sex(s8):
    assert "期末在岗保洁员37人，其中男24人、女13人" in s8.parts["cleaners"]
    assert s8.table("保洁员性别和年龄情况").total[-1] == "37"


def test_s8_25_no_grid_is_without_a_cleaner(s8):
    assert "保洁网格覆盖率100.0%（36/36）" in s8.parts["cleaners"]
    assert value(s8, "grids_uncovered") == 0


def test_s8_26_cleaners_were_taught(s8):
    assert "保洁员参训67人次，受训34人，受训率91.9%（34/37）" in s8.parts["cleaners"]


def test_s8_27_the_site_its_rounds_and_representatives(s8):
    assert value(s8, "rating_rounds") == 4
    assert value(s8, "household_ratings") == rows(s8, "household_ratings") == 128
    assert value(s8, "households_rated") == 32
    assert value(s8, "representatives") == 6
    assert not any(head in s8.words for head in MORE_HEADS)  # a home is never told


def test_s8_28_the_meeting_adopted_the_local_rule(s8):
    assert "《龙湾组环境卫生组规民约》" in s8.parts["sites"]
    assert value(s8, "local_rules") == 1


def test_s8_29_gifts_of_plants(s8):
    assert full(s8, "plants") == "626株"
    assert full(s8, "plant_value") == "12,700元"


def test_s8_30_study_tours(s8):
    assert "到白沙、开慧、果园、金井学习考察2次、59人次" in s8.parts["publicity"]


def test_s8_31_money_and_labour_of_the_villagers(s8):
    assert full(s8, "funds_raised", source="villagers") == "213,600元"
    assert full(s8, "labour_days") == "126个工日"
    assert value(s8, "funds_balance") == Decimal("29300")


def test_s8_32_what_was_built(s8):
    assert value(s8, "site_projects_done") == 3
    assert full(s8, "site_project_cost") == "204,300元"


def test_s8_33_the_next_year_goes_on_with_sorting(s8):
    assert "12月31日前，继续推行“三分一处”并入户宣传" in s8.parts["next"]
    assert "推行“三分一处”" in s8.parts["waste"]


def test_s8_34_the_fee_its_rate_and_the_bonus(s8):
    assert "应缴3460户，已缴2041户，收费率59.0%（2041/3460）" in s8.parts["waste"]
    with s8.within():
        bonus = ScoreLine.objects.filter(kind=LineKind.FEE, points__gt=0)
        assert set(bonus.values_list("points", flat=True)) == {Decimal(2)}


def test_s8_35_the_last_three_in_household_visits_lose_points_from_the_fourth_quarter_on(s8):
    with s8.within():
        assert lines(LineKind.RANKING, 3) == {}
        lost = {"洞口村": Decimal(-10), WORST: Decimal(-5), "大渔村": Decimal(-3)}
        assert lines(LineKind.RANKING, 4) == lost
    assert value(s8, "cadre_visits", period="2025Q4") == 122
    with s8.within():
        line = ScoreLine.objects.get(
            kind=LineKind.RANKING, score__run__quarter=4, community__name="洞口村"
        )
    assert line.label == "入户走访：走访 3/8 户，37.50%"
    assert line.rule == "在 9 个单位中列倒数第 1 位；从最后一名起依次扣 10、5、3 分。"


def test_the_document_is_printed_by_the_command(s8, tmp_path):
    printed = s8.printed_by_command(tmp_path / "g.pdf")
    assert missing_in(printed, s8) == []
    posters = s8.table("各社区（村）宣传画报发送和粘贴").rows
    assert "".join(next(row for row in posters if row[0] == WORST)) in printed


def test_the_document_of_a_quarter_is_printed_by_the_command(s8, tmp_path):
    quarter = Told(s8.unit.code, "G", "2025Q3", s8.printed)
    printed = quarter.printed_by_command(tmp_path / "g.pdf")
    assert missing_in(printed, quarter) == []
    assert "2025年第三季度" in printed
    assert "画报粘贴率81.9%（295/360）" in printed
    assert "春节" not in printed


def test_the_clean_draft_raises_no_false_alarm(s8):
    assert false_alarms(s8) == []
    assert len(warnings(s8)) <= 6  # 县委 of a 镇, and a listing that begins with 二是


def test_no_changed_digit_escapes_the_checker(s8):
    assert escaped(s8) == []


def test_the_draft_shows_all_that_the_source_asks_as_chips(s8):
    assert not_shown("s8", s8) == []


def test_the_draft_reads_clean_here_and_at_the_street(s8):
    assert blemishes(s8) == []


def test_the_street_prints_the_same_kind_of_document(s8, tmp_path):
    assert street_prints(s8, tmp_path / "street.pdf")
