"""The pages on which duplicates are reviewed, merged and taken apart."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.roles import Role
from residents.duplicates.deciding import propose
from residents.models import DuplicatePair, Merge, Resident
from tests import factories


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def web(client_of, clerk):
    client = client_of(clerk)

    def post(path, **data):
        return client.post(path, {"_key": str(uuid.uuid4()), **data})

    client.send = post
    return client


def twins(unit, by, number=1):
    one = factories.resident(unit, f"黄文发{number}", phone="13800000001", address="春华路 8 号")
    other = factories.resident(unit, f"黄文法{number}", id_number="", no_id_reason="拒报")
    other.spells.update(starts_on=date(2018, 1, 1), ends_on=date(2019, 12, 31), ended_by="moved")
    factories.visit(other)
    return propose(one, other, by=by)


@pytest.fixture
def pair(acting, clerk, community):
    with acting(clerk):
        return twins(community, clerk)


def test_review_shows_both_masked_with_their_records(web, pair):
    page = web.get(f"/duplicates/{pair.pk}/").content.decode()
    assert "黄文发1" in page
    assert "138****0001" in page
    assert "13800000001" not in page
    assert page.count("differs") >= 2


def test_three_decisions(web, pair, acting, clerk):
    """different leaves the queue, later goes to its own list, open brings back."""

    def decide(**data):
        with acting(clerk):
            version = DuplicatePair.objects.get().version
        web.send(f"/duplicates/{pair.pk}/", version=version, **data)
        with acting(clerk):
            return DuplicatePair.objects.get().decision

    assert decide(decision="nonsense") == "open"
    assert decide(decision="later", days="9999") == "open"
    assert decide(decision="later", days="30") == "later"
    assert b"\xe9\xbb\x84" in web.get("/duplicates/?state=later").content
    assert decide(decision="different") == "different"
    assert decide(decision="later", days="30") == "different"
    assert decide(decision="open") == "open"


def test_a_stale_decision_is_told(web, pair, acting, clerk):
    web.send(f"/duplicates/{pair.pk}/", version=pair.version, decision="later", days="7")
    answer = web.send(f"/duplicates/{pair.pk}/", version=pair.version, decision="different")
    assert answer["Location"] == f"/duplicates/{pair.pk}/"
    assert "刚被别人判断过" in web.get(answer["Location"]).content.decode()


def test_merge_is_confirmed_done_and_undone(web, pair, acting, clerk):
    address = f"/duplicates/{pair.pk}/merge/{pair.first_id}/"
    form = web.get(address).context["form"]
    data = {name: "merged" for name in form.fields if name.startswith("value-")}
    data |= {"value-phone": "survivor", "versions": form.shown_versions}
    confirming = web.send(address, **data)
    assert confirming.context["confirming"]
    with acting(clerk):
        assert not Merge.objects.exists()
    done = web.send(address, step="confirm", **data)
    page = web.get(done["Location"]).content.decode()
    assert "黄文法1 并入 黄文法1" in page
    with acting(clerk):
        merge = Merge.objects.get()
        assert (Resident.objects.kept().get().name, merge.survivor.phone) == (
            "黄文法1",
            "13800000001",
        )
    undoing = f"/duplicates/merges/{merge.pk}/undo/"
    versions = web.get(undoing).context["form"].shown_versions
    done = web.send(undoing, step="confirm", versions=versions)
    assert done["Location"] == f"/duplicates/{pair.pk}/"
    with acting(clerk):
        assert Resident.objects.kept().count() == 2
    assert web.get(undoing).status_code == 404


def test_undo_lists_what_changed_and_can_leave_it(web, pair, acting, clerk):
    address = f"/duplicates/{pair.pk}/merge/{pair.first_id}/"
    form = web.get(address).context["form"]
    data = {name: "survivor" for name in form.fields if name.startswith("value-")}
    web.send(address, step="confirm", versions=form.shown_versions, **data)
    with acting(clerk):
        merge = Merge.objects.get()
        visit = merge.survivor.visits.get()
        visit.content = "补记"
        visit.save()
    undoing = f"/duplicates/merges/{merge.pk}/undo/"
    page = web.get(undoing)
    assert f"走访：{visit}" in page.content.decode()
    versions = page.context["form"].shown_versions
    refused = web.send(undoing, step="confirm", versions=versions)
    assert "合并之后有人改过" in refused.content.decode()
    web.send(undoing, step="confirm", versions=versions, leaving="on")
    with acting(clerk):
        assert Resident.objects.kept().count() == 2
        assert merge.survivor.visits.get() == visit


def test_other_units_pairs_and_merges_are_missing_pages(
    client_of, make_user, other_community, pair
):
    stranger = client_of(make_user(Role.COMMUNITY_STAFF, other_community))
    assert stranger.get(f"/duplicates/{pair.pk}/").status_code == 404
    assert stranger.get(f"/duplicates/{pair.pk}/merge/{pair.first_id}/").status_code == 404
    assert "黄文发" not in stranger.get("/duplicates/").content.decode()


@pytest.mark.parametrize("role", Role)
def test_who_may_open_the_queue(client_of, make_user, community, role):
    may = {
        Role.COMMUNITY_STAFF,
        Role.COMMUNITY_HEAD,
        Role.STREET_SECTION,
        Role.STREET_SUPERVISOR,
    }
    answer = client_of(make_user(role, community)).get("/duplicates/")
    assert answer.status_code == (200 if role in may else 403)


def test_the_number_of_queries_of_the_queue_does_not_grow(web, clerk, acting, community):
    """SORMAS#2227: the list pages and reads each page at once."""
    web.get("/duplicates/")
    numbers = []
    for size in (1, 3):
        with acting(clerk):
            while DuplicatePair.objects.count() < size:
                twins(community, clerk, DuplicatePair.objects.count())
        with CaptureQueriesContext(connection) as queries:
            assert len(web.get("/duplicates/").context["rows"]) == size
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_looking_again_finds_at_once(web, acting, clerk, community):
    with acting(clerk):
        factories.resident(community, "黄文发")
        factories.resident(community, "黄文发", id_number="", no_id_reason="拒报")
    web.send("/duplicates/find/")
    assert len(web.get("/duplicates/").context["rows"]) == 1


def test_two_residents_are_proposed_by_hand(web, acting, clerk, community):
    with acting(clerk):
        one, other = factories.resident(community, "黄甲"), factories.resident(community, "陈乙")
    answer = web.send("/duplicates/add/", first=one.pk, second=other.pk)
    assert answer["Location"].startswith("/duplicates/")
    same = web.send("/duplicates/add/", first=one.pk, second=one.pk)
    assert "请选择两条不同的居民记录。" in same.content.decode()
