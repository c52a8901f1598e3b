"""A volunteer's link as a sign-in: what fits, what does not, and what the phone remembers."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.history import history_of
from portal.roles import Role
from tests.factories import volunteers as made
from tests.volunteers.public_phone import ENTER, ME, code_of, enter, text_of
from volunteers.models import Volunteer
from volunteers.selectors.links import checkin_path, personal_code, personal_path
from volunteers.views.public_link import cookie_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(community, acting):
    with acting(community):
        return made.volunteer(community)


def test_the_link_asks_whose_phone_it_is_and_then_the_phone_remembers(client, me):
    asked = client.get(personal_path(me))
    assert asked.status_code == 200
    assert "这是您的志愿者证吗" in text_of(asked)
    assert cookie_name() not in asked.cookies
    entered = enter(client, me)
    assert entered["Location"] == ME
    cookie = entered.cookies[cookie_name()]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) > 100 * 24 * 3600
    assert code_of(me) not in cookie.value
    text = text_of(client.get(ME))
    assert "林晓燕" in text
    assert "13874815522" not in text
    assert client.get(personal_path(me))["Location"] == ME


def test_typed_in_groups_and_small_letters_it_fits(client, me):
    code = code_of(me).lower()
    number = me.serial_number.replace("-", "－")
    assert enter(client, me, number=number, code=f" {code[:5]}-{code[5:]}").status_code == 302


def test_who_does_not_want_to_be_remembered_is_until_the_browser_closes(client, me):
    entered = enter(client, me, keep="")
    assert entered.cookies[cookie_name()]["max-age"] == ""
    assert "林晓燕" in text_of(client.get(ME))


def test_the_phone_forgets(client, me):
    enter(client, me)
    client.post("/public/volunteers/me/forget/")
    assert "林晓燕" not in text_of(client.get(ME))


@pytest.fixture
def others(community, other_community, acting):
    """Another volunteer, one of another unit, one who left, one in the bin, one who joins tomorrow."""
    today = timezone.localdate()
    with acting(community, other_community):
        return {
            "another": made.volunteer(community, "何小梅"),
            "foreign": made.volunteer(other_community, "赵大山"),
            "left": made.volunteer(community, "钱有余", left_on=today),
            "binned": made.volunteer(community, "孙得胜", deleted_at=timezone.now()),
        }


def guesses(me, others):
    yield from (
        (me.serial_number, "A" * 10),
        (me.serial_number, code_of(others["another"])),
        (me.serial_number, ""),
        ("999", code_of(me)),
        ("999", personal_code(0, 0)),
        ("%' OR 1=1 --", "x"),
        (others["left"].serial_number, code_of(others["left"])),
        (others["binned"].serial_number, code_of(others["binned"])),
        (others["foreign"].serial_number, code_of(me)),
    )


def test_all_that_does_not_fit_gets_the_same_answer(settings, me, others):
    settings.PUBLIC_TRIES = settings.PUBLIC_TRIES_PER_NUMBER = 1000
    bodies = set()
    for number, code in guesses(me, others):
        answer = Client().post(ENTER, {"number": number, "code": code or "Z", "keep": "on"})
        assert (answer.status_code, cookie_name() in answer.cookies) == (404, False)
        bodies.add(re.sub(r'value="\w{64}"', "", text_of(answer)))
        if "/" not in number and code:
            answer = Client().get(f"/public/volunteers/me/{number}/{code}/")
            assert answer.status_code == 404
            bodies.add(re.sub(r'value="\w{64}"', "", text_of(answer)))
    assert len(bodies) == 1


def test_whatever_does_not_fit_is_the_same_work(settings, me, others):
    settings.PUBLIC_TRIES = settings.PUBLIC_TRIES_PER_NUMBER = 1000
    seen = set()
    for number, code in guesses(me, others):
        with CaptureQueriesContext(connection) as queries:
            Client().post(ENTER, {"number": number, "code": code or "Z"})
        seen.add(tuple(re.split(r"[('\"]", query["sql"])[0] for query in queries))
    assert len(seen) == 1


def test_a_number_that_two_units_gave_leads_each_to_their_own(
    client, community, other_community, acting
):
    with acting(community, other_community):
        ours = made.volunteer(community, "甲天下", serial_number="ZY001")
        theirs = made.volunteer(other_community, "乙未年", serial_number="ZY001")
    enter(client, theirs, number="zy001")
    text = text_of(client.get(ME))
    assert "乙未年" in text
    assert "甲天下" not in text
    enter(client, ours)
    assert "甲天下" in text_of(client.get(ME))


def test_a_renewed_link_and_leaving_shut_the_remembered_phone_out(client, me, acting):
    enter(client, me)
    old = personal_path(me)
    with acting(me.unit):
        me.link_serial += 1
        me.save()
    assert "林晓燕" not in text_of(client.get(ME))
    assert Client().get(old).status_code == 404
    assert enter(client, me).status_code == 302
    with acting(me.unit):
        me.left_on = timezone.localdate()
        me.save()
    assert text_of(client.get(ME)).count("林晓燕") == 0


@pytest.mark.parametrize(
    ("shift", "status"), [("1/ABC", 302), ("\u0661/ABC", 200), ("1/ABC\n", 200), ("0/0", 302)]
)
def test_a_shift_that_is_no_posters_leads_nowhere_else(client, me, shift, status):
    entered = enter(client, me, shift=shift)
    assert entered.status_code == status
    assert entered.headers.get("Location", ME) == ME


@pytest.mark.parametrize("value", ["", "x", "x:y:z", "W10:1aaaaa:bbbbb"])
def test_a_cookie_of_ones_own_making_is_none(client, me, value):
    client.cookies[cookie_name()] = value
    answer = client.get(ME)
    assert answer.status_code == 200
    assert "志愿者编号" in text_of(answer)


def test_wrong_codes_are_limited_by_number_and_address_and_lock_nobody_out(client, me, settings):
    settings.PUBLIC_TRIES_PER_NUMBER = 2
    number = me.serial_number
    found = [enter(client, me, number=number, code="Z").status_code for _ in range(3)]
    assert found == [404, 404, 429]
    assert client.get(f"/public/volunteers/me/{number}/Z/").status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert enter(elsewhere, me, code="Z").status_code == 404
    for phone in (client, elsewhere):
        for _ in range(4):
            assert enter(phone, me).status_code == 302


def test_a_number_in_other_letters_is_counted_as_the_same(client, me, settings):
    settings.PUBLIC_TRIES_PER_NUMBER = 2
    found = [enter(client, me, number=n, code="Z").status_code for n in ("zy1", "ZY1", "Zy1")]
    assert found == [404, 404, 429]


def test_asking_is_limited_by_address(client, me, settings):
    settings.PUBLIC_TRIES = 1
    found = [
        client.post(ENTER, {"number": str(n), "code": "Z", "keep": ""}).status_code
        for n in range(7)
    ]
    assert found[-1] == 429
    assert client.get(ME).status_code == 200


def test_the_change_log_tells_who_did_it_by_their_link(client, me, acting):
    enter(client, me)
    client.post("/public/volunteers/me/publish/", {"may": "yes"})
    client.post("/public/volunteers/me/publish/", {"may": "yes"})
    with acting(me.unit):
        me.refresh_from_db()
        assert me.may_publish
        entry, *_ = history_of(me)
        assert len(history_of(me)) == 2
        assert (entry.actor_label, entry.action) == ("志愿者本人", "修改")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT actor FROM audit.log WHERE table_name = 'volunteers_volunteer'"
                " ORDER BY id DESC LIMIT 1"
            )
            assert cursor.fetchone() == (f"volunteer:{me.pk}",)
    client.post("/public/volunteers/me/publish/", {"may": "no"})
    with acting(me.unit):
        assert not Volunteer.objects.get(pk=me.pk).may_publish


def test_whoever_signed_in_as_staff_is_the_volunteer_on_this_page(
    client_of, make_user, me, acting, community
):
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    assert "林晓燕" not in text_of(client.get(ME))
    enter(client, me)
    client.post("/public/volunteers/me/publish/", {"may": "yes"})
    with acting(community):
        assert history_of(me)[0].actor_label == "志愿者本人"


def test_a_form_from_the_poster_leads_back_to_it(client, me, acting, community):
    with acting(community):
        shift = made.shift(made.announced(community, timezone.localdate()))
    path = checkin_path(shift)
    assert "志愿者编号" in text_of(client.get(path))
    parts = path.strip("/").split("/")
    entered = enter(client, me, shift="/".join(parts[-2:]))
    assert entered["Location"] == path
    assert "周末清洁家园" in text_of(client.get(path))
    assert (
        Client()
        .post(ENTER, {"number": me.serial_number, "code": code_of(me), "shift": "//evil.example"})
        .status_code
        == 200
    )


def test_staff_make_a_lost_card_void(client, client_of, make_user, me, other_community):
    enter(client, me)
    path = f"/volunteers/{me.pk}/renew-link/"
    leader = client_of(make_user(Role.VOLUNTEER_LEADER, me.unit))
    assert "旧证上的二维码和查询码作废" in text_of(leader.get(path))
    posted = leader.post(path, {"_key": str(uuid.uuid4()), "versions": f"{me.pk}:{me.version}"})
    assert posted["Location"] == f"/ledger/volunteers/{me.pk}/"
    assert "林晓燕" not in text_of(client.get(ME))
    assert enter(client, me).status_code == 404
    elsewhere = client_of(make_user(Role.VOLUNTEER_LEADER, other_community))
    assert elsewhere.get(path).status_code == 404
