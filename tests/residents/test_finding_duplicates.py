"""Which records are put before a clerk as one person's, and which never again (peers D)."""

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.bulk import load
from portal.errors import StaleRecord
from portal.roles import Role
from portal.scope import Denied
from residents.duplicates.deciding import propose, put_off, reconsider, tell_apart
from residents.duplicates.finding import LARGEST_GROUP, find_duplicates
from residents.duplicates.merging import Choices, merge
from residents.enums import DuplicateDecision
from residents.models import DuplicatePair, Resident
from residents.tasks import duplicates
from tests import factories

BORN = date(1970, 5, 17)


@pytest.fixture
def clerk(make_user, community, acting):
    user = make_user(Role.COMMUNITY_STAFF, community)
    with acting(user):
        yield user


def found():
    find_duplicates()
    return {
        (pair.first.name, pair.second.name): (set(pair.reasons), pair.score)
        for pair in DuplicatePair.objects.select_related("first", "second")
    }


NO_ID = {"id_number": "", "no_id_reason": "拒报"}


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ({"name": "黄文发"}, {"name": "黄文发"}, {"name", "birth"}),
        ({"name": "黄文发"}, {"name": "黄纹法"}, {"pinyin", "birth"}),
        (
            {"name": "黄文发", "phone": "13800000001"},
            {"name": "黄文发", "phone": "13800000001", "born_on": date(1971, 1, 1)},
            {"name", "phone"},
        ),
        (
            {"name": "黄文发", "address": "春华路 8 号"},
            {"name": "黄文发", "address": "春华路 8 号", "born_on": date(1971, 1, 1)},
            {"name", "address"},
        ),
        ({"name": "黄文发"}, {"name": "黄文发", **NO_ID}, {"name", "birth", "one_without_id"}),
        (
            {"name": "黄文发", "id_number": "110101800101001", "id_kind": "passport"},
            {"name": "黄小发", "id_number": "110101198001010010", "born_on": date(1980, 1, 1)},
            {"number"},
        ),
        (
            {"name": "陈大文", "id_number": "H12345678", "id_kind": "hk_macao_permit"},
            {
                "name": "陈文",
                "id_number": "H1234567801",
                "id_kind": "passport",
                "born_on": date(1981, 1, 1),
            },
            {"number"},
        ),
    ],
)
def test_alike_records_are_put_before_the_clerk(clerk, community, one, other, reasons):
    factories.resident(community, **one)
    factories.resident(community, **other)
    [(told, _)] = found().values()
    assert told == reasons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "黄文发"}, {"name": "陈大文"}),
        ({"name": "黄文发"}, {"name": "黄文发", "born_on": date(1971, 1, 1)}),
        ({"name": "黄文发", "phone": "13800000001"}, {"name": "陈大文", "phone": "13800000001"}),
    ],
)
def test_records_with_one_thing_in_common_are_not(clerk, community, one, other):
    factories.resident(community, **one)
    factories.resident(community, **other)
    assert found() == {}


def test_two_different_numbers_weigh_less_than_none(clerk, community):
    factories.resident(community, "黄文发")
    factories.resident(community, "黄文发")
    factories.resident(community, "陈大文", born_on=date(1980, 1, 1))
    factories.resident(community, "陈大文", born_on=date(1980, 1, 1), **NO_ID)
    scores = {names[0]: score for names, (_, score) in found().items()}
    assert scores["陈大文"] > scores["黄文发"]


def test_a_pair_told_apart_is_never_asked_again(clerk, community):
    """Not even when what they have in common changed, or one of them was merged into a third."""
    one = factories.resident(community, "黄文发")
    other = factories.resident(community, "黄文发", **NO_ID)
    find_duplicates()
    tell_apart(DuplicatePair.objects.get(), by=clerk)
    for each in (one, other):
        each.phone = "13800000001"
        each.save()
    find_duplicates()
    assert not DuplicatePair.objects.waiting().exists()

    third = factories.resident(community, "黄文发", since=date(2010, 1, 1), **NO_ID)
    third.spells.update(ends_on=date(2011, 1, 1), ended_by="moved")
    pair = propose(one, third, by=clerk)
    pair = DuplicatePair.objects.select_related("first", "second").get(pk=pair.pk)
    merge(pair, survivor=pair.second, choices=Choices(), by=clerk)
    find_duplicates()
    assert not DuplicatePair.objects.waiting().exists()


def test_put_off_comes_back_after_its_days(clerk, community):
    factories.resident(community, "黄文发")
    factories.resident(community, "黄文发", **NO_ID)
    find_duplicates()
    pair = DuplicatePair.objects.get()
    put_off(pair, days=30, by=clerk)
    find_duplicates()
    assert not DuplicatePair.objects.waiting().exists()
    DuplicatePair.objects.update(again_on=timezone.localdate())
    assert DuplicatePair.objects.waiting().get() == pair
    assert pair.again_on == timezone.localdate() + timedelta(days=30)


def test_a_pair_no_longer_alike_leaves_the_queue(clerk, community):
    one = factories.resident(community, "黄文发")
    factories.resident(community, "黄文发")
    find_duplicates()
    one.name = "陈大文"
    one.save()
    done = find_duplicates()
    assert (done.dropped, DuplicatePair.objects.count()) == (1, 0)
    again = find_duplicates()
    assert (again.new, again.dropped) == (0, 0)


@pytest.mark.parametrize("decision", DuplicateDecision)
@pytest.mark.parametrize("act", ["apart", "later", "again"])
def test_every_decision_against_every_act(clerk, community, decision, act):
    one, other = factories.resident(community), factories.resident(community)
    pair = propose(one, other, by=clerk)
    later = {"again_on": timezone.localdate()} if decision == DuplicateDecision.LATER else {}
    DuplicatePair.objects.update(decision=decision, decided_at=timezone.now(), **later)
    pair = DuplicatePair.objects.get()
    acts = {
        "apart": lambda: tell_apart(pair, by=clerk),
        "later": lambda: put_off(pair, days=7, by=clerk),
        "again": lambda: reconsider(pair, by=clerk),
    }
    open_ones = {DuplicateDecision.OPEN, DuplicateDecision.LATER}
    allowed = decision != DuplicateDecision.SAME if act == "again" else decision in open_ones
    if allowed:
        acts[act]()
    else:
        with pytest.raises(ValidationError):
            acts[act]()


def test_two_clerks_decide_once(clerk, community):
    one, other = factories.resident(community), factories.resident(community)
    propose(one, other, by=clerk)
    mine, theirs = DuplicatePair.objects.get(), DuplicatePair.objects.get()
    tell_apart(mine, by=clerk)
    with pytest.raises(StaleRecord):
        put_off(theirs, days=7, by=clerk)


def test_pairs_across_communities_are_the_streets(
    community, other_community, street, make_user, acting
):
    with acting(community, other_community):
        factories.resident(community, "黄文发")
        factories.resident(other_community, "黄文发", **NO_ID)
    done = duplicates(timestamp=0)
    assert done["new"] == 1
    clerk = make_user(Role.COMMUNITY_STAFF, community)
    with acting(clerk):
        assert not DuplicatePair.objects.exists()
    section = make_user(Role.STREET_SECTION, street)
    with acting(section):
        pair = DuplicatePair.objects.get()
        assert pair.unit == street
        tell_apart(pair, by=section)


def test_a_window_clerk_decides_nothing(clerk, community, make_user, acting):
    pair = propose(factories.resident(community), factories.resident(community), by=clerk)
    window = make_user(Role.WINDOW_CLERK, community)
    with acting(window), pytest.raises(Denied):
        tell_apart(pair, by=window)


def test_command_tells_what_it_found(clerk, community):
    factories.resident(community, "黄文发")
    factories.resident(community, "黄文发", **NO_ID)
    said = io.StringIO()
    call_command("duplicates", stdout=said)
    assert said.getvalue().startswith("1 pairs look alike: 1 new, 0 left the queue")


def test_finding_at_ten_thousand_residents_is_one_statement_without_quadratic_work(
    clerk, community
):
    """SORMAS#2227: a view of duplicates that compares all with all crashes the server."""
    people = []
    for number in range(10_000):
        alike = number % 100 == 0  # a dormitory: one name, one address, far too many to compare
        person = Resident(
            unit=community,
            unit_ids=[community.pk],
            name="张伟" if alike else f"张{number // 2}",
            born_on=BORN + timedelta(days=number // 2 if number % 50 else number),
            address="集体宿舍" if alike else "",
            no_id_reason="拒报",
        )
        person.pinyin, person.name_keys = f"zhang{person.name}", ""
        people.append(person)
    load(Resident, people)
    with CaptureQueriesContext(connection) as queries:
        done = find_duplicates()
    assert len([q for q in queries if "WITH keys" in q["sql"]]) == 1
    assert len(queries) <= 6
    assert 4_000 < done.pairs < 6_000
    groups = DuplicatePair.objects.filter(first__name="张伟", reasons__contains=["address"])
    assert groups.count() < LARGEST_GROUP**2
    assert sum(float(query["time"]) for query in queries) < 10
