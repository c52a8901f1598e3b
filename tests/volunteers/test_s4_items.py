"""S4-1 … S4-11 (domain §7): each fact of the case's workbook is found in the generated summary, and every
number opens the records behind it."""

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
from volunteers.models import Volunteer

# On one worker: the case is loaded once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("s4")]

s4 = told_once("s4", "D", "2025")
NAMED = {"卫生大扫除": 12, "义务巡逻": 24, "义诊": 8, "消防知识宣传": 6, "法制宣传": 6}


def full(told, code, **category):
    return told.full(f"volunteers.{code}", **category)


def value(told, code, **category):
    return told.value(f"volunteers.{code}", **category)


def rows(told, code, **category):
    """How many records the number opens."""
    with told.within() as units:
        return engine.evidence(f"volunteers.{code}", units, told.period, category).count()


def findings(told, text, key="activities"):
    """What the checker says of a text that somebody typed into the draft."""
    with told.within():
        facts = facts_for(told.outline, Telling.of(told.unit, told.period), [text])
        return findings_of("总结", [Piece(key, "活动开展", text)], facts)


def test_s4_1_the_claims_are_figures_and_the_title_says_which_half(s4):
    assert s4.parts["title"] == "明德社区2025年志愿服务工作总结"
    with s4.within():
        assert value(s4, "activities") > value(s4, "activities", period="2025H1") == 41
        half = compose(s4.outline, s4.unit, type(s4.period).parse("2025H1"))
        assert half.title == "明德社区2025年上半年志愿服务工作总结"
    phrases = outlines.phrases_of("D")
    assert any("社区治理、环境整治、平安建设和文明创建" in phrase for phrase in phrases)


def test_s4_2_the_spirit_is_offered_and_partners_are_told_with_what_was_agreed(s4):
    assert any("奉献、友爱、互助、进步" in phrase for phrase in outlines.phrases_of("D"))
    assert full(s4, "partners") == "4家"
    organisation = s4.parts["organisation"]
    assert "与4家共建单位签有协议，整合社会资源" in organisation
    assert "与明德律师事务所签订“法律服务共建协议”：每季度派律师到社区值班" in organisation
    assert rows(s4, "partners") == 4


def test_s4_3_the_secretary_heads_the_station_and_rules_are_named(s4):
    organisation = s4.parts["organisation"]
    assert "明德社区志愿服务站隶属于明德社区志愿服务总站，由社区党委书记任站长" in organisation
    assert "翁志远" not in s4.words
    for title in ("志愿者招募管理办法", "志愿者注册登记制度"):
        assert f"《{title}》" in organisation
    assert "现行志愿服务制度4项" in organisation


def test_s4_4_every_level_is_counted_and_so_are_those_who_came_and_left(s4):
    told = (
        "现有志愿服务组织15个，其中志愿服务总站1个、志愿服务站1个、志愿服务队5支、志愿服务小组8个"
    )
    assert told in s4.parts["organisation"]
    assert "编入队伍的志愿者60人" in s4.parts["organisation"]
    assert "期末在册志愿者60人，期内新增16人、退出2人" in s4.parts["people"]
    assert "在册志愿者中，居民38人、辖区外22人" in s4.parts["people"]
    assert rows(s4, "registered") == 60
    assert value(s4, "registered", period="2025H1") == 55


def test_s4_5_goals_and_ideas_are_phrases_and_not_told_by_themselves(s4):
    for phrase in outlines.phrases_of("D"):
        assert phrase not in s4.words
    assert any("常态化" in phrase for phrase in outlines.phrases_of("D"))


def test_s4_6_publicity_by_medium_and_level_projects_and_models_with_consent(s4):
    publicity = s4.parts["publicity"]
    assert "刊播志愿服务宣传稿件14条，其中对外宣传11条、对内宣传3条" in publicity
    assert "市级以上媒体刊播2条" in publicity
    assert "评出志愿者先进典型3人" in publicity
    media = {row[0]: row[1] for row in s4.table("各媒体志愿服务宣传").rows}
    assert media == {
        "报纸": "3",
        "电视": "1",
        "网站": "2",
        "微信公众号": "5",
        "简报": "2",
        "宣传栏": "1",
    }
    levels = {row[0]: row[1] for row in s4.table("各级媒体志愿服务宣传").rows}
    assert (levels["市级"], levels["区县级"], levels["本级和其他"]) == ("2", "4", "8")
    assert "“邻里守望”" in s4.parts["activities"]
    assert "志愿服务项目3个，其中重点项目2个" in s4.parts["activities"]
    with s4.within():
        first, second, fourth = (
            Volunteer.objects.get(serial_number=f"{s4.unit.code}-0000{place}").called
            for place in (1, 2, 4)
        )
    assert first in publicity
    assert second in publicity
    assert fourth not in s4.words  # who did not agree is counted and not named


def test_s4_7_notices_are_counted_by_channel_in_the_measure_of_each(s4):
    told = "发布招募公告25次，其中宣传栏12期、横幅8条、传单356份、电话75个"
    assert told in s4.parts["activities"]
    assert value(s4, "notices", channel="board") == rows(s4, "notices", channel="board") == 12


def test_s4_8_activities_attendance_and_hours_are_exact(s4):
    told = "举办志愿活动83次，志愿者参与469人次，服务时长1016小时"
    assert told in s4.parts["activities"]
    assert rows(s4, "activities") == 83
    assert rows(s4, "attendance") == 469
    people = s4.parts["people"]
    assert "参与服务的志愿者56人，志愿者活跃率90.0%（54/60）" in people
    assert full(s4, "hours_per_volunteer") == "18.1小时（1016小时/56人）"
    assert "人均服务时长18.1小时（1016小时/56人）" in people
    assert "尚在确认和公示中的服务时长44小时，未计入上述时长" in people
    assert "班次满员率97.2%（70/72）" in s4.parts["activities"]
    months = s4.table("各月志愿活动")
    assert months.total[1:] == ("83", "469", "1016.00")
    assert sum(int(row[1]) for row in months.rows) == 83
    assert "因故取消志愿活动1场" in s4.parts["gaps"]


def test_s4_9_the_five_kinds_that_the_source_names_are_told_by_number(s4):
    by_type = {row[0]: int(row[1]) for row in s4.table("各类志愿活动").rows}
    assert by_type.items() >= NAMED.items()
    assert sum(by_type.values()) == 83
    for name, times in NAMED.items():
        assert f"{name}{times}次" in s4.parts["activities"]
    hours = {row[0]: row[3] for row in s4.table("各类活动服务时长").rows}
    assert hours["义诊"] == "144.00"
    with s4.within() as units:  # the same clean-ups, entered once, are those of sanitation
        assert engine.read("sanitation.cleanups", units, s4.period).value == NAMED["卫生大扫除"]


def test_s4_10_those_served_by_category_and_by_service(s4):
    served = s4.parts["served"]
    assert "开展帮扶服务88户次、104人次，惠及居民24人、24户" in served
    assert "其中，服务孤寡老人35户次、残疾人15户次、特困户23户次" in served
    assert "打扫卫生60户次、医疗服务16户次、法律服务12户次" in served
    assert "服务对象满意率98.8%（83/84）" in served
    assert "受理居民服务需求6件，已安排并服务4件，需求满足率66.7%（4/6）" in served
    table = {row[0]: row[1:] for row in s4.table("各类服务对象").rows}
    assert table["孤寡老人"] == ("35", "35", "8")
    assert table["特困"] == ("23", "39", "6")
    assert table["残疾人（无其他类别）"] == ("15", "15", "5")
    assert table["其他居民"] == ("15", "15", "5")
    assert rows(s4, "served_households", care="lonely_elder") == 35


def test_s4_11_praise_is_counted_by_kind(s4):
    stars = s4.parts["stars"]
    assert "收到感谢信5封、锦旗3面、口头和媒体表扬2次" in stars
    assert "9月19日，清河日报社刊播表扬：点名表扬明德社区志愿服务队" in stars
    assert full(s4, "recognitions") == "10件"
    assert "期末有星级志愿者10人，其中一星级9人、二星级1人" in stars
    assert "期内晋升星级的志愿者5人" in stars


# --- what was wrong with the source ---------------------------------------------------------------
def test_a_number_left_open_and_a_vague_one_are_caught(s4):
    [left] = [f for f in findings(s4, "全年开展活动x余次。") if f.rule == "placeholder"]
    assert left.is_error
    found = findings(s4, "全年举办志愿活动80余次。")
    assert [f.rule for f in found] == ["vague"]
    assert found[0].replacement == "{volunteers.activities}"
    [wrong] = [f for f in findings(s4, "全年举办志愿活动90次。") if f.is_error]
    assert "按记录应为83次" in wrong.message


def test_gaps_are_told_from_the_figures_and_next_steps_from_the_plan(s4):
    gaps, ahead = s4.parts["gaps"], s4.parts["next"]
    assert "在册志愿者60人，期内参与服务的54人" in gaps
    assert "还有44小时的服务时长没有完成确认和公示" in gaps
    assert "居民服务需求还有2件没有办结" in gaps
    assert "帮扶服务中有4户次没有回访满意度" in gaps
    assert "抓紧完成到期未完成的任务：建成志愿者积分兑换点" in ahead
    assert "下一年按计划推进以下任务：3月5日前，学雷锋纪念日集中开展义诊和便民服务" in ahead


def test_the_draft_is_what_the_checker_would_pass(s4):
    """Nothing that stops issuing; what it warns of is left to people."""
    with s4.within():
        draft = compose(s4.outline, s4.unit, s4.period)
        facts = facts_for(s4.outline, draft.telling, [part.text for part in draft.sections])
        pieces = [Piece(part.key, part.heading, part.text) for part in draft.sections]
        found = findings_of(draft.title, pieces, facts)
    assert [f.message for f in found if f.is_error] == []
    assert {f.rule for f in found} & {"vague", "placeholder", "list-size"} == set()


def test_the_document_prints_every_paragraph(s4, tmp_path):
    printed = s4.printed_by_command(tmp_path / "s4.pdf")
    assert missing_in(printed, s4) == []
    assert "98.8%（83/84）" in printed


def test_loading_again_changes_nothing(s4):
    assert not [line for line in s4.printed if "错误" in line and "0" not in line]
    assert value(s4, "registered") == 60


def test_the_clean_draft_raises_no_false_alarm(s4):
    assert false_alarms(s4) == []
    assert len(warnings(s4)) <= 4  # three names, and 法制宣传


def test_no_changed_digit_escapes_the_checker(s4):
    assert escaped(s4) == []


def test_the_draft_shows_all_that_the_source_asks_as_chips(s4):
    assert not_shown("s4", s4) == []


def test_the_draft_reads_clean_here_and_at_the_street(s4):
    assert blemishes(s4) == []


def test_the_street_prints_the_same_kind_of_document(s4, tmp_path):
    assert street_prints(s4, tmp_path / "street.pdf")
