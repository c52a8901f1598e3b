"""消息: who is told, what is never told, the bell, marking, settings; nobody reads another's."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal.models import MutedKind, Notification, RoleAssignment
from portal.notifying import holders, holding, notify
from portal.notifying.kinds import kinds
from portal.notifying.reading import KEPT, choose_kinds, drop_old, unread_count
from portal.roles import Role
from portal.tasks import housekeeping
from tests.conftest import as_command

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="李梅")


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community, name="刘志强")


@pytest.fixture
def tell(acting, head):
    """``tell(*users, …)``: an answer was accepted, by the head."""

    def do(*users, url="/", **words):
        words = {"title": "走访情况"} | words
        with acting(head):
            return notify("asks.accepted", to=users, url=url, by=head, **words)

    return do


def own(acting, user):
    with acting(user):
        return list(Notification.objects.of(user).values_list("text", flat=True))


def test_each_is_told_once_and_who_did_it_is_not(acting, tell, staff, head):
    assert tell(staff, head, staff) == 1
    assert own(acting, staff) == ["“走访情况”的答复已查收。"]
    assert own(acting, head) == []


def test_under_one_key_nobody_is_told_twice(acting, tell, staff):
    tell(staff, once="a")
    tell(staff, once="a")
    tell(staff, once="b")
    assert len(own(acting, staff)) == 2


def test_a_long_number_that_somebody_typed_is_left_out(acting, tell, staff):
    tell(staff, title="黄 44010319580312123X 13812345678")
    [text] = own(acting, staff)
    assert "4401" not in text
    assert "1381" not in text


def test_words_are_no_template(acting, tell, staff):
    tell(staff, title="{unit} %s {0}")
    assert own(acting, staff) == ["“{unit} %s {0}”的答复已查收。"]


def test_what_commands_bring_in_is_no_news(staff, acting):
    with as_command():
        assert notify("asks.accepted", to=[staff], url="/", title="x") == 0
    assert own(acting, staff) == []


def test_every_kind_has_a_sentence_without_a_word_of_a_person():
    for kind in kinds:
        assert kind.text.endswith("。"), kind.code
        assert kind.label
        for word in ("resident", "person", "applicant", "phone", "id_number"):
            assert f"{{{word}" not in kind.text


def test_holders_are_those_of_the_unit_and_else_of_the_nearest_above(
    make_user, street, community, other_community, head
):
    supervisor = make_user(Role.STREET_SUPERVISOR, street)
    found = holding("periods.close", [community.pk, other_community.pk])
    assert found == {community.pk: [head], other_community.pk: [supervisor]}
    assert holders("periods.close", community.pk, but=head) == [supervisor]


def test_who_held_it_once_or_signs_in_no_more_is_not_told(make_user, community, head, staff):
    with as_command():
        RoleAssignment.objects.filter(user=head).update(valid_to=date(2024, 1, 1))
    assert holders("periods.close", community.pk) == []
    with as_command():
        staff.is_active = False
        staff.save()
    assert staff not in holders("asks.answer", community.pk)


# --- the wall ---------------------------------------------------------------------------------------
def test_nobody_reads_changes_or_deletes_anothers_even_without_the_codes_filter(
    acting, tell, staff, head, make_user, street
):
    tell(staff)
    for other in (head, make_user(Role.STREET_SUPERVISOR, street)):
        with acting(other):
            assert not Notification.objects.exists()
            assert Notification.objects.update(text="x") == 0
            assert Notification.objects.all()._raw_delete("default") == 0
    assert own(acting, staff) == ["“走访情况”的答复已查收。"]


def test_nobody_takes_a_row_over_or_mutes_for_another(acting, staff, head):
    with acting(staff):
        mine = MutedKind.objects.create(user=staff, kind="x")
        with pytest.raises(DatabaseError), transaction.atomic():
            MutedKind.objects.filter(pk=mine.pk).update(user=head)
        with pytest.raises(DatabaseError), transaction.atomic():
            MutedKind.objects.create(user=head, kind="x")


def test_without_an_actor_nothing_is_added(staff):
    row = Notification(user=staff, kind="x", text="x", url="/")
    with pytest.raises(DatabaseError), transaction.atomic():
        Notification.objects.bulk_create([row], ignore_conflicts=True)


def test_a_page_of_elsewhere_is_refused_by_the_database(acting, tell, staff):
    with pytest.raises(DatabaseError), transaction.atomic():
        tell(staff, url="https://example.com/")


# --- pages ------------------------------------------------------------------------------------------
def post(client, url, **data):
    return client.post(url, {"_key": str(uuid.uuid4())} | data)


def test_the_bell_counts_what_is_unread_and_opening_marks_it(client_of, tell, staff, acting):
    client = client_of(staff)
    assert "bell-count" not in client.get("/").content.decode()
    tell(staff, url="/asks/")
    tell(staff, title="另一件")
    assert '<span class="bell-count">2<span' in client.get("/").content.decode()
    with acting(staff):
        row = Notification.objects.get(url="/asks/")
    answer = post(client, f"/notifications/{row.pk}/open/")
    assert (answer.status_code, answer["Location"]) == (302, "/asks/")
    assert '<span class="bell-count">1<span' in client.get("/").content.decode()
    page = client.get("/notifications/?unread=1").content.decode()
    assert "另一件" in page
    assert "走访情况" not in page


def test_marking_one_all_and_a_group(client_of, tell, staff, acting, head):
    client = client_of(staff)
    tell(staff)
    tell(staff)
    with acting(head):
        notify("notices.published", to=[staff], url="/", by=head, office="街道", title="防汛")
    with acting(staff):
        one = Notification.objects.of(staff).filter(kind="asks.accepted").first()
    post(client, f"/notifications/{one.pk}/read/", next="/notifications/?unread=1")
    assert unread(acting, staff) == 2
    post(client, "/notifications/read/", group="通知公告")
    assert unread(acting, staff) == 1
    post(client, "/notifications/read/")
    assert unread(acting, staff) == 0
    assert post(client, "/notifications/read/", group="没有这组").status_code == 404


def unread(acting, user):
    with acting(user):
        return unread_count(user)


def test_a_way_back_that_leads_elsewhere_is_not_taken(client_of, tell, staff, acting):
    tell(staff)
    with acting(staff):
        row = Notification.objects.get()
    for back in ("//example.com/", "https://example.com/", "/\\example.com"):
        answer = post(client_of(staff), f"/notifications/{row.pk}/read/", next=back)
        assert answer["Location"] == "/notifications/", back


def test_anothers_message_is_a_missing_page(client_of, tell, staff, head, acting):
    tell(staff)
    with acting(staff):
        row = Notification.objects.get()
    for action in ("open", "read"):
        assert post(client_of(head), f"/notifications/{row.pk}/{action}/").status_code == 404
    assert unread(acting, staff) == 1


def test_a_get_marks_nothing(client_of, tell, staff, acting):
    tell(staff)
    with acting(staff):
        row = Notification.objects.get()
    client = client_of(staff)
    assert client.get(f"/notifications/{row.pk}/open/").status_code == 405
    client.get("/notifications/")
    assert unread(acting, staff) == 1


def test_a_muted_kind_is_neither_shown_nor_counted_and_comes_back(client_of, tell, staff, acting):
    tell(staff)
    client = client_of(staff)
    wanted = [kind.code for kind in kinds if kind.code != "asks.accepted"]
    assert post(client, "/notifications/settings/", wanted=wanted).status_code == 302
    assert unread(acting, staff) == 0
    assert "走访情况" not in client.get("/notifications/").content.decode()
    with acting(staff):
        choose_kinds(staff, {kind.code for kind in kinds})
    assert unread(acting, staff) == 1


def test_they_are_kept_ninety_days(acting, tell, staff):
    tell(staff)
    tell(staff)
    with acting(staff):
        old = Notification.objects.first()
        old.made_at = timezone.now() - KEPT - timedelta(minutes=1)
        old.save()
    assert housekeeping(timestamp=0)["messages"] == 1
    assert len(own(acting, staff)) == 1
    with acting(staff):
        assert drop_old(timezone.now()) == 0


def test_the_list_asks_as_often_for_one_as_for_three(client_of, tell, staff):
    client, asked = client_of(staff), []
    for count in (1, 2):
        for _ in range(count):
            tell(staff)
        with connection.execute_wrapper(_counter(asked := [*asked, 0])):
            client.get("/notifications/")
    assert asked[0] == asked[1]


def _counter(counts):
    def count(execute, sql, params, many, context):
        counts[-1] += 1
        return execute(sql, params, many, context)

    return count
