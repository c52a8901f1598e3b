"""What outlines A and B tell of places and programmes, and what is due in them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from portal.office.enums import FacilityKind
from portal.periods import Period
from portal.summaries import outlines
from portal.worklists import worklists
from reports.compose import compose
from tests import factories
from tests.factories import programmes as make


@pytest.fixture
def told(acting, community):
    """The text of a part of the summary of 2025, figures as tokens; "" where nothing is told."""

    def read(key, kind="B", period="2025"):
        with acting(community):
            draft = compose(outlines[kind], community, Period.parse(period))
        return "".join(s.text for s in draft.sections if s.key == key)

    return read


def person(community, name="陈静", born_on=date(2000, 1, 1)):
    return factories.resident(community, name, born_on=born_on)


def facility(community, name, **fields):
    usual = {"name": name, "kind": FacilityKind.HOME, "domains": ["disability"]}
    return factories.office.facility(community, **usual | fields)


def test_places_are_told_by_state_and_a_zone_is_not_added(acting, community, told):
    with acting(community):
        facility(
            community, "阳光之家", area=100, address="新市南路96号", opened_on=date(2024, 3, 1)
        )
        home = facility(
            community, "街道残疾人之家", area=1100, built_on=date(2025, 9, 26), opened_on=None
        )
        factories.office.zone(home, name="活动室", area=260)
        facility(community, "服务大厅", area=500, domains=["office"])
    text = told("places")
    assert "使用中的助残设施{disability.facilities}，面积合计{disability.facility_area}" in text
    assert "：阳光之家（新市南路96号，面积100㎡）。" in text
    assert "街道残疾人之家（面积1100㎡）于2025年9月建成，内设活动室，即将启用。" in text
    assert "服务大厅" not in text


def test_sunshine_house_is_told_with_groups_and_sessions(acting, community, told):
    with acting(community):
        place = facility(community, "阳光之家", area=100, address="新市南路96号")
        home = make.programme(community, facility=place, categories=["5"])
        enrolled = make.enrolment(home, person(community))
        for name in ("腰鼓队", "舞蹈队"):
            make.group_membership(make.interest_group(home, name), enrolled)
        make.programme_session(home, people=20, highlight=True, content="去江边公园健走。")
        make.attendance(enrolled)
    text = told("sunshine")
    assert text.startswith(
        "阳光之家自2024年1月开办，设在新市南路96号，面积100㎡，面向16～35周岁的智力残疾人。\n"
        "期末在阳光之家训练的残疾人{disability.enrolled_sunshine}。"
    )
    assert "组建腰鼓队、舞蹈队，共有兴趣小组{disability.interest_groups}" in text
    assert "项目出勤率为{disability.attendance_rate}。" in text
    assert "3月10日，阳光之家开展“户外运动”，去江边公园健走。" in text
    assert "组建腰鼓队、舞蹈队" in told("culture", "A")


def test_a_quiet_period_is_told_as_nought_where_somebody_was_enrolled(acting, community, told):
    nought = "入托人员安全事件{disability.incidents}，未发生安全事故。"
    assert "安全" not in told("care")
    with acting(community):
        home = make.programme(community)
        make.enrolment(home, person(community))
    assert nought in told("care")
    assert nought in told("rehabilitation", "A")
    with acting(community):
        happened = make.incident(home)
    assert (
        told("care")
        == "期内发生安全事件{disability.incidents}，尚未了结{disability.incidents_open}。"
    )
    with acting(community):
        happened.closed_on = date(2025, 3, 12)
        happened.save()
    assert told("care") == "期内发生安全事件{disability.incidents}，已处置了结。"
    assert nought in told("care", period="2024")


def test_the_care_station_tells_medicine_and_families(acting, community, told):
    with acting(community):
        station = make.programme(
            community, name="温馨护理站", kind="care", youngest=None, oldest=None,
            tasks="按时服药、精神护理、与家长联系。",
        )  # fmt: skip
        enrolled = make.enrolment(station, person(community))
        make.medication_log(enrolled)
        make.family_contact(enrolled)
    text = told("care")
    assert text.startswith("温馨护理站自2024年1月开办，开展按时服药、精神护理、与家长联系。")
    assert "服药依从率为{disability.medication_rate}。" in text
    assert "与家属联系{disability.family_contacts}" in text


def test_placements_are_told_without_names(acting, community, told):
    with acting(community):
        make.placement(person(community, "倪家宝"), highlight=True, funding="区残联养护补贴")
    text = told("nursing")
    assert "3月10日，1名残疾人入住金色晚年养护院（养护），费用来源为区残联养护补贴。" in text
    assert "期内新安置{disability.placed_persons}" in text
    assert "倪" not in text


# --- what is due ----------------------------------------------------------------------------------
@pytest.fixture
def wednesday(monkeypatch):
    noon = datetime(2025, 3, 12, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr(timezone, "now", lambda: noon)


@pytest.fixture
def due(acting, community):
    def listed(code):
        with acting(community):
            found = worklists[code]
            return [(found.text(row), found.due(row)) for row in found.rows({community.pk})]

    return listed


@pytest.mark.usefixtures("wednesday")
def test_the_last_opening_day_without_a_roll_is_due(acting, community, due):
    with acting(community):
        home = make.programme(community)
        make.programme(community, name="没有人的项目")
        enrolled = make.enrolment(home, person(community))
    assert due("disability.not_called") == [("阳光之家", "2025-03-11")]
    with acting(community):
        make.closure(home, starts_on=date(2025, 3, 11), ends_on=date(2025, 3, 11))
    assert due("disability.not_called") == [("阳光之家", "2025-03-10")]
    with acting(community):
        make.attendance(enrolled)
    assert due("disability.not_called") == []


@pytest.mark.usefixtures("wednesday")
def test_who_grows_too_old_is_due_three_months_before(acting, community, due):
    with acting(community):
        home = make.programme(community)
        for name, born_on in (
            ("过龄", date(1989, 3, 12)),
            ("将满", date(1989, 6, 10)),
            ("还早", date(1989, 6, 11)),
        ):
            make.enrolment(home, person(community, name, born_on))
    assert due("disability.over_age") == [
        ("过龄：阳光之家收 16—35 周岁", "2025-03-12起已超龄"),
        ("将满：阳光之家收 16—35 周岁", "2025-06-10起超龄"),
    ]


@pytest.mark.usefixtures("wednesday")
def test_open_incidents_are_due(acting, community, due):
    with acting(community):
        home = make.programme(community)
        make.incident(home)
        make.incident(home, closed_on=date(2025, 3, 11), kind="lost")
    assert due("disability.open_incidents") == [("阳光之家：跌倒", "2025-03-10")]
