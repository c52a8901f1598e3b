"""S3-1 … S3-26 (domain §7): each fact of the case's workbook is found in the generated summary."""

import pytest

from portal.figures import engine
from portal.summaries import Telling, outlines
from reports.checks import Piece
from reports.compose import compose
from reports.facts import facts_for
from reports.services import findings_of
from tests.disability.casework import missing_in, told_once
from tests.reports.eight_documents import blemishes, not_shown, street_prints
from tests.reports.mutations import escaped, false_alarms, warnings

# On one worker: the case is loaded once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("s3")]

s3 = told_once("s3", "C", "2025")


def full(told, code, **category):
    return told.full(f"servicecenter.{code}", **category)


def value(told, code, **category):
    return told.value(f"servicecenter.{code}", **category)


def findings(told, text, key="totals"):
    """What the checker says of a text that somebody typed into the draft."""
    with told.within():
        facts = facts_for(told.outline, Telling.of(told.unit, told.period), [text])
        return findings_of("总结", [Piece(key, "总体情况", text)], facts)


def test_s3_1_aim_statements_are_offered_and_not_told_by_themselves(s3):
    phrases = outlines.phrases_of("C")
    for words in ("零距离", "群众办事不出门", "绿色通道"):
        assert any(words in phrase for phrase in phrases)
        assert words not in s3.words


def test_s3_2_people_who_came_to_ask_are_counted_exactly_and_by_topic(s3):
    assert full(s3, "reception_people") == "836人次"
    assert "接待群众来访咨询836人次" in s3.parts["totals"]
    assert "群众问得较多的是" in s3.parts["wider"]


def test_s3_3_the_cases_accepted_are_told(s3):
    assert full(s3, "accepted") == "570件"
    assert "共受理申请570件" in s3.parts["totals"]
    assert s3.table("各月办件情况").total[1] == "570"


def test_s3_4_what_was_not_decided_is_told_by_state(s3):
    assert value(s3, "accepted_decided") == 468
    assert value(s3, "accepted") - value(s3, "accepted_decided") == value(s3, "in_progress") == 102
    told = "期末在办102件，其中待派办16件、办理中68件、待街道收件10件、街道办理中8件"
    assert told in s3.parts["totals"]
    assert "超期5件，在办超期率4.9%（5/102）" in s3.parts["totals"]


def test_s3_5_a_rate_that_was_typed_is_caught_with_the_true_one_beside_it(s3):
    assert full(s3, "completion") == "82.1%（468/570）"
    assert "办结率82.1%（468/570）" in s3.parts["totals"]
    [caught] = [f for f in findings(s3, "全年办结率达97%。") if f.is_error]
    assert (caught.rule, caught.words) == ("contradiction", "97%")
    assert "按记录应为82.1%（468/570）" in caught.message
    assert caught.replacement == "{servicecenter.completion}"
    # The 97 % that the source may have meant is another figure.
    assert full(s3, "on_time_rate") == "97.0%（454/468）"
    assert not [f for f in findings(s3, "按时办结率97%（454/468）。") if f.is_error]


def test_s3_6_satisfaction_stands_with_its_number_of_ratings(s3):
    assert full(s3, "satisfaction") == "98.4%（246/250）"
    assert "98.4%（246/250）" in s3.words


def test_s3_7_study_sessions_are_told_with_attendance(s3):
    assert "组织工作人员学习6次，90人次参加" in s3.parts["places"]


def test_s3_8_the_leading_group_and_eight_stations_and_rooms_are_told(s3):
    assert "成立“为民服务全程代办工作领导小组”，由社区党委书记任组长" in s3.parts["places"]
    assert "设立代办站所室8个，即民政救助站、" in s3.parts["places"]


def test_s3_9_the_hall_has_windows(s3):
    assert "大厅设服务窗口3个" in s3.parts["places"]


def test_s3_10_the_price_of_the_cameras_is_exact(s3):
    assert full(s3, "purchase_amount") == "10,680元"
    assert "投入10,680元购置视频监控设备" in s3.parts["places"]


def test_s3_11_the_agreement_by_which_the_hall_is_networked_is_told(s3):
    told = "与案例街道为民服务中心签订“大厅联网协议”：大厅与街道为民服务中心联网"
    assert told in s3.parts["places"]


def test_s3_12_every_grid_has_an_agent_and_boards_are_counted(s3):
    assert "聘任代办员4人" in s3.parts["places"]
    assert "网格覆盖率100.0%（4/4）" in s3.parts["places"]
    assert "设公开栏5块" in s3.parts["publicity"]


def test_s3_13_trainings_of_the_staff_are_told_with_attendance(s3):
    assert "开展业务培训3次，41人次参加" in s3.parts["places"]


def test_s3_14_guides_are_published_and_questions_answered(s3):
    assert full(s3, "items_published_rate") == "100.0%（17/17）"
    assert full(s3, "echo_reply_rate") == "88.9%（8/9）"
    assert "社区回音壁收到问题9条，已回复8条，回复率88.9%（8/9）" in s3.parts["wider"]
    assert value(s3, "slogans") == 6


def test_s3_15_what_was_handed_out_is_told_by_kind(s3):
    assert full(s3, "handouts") == "730份"
    kinds = ("cards_handed", "guides_handed", "others_handed")
    assert [value(s3, code) for code in kinds] == [310, 260, 160]
    assert "发放便民资料730份" in s3.words
    assert "其他便民资料160份" in s3.words


def test_s3_16_a_concept_of_which_a_part_is_explained_nowhere_is_found(s3):
    text = (
        "按照“一个回路、两个拓展、三个延伸”的思路开展工作。受理、办理、回复形成回路，"
        "服务在纵向和横向拓展。"
    )
    assert [f.words for f in findings(s3, text) if f.rule == "unexplained"] == ["三个延伸"]
    assert "三个延伸" not in s3.words
    assert "扩展" not in s3.words


def test_s3_17_the_way_of_cases_is_told_by_kind_with_days_and_the_streets_share(s3):
    running = s3.parts["running"]
    assert "即办件150件、承诺件290件、上报件110件、联办件20件" in running
    assert "即办率26.3%（150/570）" in running
    assert f"承诺件平均用时{full(s3, 'average_days_promised')}" in running
    assert full(s3, "street_average") in running
    assert f"上报街道占比{full(s3, 'street_share')}" in running
    kinds = [row[0] for row in s3.table("各类办件情况").rows]
    assert kinds == ["即办件", "承诺件", "上报件", "联办件"]


def test_s3_18_as_many_receipts_were_issued_as_cases_accepted(s3):
    assert value(s3, "receipts") == value(s3, "accepted") == 570
    assert "逐件出具承办单570件" in s3.parts["running"]


def test_s3_19_stations_were_urged_and_the_overdue_rate_is_told(s3):
    assert value(s3, "supervisions", trigger="overdue") == 19
    assert "共督办" in s3.parts["supervision"]
    assert full(s3, "overdue_rate") == "4.9%（5/102）"


def test_s3_20_services_beyond_cases_are_told_by_category(s3):
    wider = s3.parts["wider"]
    for told in (
        "开展政策宣传2次，149人次参加",
        "发布劳动用工信息4条，招聘13人",
        "举办实用技术培训3次，81人次参加",
        "调解矛盾纠纷18件，调解结束17件，成功15件",
        "调解成功率88.2%（15/17）",
    ):
        assert told in wider
    assert value(s3, "outside_applicants") == 10


def test_s3_21_visits_receptions_and_offices_on_the_spot_are_told(s3):
    wider = s3.parts["wider"]
    assert "开展民情走访96人次" in wider
    assert "开展干部接待日12次" in wider
    assert "开展现场办公4次" in wider
    assert full(s3, "reception_day_rate") in wider


def test_s3_22_cadres_of_the_window_studied_and_their_service_was_rated(s3):
    with s3.within() as units:
        rows = engine.evidence("servicecenter.study_sessions", units, s3.period)
        assert rows.filter(title__contains="窗口干部").exists()
    assert value(s3, "ratings_valid") == 250


def test_s3_23_six_regimes_are_listed_and_fewer_than_announced_are_found(s3):
    assert value(s3, "regimes") == 6
    for name in ("例会", "公开", "承诺", "首问负责", "限时办结", "责任追究"):
        assert f"“{name}制度”" in s3.parts["regimes"]
    typed = "建立六项制度：例会、公开、承诺。"
    assert [f.words for f in findings(s3, typed) if f.rule == "list-size"] == ["六项制度"]


def test_s3_24_a_meeting_a_month_and_what_it_raised(s3):
    regimes = s3.parts["regimes"]
    assert "召开率100.0%（12/12）" in regimes
    assert "解决率80.0%（4/5）" in regimes


def test_s3_25_what_was_made_public_is_counted_by_kind(s3):
    assert "期内公开事项8项，涉及办事指南、收费标准" in s3.parts["publicity"]
    rows = dict(s3.table("各类公开事项").rows)
    assert (rows["办理结果"], rows["办事指南"], sum(map(int, rows.values()))) == ("2", "1", 8)


def test_s3_26_promises_in_seven_aspects_and_how_many_were_kept(s3):
    assert value(s3, "commitment_aspects") == 7
    assert full(s3, "commitments_kept_rate") == "96.4%（27/28）"
    assert "兑现率96.4%（27/28）" in s3.parts["regimes"]


def test_the_draft_is_what_the_checker_would_pass(s3):
    """Nothing that stops issuing; what it warns of is left to people."""
    with s3.within():
        draft = compose(s3.outline, s3.unit, s3.period)
        facts = facts_for(s3.outline, draft.telling, [part.text for part in draft.sections])
        pieces = [Piece(part.key, part.heading, part.text) for part in draft.sections]
        found = findings_of(draft.title, pieces, facts)
    assert [f.message for f in found if f.is_error] == []
    assert {f.rule for f in found} & {"list-size", "unexplained"} == set()


def test_the_document_prints_every_paragraph(s3, tmp_path):
    printed = s3.printed_by_command(tmp_path / "s3.pdf")
    assert missing_in(printed, s3) == []
    assert "82.1%（468/570）" in printed


def test_the_clean_draft_raises_no_false_alarm(s3):
    assert false_alarms(s3) == []
    assert warnings(s3) == []


def test_no_changed_digit_escapes_the_checker(s3):
    assert escaped(s3) == []


def test_the_draft_shows_all_that_the_source_asks_as_chips(s3):
    assert not_shown("s3", s3) == []


def test_the_draft_reads_clean_here_and_at_the_street(s3):
    assert blemishes(s3) == []


def test_the_street_prints_the_same_kind_of_document(s3, tmp_path):
    assert street_prints(s3, tmp_path / "street.pdf")
