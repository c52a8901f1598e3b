"""Drafts: kept sealed while typing, offered to their writer alone, gone once the form is stored."""

import json
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from portal.drafts import services
from portal.drafts.services import KEPT, Place
from portal.ledgers import ledgers
from portal.models import EntryDraft, RoleAssignment, Unit
from portal.roles import Role
from portal.scope import Denied
from portal.tasks import housekeeping
from portal.worklists import worklists
from residents.models import Visit
from tests import factories
from tests.conftest import as_command

pytestmark = pytest.mark.django_db
ADD, SAVE = "/ledger/visits/add/", "/ledger/visits/draft/?page=add&record=0"
CANARY = "金丝雀只在草稿里"


@pytest.fixture
def client(client_of, staff):
    return client_of(staff)


@pytest.fixture
def kept(client, people, visit_of):
    """What was typed of a visit, kept as a draft."""
    data = visit_of(people[0], content=CANARY)
    assert client.post(SAVE, data).json()["state"] == "kept"
    return data


def drafts(acting, who):
    with acting(who):
        return list(EntryDraft.objects.all())


def test_the_form_offers_the_draft_and_goes_on_with_all_that_was_typed(client, kept, people):
    offered = client.get(ADD).content.decode()
    assert "有一份未保存的草稿" in offered
    assert "今天" in offered
    assert CANARY not in offered
    resumed = client.get(ADD + "?draft=1")
    body = resumed.content.decode()
    assert CANARY in body
    assert f'value="{people[0].pk}"' in body
    assert 'value="黄文发"' in body
    assert 'value="2025-03-10"' in body
    assert resumed.context["form"]["purposes"].value() == ["greeting"]
    assert kept["_key"] in body  # sent once more, the same form is known


def test_the_database_holds_no_word_of_it(kept, acting, staff, people):
    with acting(staff), connection.cursor() as cursor:
        cursor.execute("SELECT t::text, t.content FROM portal_entrydraft AS t")
        [(row, content)] = cursor.fetchall()
        cursor.execute("SELECT count(*) FROM audit.log WHERE table_name = 'portal_entrydraft'")
        [logged] = cursor.fetchone()
    assert CANARY not in row
    assert CANARY.encode() not in bytes(content)
    assert bytes(content).startswith(b"1:") or b":" in bytes(content)[:4]
    assert logged == 0


def test_nobody_else_is_offered_it_not_even_beside_the_writer(client_of, colleague, kept):
    other = client_of(colleague)
    assert other.get(ADD).context["draft"].draft is None
    assert CANARY not in other.get(ADD + "?draft=1").content.decode()
    assert "没有草稿" in other.get("/drafts/").content.decode()


def test_a_draft_moved_to_another_user_does_not_open(kept, acting, staff, colleague):
    with acting(staff):
        EntryDraft.objects.update(user=colleague)
        assert services.opened(EntryDraft.objects.get()) is None


@pytest.mark.parametrize("role", [Role.COMMUNITY_STAFF, Role.AUDIT_ADMINISTRATOR])
def test_who_moved_away_or_records_no_more_is_not_offered_it(
    role, client_of, kept, staff, other_community, acting
):
    with as_command():
        RoleAssignment.objects.filter(user=staff).update(role=role, unit=other_community)
    again = type(staff).objects.get(pk=staff.pk)
    page = client_of(again).get("/drafts/")
    assert CANARY not in page.content.decode()
    assert page.context["drafts"] == []
    if role == Role.COMMUNITY_STAFF:
        assert client_of(again).get(ADD).context["draft"].draft is None


def test_the_stored_form_takes_its_draft_along(client, kept, acting, staff):
    assert client.post(ADD, kept).status_code == 302
    assert drafts(acting, staff) == []
    # A copy that comes late, from a browser that heard no answer, is known to be stored.
    assert client.post(SAVE, kept).json() == {"state": "sent"}
    assert drafts(acting, staff) == []


def test_a_refused_form_keeps_its_draft(client, kept, acting, staff):
    assert client.post(ADD, kept | {"occurred_on": "2999-01-01"}).status_code == 200
    assert len(drafts(acting, staff)) == 1


def test_one_draft_of_a_form_and_the_last_word_counts(client, kept, acting, staff):
    client.post(SAVE, kept | {"content": "后来写的"})
    [draft] = drafts(acting, staff)
    with acting(staff):
        assert services.opened(draft)["content"] == "后来写的"


def test_a_copy_that_waited_does_not_replace_a_later_draft(client, kept, acting, staff):
    old = int((timezone.now() - timedelta(hours=1)).timestamp() * 1000)
    answer = client.post(f"{SAVE}&at={old}", kept | {"content": "早先写的"})
    assert answer.json() == {"state": "older"}
    new = int((timezone.now() + timedelta(minutes=1)).timestamp() * 1000)
    assert client.post(f"{SAVE}&at={new}", kept).json()["state"] == "kept"


def test_it_is_dropped_on_demand(client, kept, acting, staff):
    page = client.post("/ledger/visits/draft/drop/?page=add&record=0", {"_key": str(uuid.uuid4())})
    assert page["Location"] == ADD
    assert drafts(acting, staff) == []


def test_a_change_goes_on_from_the_version_it_was_begun_on(
    client, acting, community, staff, people
):
    with acting(community):
        visit = factories.visit(people[0], content="原来的")
    url = f"/ledger/visits/{visit.pk}/edit/"
    form = {"_key": str(uuid.uuid4()), "version": visit.version, "content": "草稿里的"}
    save = f"/ledger/visits/draft/?page=edit&record={visit.pk}"
    assert client.post(save, form).json()["state"] == "kept"
    with acting(community):
        visit = Visit.objects.get()
        visit.content = "别人先改的"
        visit.save()
    page = client.get(url + "?draft=1")
    assert "草稿里的" in page.content.decode()
    assert page.context["form"]["version"].value() == "1"
    sent = {
        "_key": str(uuid.uuid4()),
        "version": "1",
        "occurred_on": "2025-03-10",
        "resident": people[0].pk,
        "mode": "home",
        "visitor": "李梅",
        "purposes": ["greeting"],
        "domains": ["residents"],
        "content": "草稿里的",
    }
    conflict = client.post(url, sent)
    assert conflict.status_code == 409
    assert "别人先改的" in conflict.content.decode()
    assert len(drafts(acting, staff)) == 1


def test_the_lines_of_many_come_back_as_they_were(client, people):
    data = {
        "_key": str(uuid.uuid4()),
        "lines": "20",
        "visitor": "李梅",
        "l0-resident": people[0].pk,
        "l0-resident_text": "黄文发",
        "l13-content": "第十四行",
    }
    assert client.post("/ledger/visits/draft/?page=many&record=0", data).json()["state"] == "kept"
    page = client.get("/ledger/visits/add-many/?draft=1")
    assert page.context["count"] == 20
    assert "第十四行" in page.content.decode()
    assert 'value="黄文发"' in page.content.decode()


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/ledger/visits/draft/?page=nowhere&record=0", 404),
        ("/ledger/visits/draft/?page=edit&record=999999", 404),
        ("/ledger/nothing/draft/?page=add&record=0", 404),
    ],
)
def test_only_forms_that_there_are_have_drafts(client, visit_of, url, status):
    assert client.post(url, visit_of(None)).status_code == status


def test_bad_input_stores_nothing(client, visit_of, acting, staff):
    assert client.post(SAVE, visit_of(None, _key="x")).status_code == 400
    long = client.post(SAVE, visit_of(None, content="长" * 200_000))
    assert long.status_code == 413
    assert "太长" in long.json()["reason"]
    assert drafts(acting, staff) == []


def test_a_password_is_never_kept(client, visit_of, acting, staff):
    client.post(SAVE, visit_of(None, password="geheim", new_password1="geheim"))
    [draft] = drafts(acting, staff)
    with acting(staff):
        assert "geheim" not in json.dumps(dict(services.opened(draft).lists()))


def test_old_drafts_and_those_stored_after_all_are_swept(client, kept, acting, staff, visit_of):
    client.post(SAVE.replace("visits", "assistance"), visit_of(None))
    with acting(staff):
        EntryDraft.objects.filter(ledger="assistance").update(
            saved_at=timezone.now() - KEPT - timedelta(hours=1)
        )
    with as_command(Unit.objects.values_list("pk", flat=True)):
        assert housekeeping(0)["drafts"] == 1
    assert [draft.ledger for draft in drafts(acting, staff)] == ["visits"]


def test_the_home_page_counts_what_the_list_shows(client, kept, acting, staff, colleague):
    listed = client.get("/drafts/").context["drafts"]
    assert [item["title"] for item in listed] == ["登记走访"]
    worklist = worklists["portal.drafts_residents"]
    for user, count in ((staff, 1), (colleague, 0)):
        with acting(user):
            units = [user.assignments.get().unit_id]
            assert worklist.for_user(worklist.rows(units), user).count() == count
    assert "我的草稿" in client.get("/").content.decode()
    assert worklist.address(drafts(acting, staff)[0]) == listed[0]["url"]


def test_the_key_of_copies_is_of_one_user_in_one_browser_and_the_same_at_the_next_sign_in(
    client, client_of, staff, colleague
):
    here, elsewhere = uuid.uuid4(), uuid.uuid4()

    def key(who, browser):
        answer = who.get(f"/drafts/session/?browser={browser}")
        assert "no-store" in answer["Cache-Control"]
        return answer.json()["key"]

    known = key(client, here)
    assert key(client_of(staff), here) == known
    assert len({known, key(client, elsewhere), key(client_of(colleague), here)}) == 3
    assert key(client, "") is None  # it keeps nothing, and still learns who is signed in
    assert client.get("/drafts/session/?browser=x").status_code == 400


def test_without_a_role_no_draft_is_kept(client_of, make_user, community, visit_of, acting):
    left = make_user(Role.COMMUNITY_STAFF, community)
    with as_command():
        RoleAssignment.objects.filter(user=left).delete()
    answer = client_of(type(left).objects.get(pk=left.pk)).post(SAVE, visit_of(None))
    assert answer.status_code == 403
    nobody = type(left).objects.get(pk=left.pk)
    with acting(community), pytest.raises(Denied, match="没有岗位"):
        services.keep(Place(ledgers["visits"], "add"), [], key=uuid.uuid4(), by=nobody)


def test_the_number_of_drafts_of_a_user_is_bounded(acting, staff, people, monkeypatch):
    monkeypatch.setattr(services, "MOST_DRAFTS", 2)
    with acting(staff):
        for slug in ("visits", "assistance", "applications"):
            services.keep(Place(ledgers[slug], "add"), [], key=uuid.uuid4(), by=staff)
        assert {draft.ledger for draft in EntryDraft.objects.all()} == {
            "assistance",
            "applications",
        }
