"""A clean-up counts once, whoever entered it: one form, one shared activity, one detail."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from portal.figures import engine
from portal.ledgers import ledgers
from portal.periods import Period
from portal.roles import Role
from portal.scope import Denied
from residents.models import Activity
from sanitation.models import CleanupDetail
from sanitation.services import cleanups as service
from tests import factories
from tests.factories import sanitation_market as make
from tests.factories import volunteers
from volunteers.services import activities as of_volunteers

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")
URL = "/ledger/cleanups/"
SPRING = {
    "title": "春节大扫除",
    "occurred_on": "2025-01-20",
    "ends_on": "2025-01-24",
    "scopes": ["road", "market", "water"],
    "participants": "420",
    "vehicles": "12",
    "tonnes": "38.615",
    "spots": "26",
    "domains": ["sanitation"],
}


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def client(client_of, staff):
    return client_of(staff)


def post(client, url, **data):
    return client.post(url, {"_key": str(uuid.uuid4())} | data)


def value(code, unit, **category):
    return engine.read(f"sanitation.{code}", {unit.pk}, YEAR, category).value


def test_one_form_writes_activity_and_detail(client, staff, community, acting):
    assert post(client, f"{URL}add/", **SPRING).status_code == 302
    with acting(staff):
        activity = Activity.objects.get()
        assert (activity.kind, activity.domains) == ("cleanup", ["sanitation"])
        assert (activity.occurred_on, activity.ends_on) == (date(2025, 1, 20), date(2025, 1, 24))
        assert activity.recorded_by == staff
        detail = activity.cleanup
        assert (detail.scopes, detail.vehicles) == (["road", "market", "water"], 12)
        assert (detail.tonnes, detail.spots) == (Decimal("38.615"), 26)
        assert (detail.unit, detail.occurred_on) == (community, activity.occurred_on)
        told = {
            code: value(f"cleanup{code}", community)
            for code in ("s", "_participants", "_vehicles", "_tonnes", "_spots", "s_detailed")
        }
        assert told == {
            "s": 1,
            "_participants": 420,
            "_vehicles": 12,
            "_tonnes": Decimal("38.615"),
            "_spots": 26,
            "s_detailed": 1,
        }
        assert value("cleanups_detailed", community, scopes="water") == 1
        assert value("cleanups_detailed", community, scopes="yard") == 0
    page = client.get(f"{URL}{activity.pk}/").content.decode()
    assert "38.615" in page
    assert "水域" in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"scopes": []}, "请选择清理范围。"),
        ({"ends_on": "2025-01-19"}, "结束日期不能早于开始日期。"),
        ({"tonnes": "三十多"}, "请只填数字"),
        ({"tonnes": "-1"}, "不能小于 0。"),
        ({"occurred_on": "2099-01-20", "ends_on": ""}, "日期不能晚于今天。"),
    ],
)
def test_bad_input_stores_nothing(client, staff, acting, changed, said):
    answer = post(client, f"{URL}add/", **SPRING | changed)
    assert said in answer.content.decode()
    with acting(staff):
        assert not Activity.objects.exists()
        assert not CleanupDetail.objects.exists()


def test_a_change_leaves_one_detail_and_takes_its_day_along(client, staff, acting):
    post(client, f"{URL}add/", **SPRING)
    with acting(staff):
        activity = Activity.objects.get()
    url = f"{URL}{activity.pk}/edit/"
    changed = SPRING | {"occurred_on": "2025-01-21", "tonnes": "40", "version": activity.version}
    assert post(client, url, **changed).status_code == 302
    with acting(staff):
        detail = CleanupDetail.objects.get()
        assert (detail.occurred_on, detail.tonnes) == (date(2025, 1, 21), Decimal(40))
        assert Activity.objects.count() == 1


# --- held by volunteers -------------------------------------------------------------------------------
@pytest.fixture
def held(acting, community):
    with acting(community):
        row = volunteers.held(community, date(2025, 1, 20), title="春节大扫除")
        row.activity.participants = 30
        row.activity.save()
    return row


def test_what_volunteers_held_is_there_and_only_completed(client, staff, community, held, acting):
    activity = held.activity
    assert "春节大扫除" in client.get(URL).content.decode()
    page = client.get(f"{URL}{activity.pk}/edit/").content.decode()
    assert "在“志愿活动”台账中修改。" in page
    said = SPRING | {"participants": "999", "title": "别的", "version": activity.version}
    assert post(client, f"{URL}{activity.pk}/edit/", **said).status_code == 302
    with acting(staff):
        same = Activity.objects.get()
        assert (same.title, same.participants, same.version) == (
            "春节大扫除",
            30,
            activity.version,
        )
        assert same.cleanup.tonnes == Decimal("38.615")
        assert value("cleanups", community) == 1
        assert value("cleanup_participants", community) == 30


def test_entered_again_it_is_completed_and_not_counted_twice(
    client, staff, community, held, acting
):
    assert post(client, f"{URL}add/", **SPRING).status_code == 302
    with acting(staff):
        assert Activity.objects.get() == held.activity
        assert held.activity.cleanup.vehicles == 12
        assert value("cleanups", community) == value("cleanups_detailed", community) == 1


def test_volunteers_who_enter_it_afterwards_take_the_same_activity(
    client, staff, community, acting
):
    post(client, f"{URL}add/", **SPRING)
    with acting(staff):
        row = volunteers.VolunteerActivity(
            unit=community,
            title="春节大扫除",
            type=volunteers.activity_type(),
            starts_on=date(2025, 1, 20),
            place="全村",
        )
        of_volunteers.store(row, held=True, by=None)
        assert row.activity == Activity.objects.get()
        assert row.activity.cleanup.spots == 26
        assert value("cleanups", community) == 1


def test_emptied_the_detail_of_volunteers_activity_is_gone_and_comes_back(
    client, staff, held, acting
):
    url = f"{URL}{held.activity_id}/edit/"
    post(client, url, **SPRING, version=held.activity.version)
    empty = SPRING | {"scopes": [], "vehicles": "", "tonnes": "", "spots": ""}
    post(client, url, **empty, version=held.activity.version)
    with acting(staff):
        assert not CleanupDetail.objects.kept().exists()
    post(client, url, **SPRING, version=held.activity.version)
    with acting(staff):
        assert CleanupDetail.objects.kept().get() == CleanupDetail.objects.get()


def test_a_same_named_activity_that_is_no_cleanup_is_told_of(client, staff, community, acting):
    with acting(community):
        volunteers.held(community, date(2025, 1, 20), title="春节大扫除", code="elders")
    said = post(client, f"{URL}add/", **SPRING).content.decode()
    assert "同一天已有同名的活动，在“志愿活动”台账中办理" in said
    with acting(staff):
        assert not CleanupDetail.objects.exists()


@pytest.mark.parametrize(("tags", "taken"), [(["sanitation"], True), (["residents"], False)])
def test_only_an_entry_of_ours_is_taken_over(client, staff, community, acting, tags, taken):
    with acting(community):
        old = factories.activity(
            community,
            date(2025, 1, 20),
            title="春节大扫除",
            kind="other",
            domains=tags,
            organisers="村委会",
        )
    answer = post(client, f"{URL}add/", **SPRING)
    assert answer.status_code == (302 if taken else 200)
    with acting(staff):
        now = Activity.objects.get()
        kind = "cleanup" if taken else "other"
        assert (now.pk, now.kind, now.organisers) == (old.pk, kind, "村委会")
        assert now.domains == tags
        assert CleanupDetail.objects.exists() == taken


# --- the other ledgers, the bin -----------------------------------------------------------------------
def test_other_ledgers_say_where_it_goes_on_and_offer_the_way(client, staff, held, acting):
    page = client.get(f"/ledger/volunteer-activities/{held.pk}/").content.decode()
    assert f"{URL}{held.activity_id}/edit/" in page
    page = client.get(f"/ledger/activities/{held.activity_id}/").content.decode()
    assert "填写清理成果" in page
    with acting(staff):
        ours = make.complete_cleanup(staff.assignments.get().unit, title="我们的")
    assert client.get(f"/ledger/activities/{ours.pk}/edit/").status_code == 403
    elsewhere = client.get(f"/ledger/activities/{ours.pk}/edit/").content.decode()
    assert "这次活动在“集中清理”台账中办理" in elsewhere


def test_bin_takes_ours_with_its_detail_and_leaves_that_of_volunteers(
    staff, community, held, acting
):
    ledger = ledgers["cleanups"]
    with acting(staff):
        ours = make.complete_cleanup(community, title="我们的")
        ledger.check_deletable(ours)
        ledger.recycle(ours, version=ours.version, by=staff)
        assert not CleanupDetail.objects.kept().exists()
        ledger.restore(Activity.objects.get(pk=ours.pk), by=staff)
        assert CleanupDetail.objects.kept().get().activity == ours
        with pytest.raises(Denied, match="志愿活动"):
            ledger.check_deletable(held.activity)
        service.store(held.activity, {"scopes": ["road"]}, by=staff)
        with pytest.raises(Denied, match="清理成果"):  # first the detail, then the activity
            ledgers["volunteer-activities"].check_deletable(held)


def test_service_refuses_what_is_no_cleanup_by_itself(staff, community, acting):
    with acting(staff):
        volunteers.held(community, make.DAY, title="演出", code="culture")
        row = Activity(
            unit=community, occurred_on=make.DAY, title="演出", kind="cleanup", domains=make.TAGS
        )
        with pytest.raises(ValidationError):
            service.store(row, {"scopes": ["road"]}, by=staff)
