"""S7-1 … S7-11 (domain §7): each fact of the centre's workbook is found in the generated summary."""

import pytest

from tests.disability.casework import missing_in, told_once
from tests.reports.eight_documents import blemishes, not_shown, street_prints
from tests.reports.mutations import escaped, false_alarms, warnings

# On one worker: the case is loaded once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("s7")]

s7 = told_once("s7", "F", "2025")


def test_s7_1_the_census_files_everybody_and_links_the_family_health_record(s7):
    assert s7.value("disability.registered") == 92
    assert s7.full("disability.files_rate") == "100.0%（92/92）"
    assert s7.full("disability.health_record_rate") == "95.7%（88/92）"
    told = s7.parts["basics"]
    assert "建档率100.0%（92/92）" in told
    assert "记入家庭健康档案88人，记入率95.7%（88/92）" in told


def test_s7_2_problems_are_solved_one_by_one(s7):
    assert s7.value("disability.needs_surveyed") == 92
    assert s7.full("disability.problems_solved_rate") == "84.8%（39/46）"
    told = s7.parts["basics"]
    assert "共调查92人，有康复需求82人" in told
    assert "共收集问题46件，已解决39件，解决率84.8%（39/46）" in told


def test_s7_3_visits_and_consultations_are_told(s7):
    assert s7.value("disability.visits_home") == 110
    assert s7.value("disability.health_consultations") == 64
    assert "110人次" in s7.parts["basics"]
    assert "64人次" in s7.parts["basics"]


def test_s7_4_treatments_and_plans_with_their_reviews_are_told(s7):
    assert s7.value("disability.treatments") == 27
    assert s7.value("disability.plans_made") == 72
    assert s7.value("disability.plans_reviewed") == 36
    assert "个性化康复方案72份" in s7.parts["plans"]
    assert "复评康复方案36份，其中好转24份" in s7.parts["plans"]
    assert "治疗27人次" in s7.parts["services"]


def test_s7_5_paraplegia_encouraged_and_carers_taught(s7):
    assert s7.value("disability.services_paraplegia") == 54
    assert s7.value("disability.services_nursing") == 54
    assert s7.value("disability.carers_trained") == 9
    told = s7.parts["services"]
    assert "对截瘫患者" in told
    assert "提供服务54人次" in told
    assert "一对一教会照护人9人" in told


def test_s7_6_complications_are_fewer_at_the_end_than_before(s7):
    kinds = [
        s7.value("disability.complications_found", kind=kind)
        for kind in ("constipation", "pressure_sore", "urinary")
    ]
    assert kinds == [1, 1, 2]
    assert s7.full("disability.complication_rate_before") == "9.8%（9/92）"
    assert s7.full("disability.complication_rate_after") == "2.2%（2/92）"
    assert "期初为9.8%（9/92），期末为2.2%（2/92）" in s7.parts["outcomes"]


def test_s7_7_care_advice_is_told_by_its_items(s7):
    assert s7.value("disability.nursing_advice") == 18
    assert s7.value("disability.nursing_items") == 90
    by_item = [
        s7.value("disability.nursing_advice", items=item)
        for item in ("diet", "excretion", "turning", "massage", "habits")
    ]
    assert by_item == [18] * 5
    assert "护理指导18人次、90条" in s7.parts["services"]


def test_s7_8_blind_people_train_daily_life_and_the_use_of_canes(s7):
    assert s7.value("disability.services_vision") == 75
    assert s7.value("disability.cane_fitted") == 13
    assert s7.value("disability.cane_trainings") == 26
    assert "适配盲杖13件" in s7.parts["services"]
    assert "盲具" not in s7.words


def test_s7_9_weak_limbs_train_and_keep_their_appointments(s7):
    assert s7.value("disability.services_physical") == 182
    assert s7.value("disability.prosthesis_fitted") == 3
    assert s7.full("disability.appointment_attendance") == "94.9%（111/117）"
    assert "到诊率94.9%（111/117）" in s7.parts["services"]
    assert "适配假肢3件" in s7.parts["services"]
    assert "义肢" not in s7.words


def test_s7_10_the_deaf_use_signs_and_hearing_aids(s7):
    assert s7.value("disability.services_hearing_speech") == 32
    assert s7.value("disability.sign_language_persons") == 6
    assert s7.value("disability.hearing_aid_trainings") == 10
    assert "与6人用手语沟通" in s7.parts["services"]
    assert "适配助听器10件" in s7.parts["services"]
    assert "聋哑" not in s7.words


def test_s7_11_most_did_better_than_at_the_baseline(s7):
    assert s7.value("disability.outcomes_measured") == 41
    assert "改善率" in s7.parts["outcomes"]
    assert "9人前后自评了自信心，8人有提高" in s7.parts["outcomes"]


def test_s7_is_printed_by_the_command_with_all_its_words(s7, tmp_path):
    assert missing_in(s7.printed_by_command(tmp_path / "s7.pdf"), s7) == []


def test_the_clean_draft_raises_no_false_alarm(s7):
    assert false_alarms(s7) == []
    assert warnings(s7) == []


def test_no_changed_digit_escapes_the_checker(s7):
    assert escaped(s7) == []


def test_the_draft_shows_all_that_the_source_asks_as_chips(s7):
    assert not_shown("s7", s7) == []


def test_the_draft_reads_clean_here_and_at_the_street(s7):
    assert blemishes(s7) == []


def test_the_street_prints_the_same_kind_of_document(s7, tmp_path):
    assert street_prints(s7, tmp_path / "street.pdf")
