"""Those served: the household and the care tag of the day, 户次 and 人次, many at once, what may be wrong."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.figures import engine
from portal.ledgers import ledgers
from portal.periods import Period
from portal.quality import rules
from portal.roles import Role
from portal.worklists import worklists
from residents.models import CareKind
from tests import factories
from tests.factories import volunteers as made
from volunteers.enums.activities import ActivityState
from volunteers.enums.help import HelpState, ServiceKind
from volunteers.models import Served

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")
ADD = "/ledger/served/add/"


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "clerk", name="李梅")


@pytest.fixture
def activity(acting, community):
    with acting(community):
        return made.held(community)


@pytest.fixture
def elder(acting, community):
    with acting(community):
        person = factories.resident(community, "黄文发")
        factories.member(factories.household(community), person)
        factories.care_tag(person, "lonely_elder")
        return person


@pytest.fixture
def post(client_of, clerk, activity, elder):
    """``post(**fields)``: the answer to a filled form of one who was served."""

    def sent(**fields):
        said = {
            "activity": activity.pk,
            "resident": elder.pk,
            "occurred_on": "2025-03-08",
            "service": "cleaning",
            "people": "1",
        }
        return client_of(clerk).post(ADD, {"_key": str(uuid4())} | said | fields)

    return sent


def value(code, unit, **category):
    return engine.read(f"volunteers.{code}", {unit.pk}, YEAR, category).value


# --- what is stored -------------------------------------------------------------------------------
def test_the_home_and_the_care_tag_of_the_day_are_filled_in(acting, clerk, post, elder):
    assert post().status_code == 302
    with acting(clerk):
        served = Served.objects.get()
        assert served.household == elder.memberships.get().household
        assert served.care_kind.code == "lonely_elder"


def test_a_tag_that_ended_before_the_day_is_not_theirs(acting, clerk, post, elder):
    with acting(clerk):
        elder.care_tags.update(ends_on=date(2025, 3, 7))
    post()
    with acting(clerk):
        assert Served.objects.get().care_kind is None


def test_the_tags_of_the_person_are_offered_first(acting, client_of, clerk, elder):
    with acting(clerk):
        mine = CareKind.objects.get(code="lonely_elder")
        assert CareKind.objects.first() != mine
    page = client_of(clerk).get(f"{ADD}?resident={elder.pk}")
    field = page.context["form"].fields["care_kind"]
    with acting(clerk):
        assert field.queryset.first() == mine


def test_another_category_is_stored_with_a_warning(acting, client_of, clerk, post):
    with acting(clerk):
        other = CareKind.objects.get(code="extreme_poverty")
    answer = post(care_kind=other.pk)
    page = client_of(clerk).get(answer.url)
    assert answer.status_code == 302
    assert page.status_code == 200
    with acting(clerk):
        served = Served.objects.get()
        assert served.care_kind == other
        rule = rules["volunteers.served_care_kind"]
        assert list(rule.rows(frozenset({served.unit_id}))) == [served]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"occurred_on": "2025-03-09"}, "这次活动是2025-03-08"),
        ({"people": "0"}, "至少为 1"),
        ({"people": "三人"}, "请只填数字"),
        ({"minutes": "0"}, "不能少于 1 分钟"),
        ({"minutes": "1441"}, "也不能超过 24 小时"),
        ({"service": ""}, "请选择服务内容"),
        ({"activity": ""}, "请选择志愿活动"),
        ({"resident": ""}, "请选择居民"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_nothing_stored(acting, clerk, post, wrong, message):
    answer = post(**wrong)
    assert answer.status_code == 200
    assert message in answer.content.decode()
    with acting(clerk):
        assert not Served.objects.exists()


def test_where_somebody_was_served_the_activity_took_place(acting, clerk, post, community):
    with acting(clerk):
        announced = made.announced(community, date(2025, 3, 8), title="邻里帮")
    assert post(activity=announced.pk).status_code == 302
    with acting(clerk):
        announced.refresh_from_db()
        assert announced.state == ActivityState.HELD
        assert announced.activity.title == "邻里帮"


def test_a_request_that_waits_is_answered_by_the_record(acting, clerk, post, elder, activity):
    with acting(clerk):
        earlier = made.help_request(elder)
        other = made.help_request(elder, service="haircut")
        late = made.help_request(elder, date(2025, 3, 9))
    post()
    with acting(clerk):
        earlier.refresh_from_db()
        assert earlier.state == HelpState.OPEN  # the activity has no shift that it could have been
        Served.objects.all().delete()
        shift = made.shift(activity)
    post()
    with acting(clerk):
        for each in (earlier, other, late):
            each.refresh_from_db()
        assert (earlier.state, earlier.shift, earlier.decided_on) == (
            HelpState.DONE,
            shift,
            date(2025, 3, 8),
        )
        assert {other.state, late.state} == {HelpState.OPEN}
        assert Served.objects.get().request == earlier


def test_in_a_cancelled_activity_nobody_was_served(acting, clerk, post, community):
    with acting(clerk):
        off = made.announced(community, state=ActivityState.CANCELLED, cancelled_for="下雨")
    assert "已取消" in post(activity=off.pk).content.decode()


def test_a_volunteer_who_had_left_served_nobody(acting, clerk, post, community):
    with acting(clerk):
        gone = made.volunteer(community, left_on=date(2025, 3, 1), leaving_reason="搬家")
    assert "这位志愿者在2025-03-08不在册" in post(volunteer=gone.pk).content.decode()


def test_the_same_service_on_the_same_day_is_recorded_once(acting, clerk, post):
    assert post().status_code == 302
    assert "已登记" in post().content.decode()
    assert post(service="haircut").status_code == 302
    with acting(clerk):
        assert Served.objects.count() == 2


def test_many_of_one_activity_are_keyed_on_one_screen(acting, client_of, clerk, activity, elder):
    with acting(clerk):
        other = factories.resident(elder.unit, "韦英堃")
    url = f"/ledger/served/add-many/?activity={activity.pk}"
    assert client_of(clerk).get(url).status_code == 200
    fields = {"activity": activity.pk, "occurred_on": "2025-03-08", "service": "cleaning"}
    for number, (person, people) in enumerate(((elder, 1), (other, 3))):
        fields |= {f"l{number}-resident": person.pk, f"l{number}-people": people}
    answer = client_of(clerk).post(
        "/ledger/served/add-many/", {"_key": str(uuid4()), "lines": "10"} | fields
    )
    assert answer.status_code == 302, answer.content.decode()
    with acting(clerk):
        assert value("served_households", elder.unit) == 2
        assert value("served_people", elder.unit) == 4


def test_the_page_of_the_activity_leads_to_keying_them(client_of, clerk, make_user, activity):
    url = f"/volunteers/activities/{activity.pk}/whom/"
    add = f"/ledger/served/add-many/?activity={activity.pk}"
    assert add in client_of(clerk).get(url).content.decode()
    leader = client_of(make_user(Role.VOLUNTEER_LEADER, activity.unit))
    assert add not in leader.get(url).content.decode()


# --- counted --------------------------------------------------------------------------------------
def test_times_people_persons_and_homes_are_four_numbers(acting, community, activity, elder):
    with acting(community):
        later = made.held(community, date(2025, 6, 1))
        made.served(elder, activity, people=2, minutes=90)
        made.served(elder, later, people=2, is_disabled=True, satisfaction=2)
        made.served(factories.resident(community, "韦英堃"), later, satisfaction=None)
        made.served(elder, made.held(community, date(2024, 12, 31)))
        assert value("served_households", community) == 3
        assert value("served_people", community) == 5
        assert value("served_persons", community) == 2
        assert value("served_homes", community) == 1
        assert str(value("served_hours", community)) == "1.50"
        assert value("served_lonely_elders", community) == 2
        assert value("served_disabled", community) == value("served_disabled_persons", community)
        reading = engine.read("volunteers.served_satisfaction", {community.pk}, YEAR)
        assert reading.full == "50.0%（1/2）"
        assert value("served_unrated", community) == 1


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from([None, "lonely_elder", "extreme_poverty"]),
        st.booleans(),
        st.sampled_from(ServiceKind.values),
        st.integers(1, 4),
    ),
    max_size=6,
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=PEOPLE)
def test_every_row_is_in_exactly_one_category(acting, community, rows):
    with acting(community):
        Served.objects.all().delete()
        of = made.held(community)
        for code, disabled, service, people in rows:
            kind = CareKind.objects.get(code=code) if code else None
            person = factories.resident(community)
            made.served(
                person, of, care_kind=kind, is_disabled=disabled, service=service, people=people
            )
        found = engine.by_category("volunteers.served_people", "care", {community.pk}, YEAR)
        assert sum(reading.value for reading in found.values()) == sum(row[3] for row in rows)
        only = sum(row[3] for row in rows if row[0] is None and row[1])
        assert found["disabled-only"].value == only
        for name, reading in found.items():
            category = {"care": name}
            evidence = engine.evidence("volunteers.served_people", {community.pk}, YEAR, category)
            assert sum(row.people for row in evidence) == reading.value


def test_requests_are_counted_by_what_became_of_them(acting, community, elder, activity):
    with acting(community):
        done = made.help_request(elder, shift=made.shift(activity), state=HelpState.ARRANGED)
        done.state, done.decided_on = HelpState.DONE, date(2025, 3, 8)
        done.save()
        made.help_request(elder, date(2025, 4, 1))
        made.help_request(
            elder,
            date(2025, 4, 2),
            state=HelpState.DECLINED,
            declined_for="已有家人照顾",
            decided_on=date(2026, 1, 3),
        )
        made.help_request(elder, date(2026, 1, 1))
        assert value("help_requests", community) == 3
        assert value("help_done", community) == 1
        assert value("help_declined", community) == 1
        assert value("help_open", community) == 2  # one was answered after the year only
        rate = engine.read("volunteers.help_rate", {community.pk}, YEAR)
        assert rate.full == "33.3%（1/3）"


# --- publicity and what society said --------------------------------------------------------------
def test_publicity_is_counted_by_medium_level_and_reach(acting, community):
    with acting(community):
        made.publicity(community)
        made.publicity(community, medium="television", rank="city", outlet="清河电视台")
        made.publicity(community, medium="board", rank="other", reach="internal", outlet="")
        made.publicity(community, occurred_on=date(2024, 12, 31))
        assert value("publicity_items", community) == 3
        assert value("publicity_internal", community) == 1
        assert value("publicity_external", community) == 2
        assert value("publicity_upper", community) == 1
        of = ("volunteers.publicity_items", "medium", "rank", {community.pk}, YEAR)
        found = {pair: reading.value for pair, reading in engine.cross(*of).items()}
        assert {pair for pair, number in found.items() if number} == {
            ("newspaper", "district"),
            ("television", "city"),
            ("board", "other"),
        }


def test_recognition_is_counted_by_kind_and_not_before_its_activity(
    acting, client_of, clerk, community, activity
):
    with acting(community):
        for kind in ("letter", "letter", "banner", "praise", "media"):
            made.recognition(community, kind=kind, content=f"{kind}感谢")
        codes = ("recognitions", "thank_you_letters", "banners", "praises")
        assert [value(code, community) for code in codes] == [5, 2, 1, 2]
    answer = client_of(clerk).post(
        "/ledger/recognitions/add/",
        {
            "_key": str(uuid4()),
            "kind": "letter",
            "occurred_on": "2025-03-07",
            "giver": "居民",
            "content": "谢谢",
            "activity": activity.pk,
        },
    )
    assert "请核对日期" in answer.content.decode()


# --- what may be wrong, what is due ---------------------------------------------------------------
def test_rules_find_what_is_missing_and_leaders_are_not_told(
    acting, client_of, make_user, community, activity, elder
):
    with acting(community):
        homeless = made.served(factories.resident(community, "韦英堃"), activity)
        off = made.announced(community, state=ActivityState.CANCELLED, cancelled_for="下雨")
        waits = made.help_request(elder, shift=made.shift(off), state=HelpState.ARRANGED)
        made.served(elder, activity)
        found = {
            code: list(rules[f"volunteers.{code}"].rows(frozenset({community.pk})))
            for code in ("served_household", "served_care_kind", "help_cancelled")
        }
    assert found == {
        "served_household": [homeless],
        "served_care_kind": [],
        "help_cancelled": [waits],
    }
    leader = client_of(make_user(Role.VOLUNTEER_LEADER, community))
    assert leader.get("/quality/volunteers.served_household/").status_code == 403
    assert "服务对象没有户" not in leader.get("/quality/").content.decode()


def test_who_was_served_lately_is_asked_how_it_was(acting, community, elder):
    with acting(community):
        day = timezone.localdate() - timedelta(days=10)
        recent = made.served(elder, made.held(community, day), satisfaction=None)
        made.served(elder, made.held(community, date(2025, 3, 9)), satisfaction=None)
        made.served(elder, made.held(community, day + timedelta(days=1)))
        rows = worklists["volunteers.served_unrated"].rows(frozenset({community.pk}))
        assert list(rows) == [recent]


def test_the_footer_of_the_list_is_the_figures(acting, client_of, clerk, activity, elder):
    with acting(clerk):
        made.served(elder, activity, people=2)
    page = client_of(clerk).get("/ledger/served/?period=2025")
    footer = {line["label"]: line["value"] for line in page.context["footer"]}
    assert footer["志愿服务户次"] == "1"
    assert footer["志愿服务对象人次"] == "2"
    assert ledgers["served"].footer[0] == "volunteers.served_households"
