"""S8-19 … S8-35 (domain §7): waste, cleaners, the demonstration site, and what comes next."""

from datetime import date
from decimal import Decimal

import pytest

from sanitation.enums.scoring import LineKind
from sanitation.models import ScoreLine
from tests.cases.s8_sites import MORE_HEADS
from tests.disability.casework import told_once
from tests.sanitation.test_s8_items import WORST, column, full, rows, value

# On one worker with the other half of the items.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("s8")]

s8 = told_once("s8", "G", "2025")


def lines(kind, quarter):
    """{village: points} of the quarter's score lines of a kind."""
    found = ScoreLine.objects.filter(kind=kind, score__run__quarter=quarter, points__lt=0)
    return {line.community.name: line.points for line in found.select_related("community")}


def test_s8_19_posters_by_village(s8):
    assert "发送宣传画报15,260份" in s8.parts["publicity"]
    assert column(s8, "各社区（村）宣传画报发送和粘贴", 1)[WORST] == "1820"


def test_s8_20_the_paste_rate_is_part_of_the_third_quarter(s8):
    assert "画报粘贴率81.9%（295/360）" in s8.parts["publicity"]
    with s8.within():
        told = ScoreLine.objects.filter(kind=LineKind.SPECIAL, score__run__quarter=3)
        assert told.filter(label__contains="粘贴").count() == 9
        assert not ScoreLine.objects.filter(kind=LineKind.SPECIAL, score__run__quarter=2).exists()


def test_s8_21_sorting_and_reduction_are_assessed(s8):
    assert value(s8, "special_assessments", period="2025Q3") == 9
    with s8.within():
        told = ScoreLine.objects.filter(kind=LineKind.SPECIAL, label__contains="分类减量")
        assert told.count() == 9


def test_s8_22_the_buy_back_task_its_completion_and_gap(s8):
    told = s8.parts["waste"]
    assert "回购任务23,600公斤，任务期内累计回购21,930公斤，完成率92.9%" in told
    assert column(s8, "各社区（村）回购任务完成情况", 4)[WORST] == "1120.0"


def test_s8_23_hauled_by_village_a_head_and_against_the_year_before(s8):
    told = s8.parts["waste"]
    assert f"清运垃圾108车次、{full(s8, 'hauled')}" in told
    assert "比2024年的" in told
    assert f"公斤/{144}人）" in told  # residents of the register
    assert rows(s8, "hauled") == 108


def test_s8_24_cleaners_by_age_and_sex(s8):
    assert "期末在岗保洁员37人，其中男24人、女13人" in s8.parts["cleaners"]
    assert s8.table("保洁员性别和年龄情况").rows[-1][-1] == "37"


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
    assert "推行三分一处" in s8.parts["waste"]


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
    assert date(2025, 10, 1) <= s8.period.end
