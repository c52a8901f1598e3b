"""The data-quality page: numbers, lists, mending in place, and the trend."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.models import QualityCount
from portal.quality import rules
from portal.quality.counting import count, store, trends
from portal.quality.trend import trend_of
from portal.roles import Role
from portal.tasks import quality
from residents.models import Resident
from tests import factories
from tests.reports.numbers import read_page

DAY = timedelta(days=1)


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def web(client_of, clerk):
    client = client_of(clerk)
    client.send = lambda path, **data: client.post(path, {"_key": str(uuid.uuid4()), **data})
    return client


@pytest.fixture
def defects(acting, clerk, community):
    with acting(clerk):
        people = [factories.resident(community, name) for name in ("黄文发", "李梅", "单小花")]
        factories.disability_file(people[0], components=["52"])
        factories.visit(people[0], domains=["residents"])
        factories.assistance(people[1], amount=None)
        return people


def numbers(web):
    context = web.get("/quality/").context
    return {
        line["rule"].code: line["count"]
        for group in context["groups"]
        for line in group["open"] + group["clear"]
    }


def test_every_number_is_the_length_of_its_list(web, defects):
    """OpenSID#377: two screens show different totals. Here the home page, the page and each list."""
    shown = numbers(web)
    assert shown["residents.no_phone"] == 3
    for code, number in shown.items():
        if not rules[code].page:
            assert web.get(f"/quality/{code}/").context["page"].paginator.count == number, code
    assert web.get("/quality/").context["total"] == sum(shown.values())
    links = {link.url: link.says for link in read_page(web.get("/").content.decode()).links}
    assert links["/quality/"] == str(sum(shown.values()))
    assert read_page(web.get("/quality/").content.decode()).ends == [links["/quality/"]]


def test_lists_of_households_outside_their_ledger_show_its_columns(web, acting, clerk, community):
    with acting(clerk):
        empty = factories.household(community)
    page = web.get("/quality/residents.empty_household/")
    assert page.status_code == 200
    assert empty.number in page.content.decode()
    with acting(clerk):
        empty.deleted_at = empty.recorded_at
        empty.save()
    assert empty.number in web.get("/ledger/households/bin/").content.decode()


def test_the_number_of_queries_does_not_grow(web, defects, acting, clerk, community):
    web.get("/quality/")
    counts = {}
    for path in ("/quality/", "/quality/residents.no_phone/"):
        with CaptureQueriesContext(connection) as queries:
            web.get(path)
        counts[path] = len(queries)
    with acting(clerk):
        for number in range(3):
            factories.visit(factories.resident(community, f"黄{number}"), domains=["residents"])
    for path, before in counts.items():
        with CaptureQueriesContext(connection) as queries:
            web.get(path)
        assert len(queries) == before, path


def test_all_rules_are_counted_by_one_statement(defects, acting, clerk, community):
    with acting(clerk), CaptureQueriesContext(connection) as queries:
        count(dict.fromkeys(rules, frozenset({community.pk})))
    # One counts. What is over a day's limit follows from a dated rule: the records on the way are read before.
    assert ["UNION ALL" in query["sql"] for query in queries] == [False, True]
    assert "volunteers_servicerecord" in queries[0]["sql"]


def test_a_phone_is_filled_in_its_row(web, defects, acting, clerk):
    person = defects[0]
    path = f"/quality/residents.no_phone/{person.pk}/"
    wrong = web.send(path, version=person.version, phone="12")
    assert wrong.status_code == 200
    assert 'class="fix-error"' in wrong.content.decode()
    empty = web.send(path, version=person.version, phone="")
    assert "请填写联系电话。" in empty.content.decode()
    right = web.send(f"{path}?page=1", version=person.version, phone="138 0000 0001")
    assert right["Location"] == "/quality/residents.no_phone/?page=1"
    with acting(clerk):
        person = Resident.objects.get(pk=person.pk)
        assert (person.phone, person.phone_hash is not None) == ("13800000001", True)
    assert numbers(web)["residents.no_phone"] == 2
    assert web.send(path, version=person.version, phone="13800000002").status_code == 404


def test_a_stale_fix_is_told_and_not_stored(web, defects, acting, clerk):
    person = defects[0]
    with acting(clerk):
        Resident.objects.get(pk=person.pk).save()
    path = f"/quality/residents.no_phone/{person.pk}/"
    web.send(path, version=person.version, phone="13800000001")
    assert "刚被别人修改过" in web.get("/quality/residents.no_phone/").content.decode()
    assert numbers(web)["residents.no_phone"] == 3


def test_the_form_returns_to_the_list(web, defects):
    page = web.get("/quality/residents.visit_purpose/").content.decode()
    row = web.get("/quality/residents.visit_purpose/").context["rows"][0]
    assert "back=%2Fquality%2Fresidents.visit_purpose%2F" in row["edit_url"]
    assert row["edit_url"] in page
    form = web.get(row["edit_url"]).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    answer = web.send(row["edit_url"], **data | {"purposes": ["greeting"]})
    assert answer["Location"] == "/quality/residents.visit_purpose/"
    elsewhere = row["edit_url"].partition("?")[0] + "?back=https://example.com/"
    data["version"] = int(data["version"]) + 1
    assert "example.com" not in web.send(elsewhere, **data).get("Location", "")


EVERY = {"residents", "disability", "servicecenter", "volunteers", "sanitation"}


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.COMMUNITY_STAFF, EVERY),
        (Role.WINDOW_CLERK, {"residents", "servicecenter"}),
        (Role.STREET_SECTION, EVERY),
        (Role.VOLUNTEER_LEADER, {"volunteers"}),
        (Role.SYSTEM_ADMINISTRATOR, set()),
    ],
)
def test_need_to_know_by_department(client_of, make_user, community, defects, role, sees):
    client = client_of(make_user(role, community))
    answer = client.get("/quality/")
    assert answer.status_code == (200 if sees else 403)
    if sees:
        assert {code.partition(".")[0] for code in numbers(client)} == sees
    for domain, code in (("residents", "no_phone"), ("disability", "no_guardian")):
        wanted = 200 if domain in sees else 403
        assert client.get(f"/quality/{domain}.{code}/").status_code == wanted


def test_other_units_see_and_mend_nothing(client_of, make_user, other_community, defects):
    stranger = client_of(make_user(Role.COMMUNITY_STAFF, other_community))
    assert "黄文发" not in stranger.get("/quality/residents.no_phone/").content.decode()
    path = f"/quality/residents.no_phone/{defects[0].pk}/"
    answer = stranger.post(path, {"_key": str(uuid.uuid4()), "version": 1, "phone": "13800000001"})
    assert answer.status_code == 404
    assert stranger.get("/quality/no-such-rule/").status_code == 404


# --- trend ----------------------------------------------------------------------------------------
def test_the_night_stores_each_unit_once_a_day(defects, acting, clerk, street, community):
    quality(timestamp=0)
    with acting(clerk):
        stored = QualityCount.objects.get(unit=community)
        assert stored.counts["residents.no_phone"] == 3
        assert set(stored.counts) == {rule.code for rule in rules}
    quality(timestamp=0)
    with acting(street):
        assert QualityCount.objects.filter(unit=community).count() == 1


def test_recount_keeps_todays_numbers(web, defects, acting, clerk):
    web.send("/quality/recount/")
    with acting(clerk):
        assert QualityCount.objects.get().counted_on == timezone.localdate()


def test_the_page_tells_the_change_since_last_week(web, defects, acting, clerk, community):
    today = timezone.localdate()
    with acting(clerk):
        for days, number in ((20, 9), (8, 5), (3, 4)):
            counts = {rule.code: number for rule in rules}
            QualityCount.objects.create(
                unit=community, counted_on=today - days * DAY, counts=counts
            )
    page = web.get("/quality/").content.decode()
    assert "比上周少 2" in page
    assert '<figure class="chart-box chart-spark">' in page
    assert f"最大：{today - 20 * DAY:%m-%d} 9" in page


def test_trend_adds_units_and_carries_a_missing_day(acting, community, other_community, street):
    today = timezone.localdate()
    with acting(street):
        for unit, days, number in ((community, 9, 4), (other_community, 8, 3), (community, 2, 1)):
            QualityCount.objects.create(
                unit=unit, counted_on=today - days * DAY, counts={"residents.no_id": number}
            )
        rule = rules["residents.no_id"]
        both = frozenset({community.pk, other_community.pk})
        assert [n for _, n in trends({rule: both}, today)["residents.no_id"]] == [4, 7, 4]
        trend = trend_of(trends({rule: both}, today)["residents.no_id"], today, 5)
        assert trend.change == 5 - 7
        assert store(both) == 2


def test_trend_without_a_past_says_so():
    trend = trend_of([], timezone.localdate(), 3)
    assert (trend.chart, trend.change_text) == (None, "暂无上周数")
