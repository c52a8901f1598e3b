"""Saved searches: the words stay out of addresses, scope is that of the day, what is told is what is shown."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from portal.fields import seal_token
from portal.ledgers import ledgers
from portal.models import Notification, RoleAssignment, SavedLook, SavedSearch
from portal.roles import Role
from portal.saved import services
from portal.saved.jobs import look_everywhere
from portal.saved.looking import NARROWED, NO_RIGHT
from tests import factories
from tests.conftest import (
    acting_as,
    as_command,
    new_community,
    new_district,
    new_street,
    new_user,
)
from tests.database import others_have_ended

TODAY = timezone.localdate()


# --- within one transaction -----------------------------------------------------------------------------
@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="李梅")


def post(client, url, **data):
    return client.post(url, {"_key": str(uuid.uuid4())} | data)


@pytest.mark.django_db
def test_a_list_is_saved_with_its_words_and_opened_again(
    acting, client_of, staff, community, make_user
):
    with acting(community):
        factories.resident(community, "黄文发")
        factories.resident(community, "单小梅")
    client = client_of(staff)
    found = client.post("/ledger/residents/", {"q": "黄文发"})
    query = found["Location"].partition("?")[2]
    answer = post(client, f"/saved/new/residents/?{query}", name="黄家", every="day")
    assert answer.status_code == 302, answer.content.decode()
    with acting(staff):
        search = SavedSearch.objects.get()
    assert "查找：黄文发" in search.described
    assert search.next_on == TODAY + timedelta(days=1)
    assert "黄家" in client.get("/ledger/residents/").content.decode()
    opened = client.get(f"/saved/{search.pk}/")
    assert "黄文发" not in opened["Location"]
    assert "%E9" not in opened["Location"]
    page = client.get(opened["Location"]).content.decode()
    assert "黄文发" in page
    assert "单小梅" not in page
    other = make_user(Role.COMMUNITY_STAFF, community)
    assert client_of(other).get(f"/saved/{search.pk}/").status_code == 404
    assert "黄家" not in client_of(other).get("/ledger/residents/").content.decode()
    with acting(other):
        assert not SavedSearch.objects.exists()


@pytest.mark.django_db
def test_the_database_holds_no_word_of_it(acting, staff):
    query = QueryDict(f"s={seal_token('黄文发')}")
    with acting(staff), connection.cursor() as cursor:
        search = services.save_search(
            ledgers["residents"], query, name="黄家", every="day", by=staff
        )
        search = services.change_search(search, name="黄家走访", every="week")
        cursor.execute("SELECT t::text FROM portal_savedsearch AS t")
        [[row]] = cursor.fetchall()
    assert search.described == "查找：黄文发"
    assert "黄家走访" in row
    assert "黄文发" not in row


@pytest.mark.django_db
def test_what_one_looks_at_oneself_is_not_in_the_change_log():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgfoid = 'audit.record'::regproc"
        )
        logged = {table for (table,) in cursor.fetchall()}
    assert "portal_notice" in logged
    assert not logged & {m._meta.db_table for m in (SavedSearch, SavedLook, Notification)}


@pytest.mark.django_db
def test_what_the_list_does_not_understand_is_not_saved(acting, staff):
    for query in ("mode=no-such", "unit=999999", "s=broken", "nothing=1"):
        with acting(staff), pytest.raises(ValidationError):
            services.save_search(
                ledgers["visits"], QueryDict(query), name="走访", every="never", by=staff
            )


@pytest.mark.django_db
def test_a_name_is_given_once_for_a_ledger(client_of, staff):
    client = client_of(staff)
    assert (
        post(client, "/saved/new/visits/?mode=home", name="入户", every="never").status_code == 302
    )
    again = post(client, "/saved/new/visits/", name="入户", every="never")
    assert again.status_code == 200
    assert "同名" in again.content.decode()


@pytest.mark.django_db
def test_without_the_ledger_nothing_is_saved(client_of, make_user, community):
    client = client_of(make_user(Role.WINDOW_CLERK, community))
    assert client.get("/saved/new/disability-files/").status_code == 403


@pytest.mark.django_db
def test_a_filter_that_is_out_of_sight_never_widens_the_list(
    acting, client_of, make_user, street, community, other_community
):
    """Saved as the street's, opened as one community's: the list would ignore the unit and show another."""
    user = make_user(Role.STREET_SECTION, street)
    with acting(user):
        query = QueryDict(f"unit={other_community.pk}")
        search = services.save_search(
            ledgers["visits"], query, name="和平社区的走访", every="never", by=user
        )
    with as_command():
        RoleAssignment.objects.filter(user=user).update(unit=community, role=Role.COMMUNITY_STAFF)
    page = client_of(user).get(f"/saved/{search.pk}/")
    assert page.status_code == 200
    assert NARROWED in page.content.decode()


@pytest.mark.django_db
def test_lost_rights_find_nothing_and_say_so(acting, client_of, make_user, staff, community):
    with acting(staff):
        search = services.save_search(
            ledgers["disability-files"], QueryDict(""), name="档案", every="day", by=staff
        )
        look = SavedLook.objects.create(user=staff, search=search, looked_on=TODAY, found=[1])
    with as_command():
        RoleAssignment.objects.filter(user=staff).update(role=Role.WINDOW_CLERK)
    client = client_of(staff)
    for url in (f"/saved/{search.pk}/", f"/saved/{search.pk}/looks/{look.pk}/"):
        assert NO_RIGHT in client.get(url).content.decode()
    tomorrow = TODAY + timedelta(days=1)
    for day in (tomorrow, tomorrow, tomorrow + timedelta(days=1)):
        look_everywhere(day)
    with acting(staff):
        told = Notification.objects.of(staff).filter(kind="saved.broken")
        assert [NO_RIGHT in row.text for row in told] == [True]  # once, until it can be used again
        assert SavedSearch.objects.get().trouble == NO_RIGHT


@pytest.mark.django_db
def test_changing_and_dropping_are_ones_own(client_of, acting, staff, make_user, community):
    client = client_of(staff)
    post(client, "/saved/new/visits/?mode=home", name="入户", every="never")
    with acting(staff):
        search = SavedSearch.objects.get()
    other = client_of(make_user(Role.COMMUNITY_STAFF, community))
    assert post(other, f"/saved/{search.pk}/drop/", version=1).status_code == 404
    versions = f"{search.pk}:{search.version}"
    changed = post(
        client, f"/saved/{search.pk}/change/", name="上门", every="week", versions=versions
    )
    assert changed.status_code == 302, changed.content.decode()
    with acting(staff):
        search = SavedSearch.objects.get()
        assert (search.name, search.next_on.weekday()) == ("上门", 0)
    assert post(client, f"/saved/{search.pk}/drop/", version=1).status_code == 409
    post(client, f"/saved/{search.pk}/drop/", version=search.version)
    with acting(staff):
        assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    ("every", "today", "following"),
    [
        ("never", date(2026, 3, 4), None),
        ("day", date(2026, 3, 4), date(2026, 3, 5)),
        ("week", date(2026, 3, 4), date(2026, 3, 9)),
        ("week", date(2026, 3, 9), date(2026, 3, 16)),
        ("week", date(2026, 3, 8), date(2026, 3, 9)),
    ],
)
def test_the_next_day(every, today, following):
    assert services.next_day(every, today) == following


# --- looks, over transactions ---------------------------------------------------------------------------
@pytest.fixture
def world(transactional_db):
    """A community with a saved search for visits at home, told daily, and one visit before it."""
    community = new_community(new_street(new_district()))
    user = new_user(Role.COMMUNITY_STAFF, community, name="李梅")
    with acting_as(community):
        person = factories.resident(community, "黄文发")
        factories.visit(person, content="早先的")
    others_have_ended()
    with acting_as(user):
        services.save_search(
            ledgers["visits"], QueryDict("mode=home"), name="入户走访", every="day", by=user
        )
    return community, user, person


def look(day):
    others_have_ended()
    return look_everywhere(day)


def told(user):
    with acting_as(user):
        rows = Notification.objects.of(user).filter(kind="saved.found").order_by("pk")
        return list(rows.values_list("text", "url"))


def test_what_is_new_or_changed_is_told_once_and_shown_exactly(world, client_of):
    community, user, person = world
    with acting_as(community):
        new = factories.visit(person, content="新的")
        factories.visit(person, mode="phone")
    day = TODAY + timedelta(days=1)
    assert look(day)["found"] == 1
    assert look(day)["looked"] == 0  # run again: nothing is sent twice
    [(text, url)] = told(user)
    assert "1 条" in text
    page = client_of(user).get(url)
    assert page.context["page"].paginator.count == 1
    assert f"/ledger/visits/{new.pk}/" in page.content.decode()
    # The next look tells what was changed since, not what was told before.
    with acting_as(community):
        new.refresh_from_db()
        new.content = "改过的"
        new.save()
    assert look(day + timedelta(days=1))["found"] == 1
    assert look(day + timedelta(days=2))["found"] == 0
    assert len(told(user)) == 2
    # What was taken out meanwhile is said to be lacking.
    with acting_as(community):
        new.refresh_from_db()
        new.deleted_at = timezone.now()
        new.save()
    assert "其中 1 条之后删去了" in client_of(user).get(url).content.decode()


def test_the_units_are_those_of_the_day(world):
    community, user, person = world
    with acting_as(community):
        factories.visit(person)
    with as_command():
        other = new_community_beside(community)
        RoleAssignment.objects.filter(user=user).update(unit=other)
    assert look(TODAY + timedelta(days=1))["found"] == 0
    assert told(user) == []


def new_community_beside(community):
    from portal.models import Unit

    return Unit.objects.create(
        kind=community.kind, code="440103001009", name="东门社区", parent=community.parent
    )


def test_a_look_that_was_killed_begins_again(world, monkeypatch):
    community, user, person = world
    with acting_as(community):
        factories.visit(person)

    class Killed(Exception):
        pass

    save = SavedSearch.save

    def killed(self, *args, **kwargs):
        save(self, *args, **kwargs)
        raise Killed

    day = TODAY + timedelta(days=1)
    with monkeypatch.context() as patch:
        patch.setattr(SavedSearch, "save", killed)
        assert look(day)["broken"] == 1
    assert told(user) == []
    assert look(day)["found"] == 1
    assert len(told(user)) == 1
