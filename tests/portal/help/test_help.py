"""Help: a tour for every role on pages that open, guides on one page, ledgers explained."""

import uuid

import pytest

from portal.help.examples import examples
from portal.help.guides import GUIDES
from portal.help.tours import MOST, steps_for
from portal.help.words import WORDS
from portal.ledgers.registry import ledgers
from portal.models import Shown
from portal.roles import Role
from portal.scope import access_of
from tests.portal.pdf_pages import read_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


def key():
    return {"_key": str(uuid.uuid4())}


@pytest.mark.parametrize("role", list(Role))
def test_every_step_of_a_roles_tour_opens_for_that_role(role, make_user, community, client_of):
    user = make_user(role, community)
    client, steps = client_of(user), steps_for(access_of(user))
    assert len(steps) <= MOST
    for number, step in enumerate(steps, 1):
        response = client.get(step.address(), {"tour": str(number)})
        assert response.status_code == 200, (role, step.title)
        page = response.content.decode()
        assert step.title in page
        assert f"导览 {number}/{len(steps)}" in page


def test_a_step_of_another_page_or_number_shows_nothing(staff, client_of):
    client = client_of(staff)
    for number in ("2", "0", "99", "x", "１", "-1", "99999999999"):
        assert "导览 " not in client.get("/help/", {"tour": number}).content.decode()


def test_the_welcome_stays_until_it_is_put_away_and_then_news_are_told_once(staff, client_of):
    client = client_of(staff)
    assert "开始导览" in client.get("/").content.decode()
    assert client.get("/help/shown/tour/").status_code == 405
    client.post("/help/shown/tour/", key())
    assert "开始导览" not in client.get("/").content.decode()
    Shown.objects.update(at="2020-01-01T00:00:00Z")
    assert "知道了" in client.get("/").content.decode()
    client.post("/help/shown/news/", key())
    assert "知道了" not in client.get("/").content.decode()
    assert client.post("/help/shown/everything/", key()).status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_a_guide_is_one_page_and_says_the_duty(role, staff, client_of):
    response = client_of(staff).get(f"/help/guides/{role.value}.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert len(read_pages(response.content)) == 1
    assert role in GUIDES


def test_help_of_a_ledger_tells_fields_definitions_and_dates(staff, client_of):
    page = client_of(staff).get("/help/ledgers/visits/").content.decode()
    assert "入户走访" in page
    assert "走访日期" in page
    assert "必填" in page
    assert client_of(staff).get("/help/ledgers/nothing/").status_code == 404


def test_help_of_a_ledger_is_closed_to_whoever_may_not_see_it(make_user, community, client_of):
    leader = client_of(make_user(Role.VOLUNTEER_LEADER, community))
    assert leader.get("/help/ledgers/disability-files/").status_code == 403
    assert "disability-files" not in leader.get("/help/").content.decode()


def test_words_are_explained_once(staff, client_of):
    told = [word for words in WORDS.values() for word in words]
    assert len(told) == len(set(told))
    page = client_of(staff).get("/help/words/").content.decode()
    assert all(word in page for word in told)
    assert client_of(staff).get("/help/news/").status_code == 200


def test_every_ledger_of_the_menu_has_an_example_and_no_example_is_without_ledger():
    ours = {ledger.slug for ledger in ledgers if not ledger.model.__module__.startswith("tests.")}
    told = {slug for slug in ours if slug in examples}
    assert {slug for slug in ours - told if ledgers[slug].in_menu} == set()
    assert len(told) == len(examples)
