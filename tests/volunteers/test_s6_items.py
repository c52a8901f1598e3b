"""S6-1 … S6-6 (domain §7): each fact of the case's workbook is found in the generated summary."""

import pytest

from portal.figures import engine
from portal.summaries import outlines
from reports.checks import Piece
from reports.compose import compose
from reports.facts import facts_for
from reports.services import findings_of
from tests.disability.casework import missing_in, told_once
from tests.reports.eight_documents import blemishes, not_shown, street_prints
from tests.reports.mutations import escaped, false_alarms, warnings

# On one worker: the case is loaded once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("s6")]

s6 = told_once("s6", "E", "2025")


def value(told, code, **category):
    return told.value(f"volunteers.{code}", **category)


def full(told, code, **category):
    return told.full(f"volunteers.{code}", **category)


def evidence(told, code, **category):
    """The rows behind a number, read while the case is in sight."""
    with told.within() as units:
        return list(engine.evidence(code, units, told.period, category))


def test_s6_1_four_students_with_their_days_and_hours(s6):
    assert full(s6, "trainees") == "4人"
    assert "共接收社会实践和实习人员4人" in s6.parts["people"]
    assert s6.table("实践实习人员类别").rows == (("社会实践", "4", "80", "187.50", "4"),)
    assert s6.table("实践实习人员学校（单位）").rows == (("江城大学", "4", "80", "187.50"),)
    assert "从2025年7月7日开始，到8月15日结束" in s6.parts["people"]
    told = "累计实践80人天、187.50小时，人均46.9小时（187.50小时/4人）"
    assert told in s6.parts["tasks"]
    assert "同时登记为志愿服务" not in s6.parts["tasks"]
    names = {row.name for row in evidence(s6, "volunteers.trainees")}
    assert names == {"沈若兰", "韩宇轩", "卢思齐", "邓子恒"}
    logs = evidence(s6, "volunteers.trainee_hours")
    assert (len(logs), sum(log.minutes for log in logs)) == (88, 11250)
    assert len({(log.trainee_id, log.occurred_on) for log in logs}) == 80
    # A placement gives no hours of a volunteer unless its person chose so.
    assert value(s6, "hours") == 0


def test_s6_2_the_honour_of_the_committee_and_the_mentors_are_told(s6):
    place = s6.parts["place"]
    assert "由赵主任、金主任担任指导老师" in place
    assert "书香社区居委会于2025年被案例区民政局授予“优秀居委会”称号" in place
    [honour] = evidence(s6, "office.honors")
    assert honour.name == "优秀居委会"


def test_s6_3_tasks_are_told_by_type_with_days_and_hours(s6):
    expected = {
        "phone": ("接听电话", 21, "42.00"),
        "filing": ("资料归档", 18, "54.00"),
        "moving": ("搬运布置", 19, "28.50"),
        "law": ("法律宣传", 22, "55.00"),
        "reading_room": ("阅览室值守", 8, "8.00"),
    }
    table = s6.table("实践实习工作内容")
    assert list(table.rows) == [(label, str(d), h) for label, d, h in expected.values()]
    assert table.total[1:] == ("80", "187.50")
    for task, (label, days, hours) in expected.items():
        assert value(s6, "trainee_days", task=task) == days
        assert label in s6.parts["tasks"]
        rows = evidence(s6, "volunteers.trainee_hours", task=task)
        assert f"{sum(row.minutes for row in rows) / 60:.2f}" == hours
        assert {row.get_task_display() for row in rows} == {label}
    assert value(s6, "trainee_hours_waiting") == 0


def test_s6_4_the_appraisal_keeps_the_words_and_phrases_are_offered(s6):
    appraisal = s6.parts["appraisal"]
    assert "期满4人，已鉴定4人，鉴定率100.0%（4/4）" in appraisal
    assert s6.table("期内鉴定等次").rows == (("优秀", "2"), ("良好", "2"))
    assert "“团结同学，有耐心，接待居民始终面带微笑”" in appraisal
    phrases = " ".join(outlines.phrases_of("E"))
    assert all(word in phrases for word in ("团结", "耐心", "微笑"))
    rows = evidence(s6, "volunteers.trainees_appraised", grade="excellent")
    assert {row.name for row in rows} == {"沈若兰", "韩宇轩"}
    # Nobody on placement is named in the document.
    assert not any(row.name in s6.words for row in evidence(s6, "volunteers.trainees"))


def test_s6_5_the_reading_room_with_holdings_and_visits(s6):
    reading = s6.parts["reading"]
    assert "阅览室现有藏书报刊1947册" in reading
    assert dict(s6.table("期末藏书报刊").rows) == {
        "图书": "1860",
        "期刊": "42",
        "报纸": "15",
        "大字和盲文读物": "30",
    }
    assert "全期开放104天，到访1557人次，其中中老年人1401人次，借出206册" in reading
    assert s6.full("office.reading_holdings", period="2025-06") == "1800册"  # before the new count
    rows = evidence(s6, "office.reading_holdings")
    assert {(row.get_kind_display(), row.quantity) for row in rows} == {
        ("图书", 1860),
        ("期刊", 42),
        ("报纸", 15),
        ("大字和盲文读物", 30),
    }
    days = evidence(s6, "office.reading_visits")
    assert (len(days), sum(day.visits for day in days)) == (104, 1557)


def test_s6_6_law_lectures_and_publicity_with_their_audience(s6):
    lectures = s6.parts["lectures"]
    assert "举办讲座3场，听众139人次" in lectures
    assert "4月18日，由江律师（区司法局）主讲“民法典与家庭生活”，听众为社区居民" in lectures
    assert "开展法制等宣传活动2次，参加205人次" in lectures
    rows = evidence(s6, "volunteers.lectures")
    assert {row.title for row in rows} == {
        "民法典与家庭生活",
        "老年人防诈骗法律知识",
        "劳动法与就业",
    }
    assert sum(row.participants for row in rows) == value(s6, "lecture_audience") == 139
    assert value(s6, "trainee_hours", task="law") == 55


def test_what_comes_next_is_told_from_the_plan(s6):
    assert "3月31日前，增订老年人喜爱的报刊" in s6.parts["next"]


def test_the_draft_is_what_the_checker_would_pass(s6):
    """Nothing that stops issuing; what it warns of is left to people."""
    with s6.within():
        draft = compose(s6.outline, s6.unit, s6.period)
        facts = facts_for(s6.outline, draft.telling, [part.text for part in draft.sections])
        pieces = [Piece(part.key, part.heading, part.text) for part in draft.sections]
        found = findings_of(draft.title, pieces, facts)
    assert [f.message for f in found if f.is_error] == []


def test_the_document_prints_every_paragraph(s6, tmp_path):
    printed = s6.printed_by_command(tmp_path / "s6.pdf")
    assert missing_in(printed, s6) == []
    assert "187.50小时" in printed


def test_the_workbook_brought_again_changes_nothing(s6):
    assert not any("有误" in line and not line.endswith("有误 0") for line in s6.printed)


def test_the_clean_draft_raises_no_false_alarm(s6):
    assert false_alarms(s6) == []
    assert warnings(s6) == []


def test_no_changed_digit_escapes_the_checker(s6):
    assert escaped(s6) == []


def test_the_draft_shows_all_that_the_source_asks_as_chips(s6):
    assert not_shown("s6", s6) == []


def test_the_draft_reads_clean_here_and_at_the_street(s6):
    assert blemishes(s6) == []


def test_the_street_prints_the_same_kind_of_document(s6, tmp_path):
    assert street_prints(s6, tmp_path / "street.pdf")
