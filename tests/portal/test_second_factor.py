"""The second factor (SECURITY row 26): who must have one, what opens without it, how codes are used up."""

import base64
import json
import re
import time
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_otp.oath import hotp

from portal.accounts import recovery, second_factor, sessions
from portal.accounts.second_factor import STEP
from portal.demo_accounts import DEMO_PASSWORD
from portal.models import RecoveryCode, SecondFactor, User
from portal.policies import reading
from portal.roles import ADMINISTRATORS, Role
from tests.conftest import PASSWORD, as_command

pytestmark = pytest.mark.django_db

CODE, SET_UP = "/login/code/", "/second-factor/set-up/"
PAGE = "/roles/table/"


@pytest.fixture
def clock(monkeypatch):
    """``clock.now`` is what the second factor reads; moved on by hand, so that codes differ."""

    class Clock:
        now = time.time()

    monkeypatch.setattr("portal.accounts.second_factor.time.time", lambda: Clock.now)
    return Clock


@pytest.fixture
def system(make_user, street):
    return make_user(Role.SYSTEM_ADMINISTRATOR, street, "system")


@pytest.fixture
def worker(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "worker")


def code_of(user, moment):
    return exact_code(SecondFactor.objects.get(user=user).secret, moment)


def exact_code(secret, moment):
    return f"{hotp(base64.b32decode(secret), int(moment) // STEP):06d}"


def enrol(user):
    """A second factor that was set up long ago; its recovery codes."""
    with as_command():
        SecondFactor.objects.create(user=user, secret=second_factor.new_secret())
        return recovery.renew(user)


def sign_in(username, password=PASSWORD, to="", client=None):
    client = client or Client()
    data = {"username": username, "password": password, "next": to, "_key": str(uuid.uuid4())}
    assert client.post(reverse("login"), data).status_code == 302
    return client


def send(client, url, **data):
    return client.post(url, data | {"_key": str(uuid.uuid4())})


def leads_to(answer):
    return answer["Location"].partition("?")[0]


# --- who must ---------------------------------------------------------------------------------
@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_administrators_set_it_up_before_anything_else(make_user, street, role):
    make_user(role, street, "admin")
    client = sign_in("admin")
    for url in ("/", PAGE, "/accounts/", "/sessions/", "/second-factor/", "/password/"):
        answer = client.get(url)
        assert (answer.status_code, leads_to(answer)) == (302, SET_UP), url
    assert client.get(SET_UP).status_code == 200


def test_others_only_where_the_policy_of_their_role_says_so(worker):
    client = sign_in("worker")
    assert client.get(PAGE).status_code == 200
    reading.keep({"second_factor_community_staff": 1}, float("inf"))
    assert leads_to(client.get(PAGE)) == SET_UP  # at the next request


def test_a_role_granted_meanwhile_asks_at_the_next_request(worker, street, client_of):
    client = sign_in("worker")
    assert client.get(PAGE).status_code == 200
    with as_command():
        worker.assignments.update(role=Role.AUDIT_ADMINISTRATOR, unit=street)
    assert leads_to(client.get(PAGE)) == SET_UP


def test_demo_administrators_are_exempt_in_demo_mode_alone(settings, make_user, street):
    settings.DEMO = True
    make_user(Role.SYSTEM_ADMINISTRATOR, street, "demo-system", password=DEMO_PASSWORD)
    make_user(Role.SYSTEM_ADMINISTRATOR, street, "real")
    demo = sign_in("demo-system", DEMO_PASSWORD)
    assert demo.get("/accounts/").status_code == 200
    assert "演示账号是公用的" in demo.get("/second-factor/").content.decode()
    assert leads_to(sign_in("real").get("/accounts/")) == SET_UP
    secret = demo.get(SET_UP).context["secret"].replace(" ", "")
    send(demo, SET_UP, code=exact_code(secret, time.time()), password=DEMO_PASSWORD)
    assert not SecondFactor.objects.exists()


# --- what opens without it --------------------------------------------------------------------
def test_nothing_opens_between_the_password_and_the_code(system, clock):
    enrol(system)
    client = sign_in("system")
    for url in (
        "/",
        PAGE,
        "/accounts/",
        SET_UP,
        "/second-factor/",
        "/offline/pass/",
        "/drafts/session/",
    ):
        assert leads_to(client.get(url)) == CODE, url
        assert leads_to(client.post(url)) == CODE, url
    answer = client.get("/accounts/", HTTP_HX_REQUEST="true")
    assert answer["HX-Redirect"].startswith(CODE)
    assert b"system" not in answer.content
    for extra in ({"HTTP_ACCEPT": "application/json"}, {"HTTP_SEC_FETCH_MODE": "cors"}):
        answer = client.get("/drafts/session/", **extra)
        assert answer.status_code == 403
        assert json.loads(answer.content) == {"reason": "请先填写动态码，完成登录。"}
    # Not even the menu of a page that is missing.
    missing = client.get("/no/such/page/")
    assert missing.status_code == 404
    assert "/accounts/" not in missing.content.decode()


def test_the_code_opens_the_page_that_was_asked_for_under_a_new_key(system, clock):
    enrol(system)
    client = sign_in("system", to="/accounts/")
    asked = client.get("/accounts/")
    assert asked["Location"] == f"{CODE}?next=%2Faccounts%2F"
    page = client.get(asked["Location"])
    assert 'name="next" value="/accounts/"' in page.content.decode()
    before = client.cookies["session"].value
    answer = send(client, CODE, code=code_of(system, clock.now), next="/accounts/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/")
    assert client.get("/accounts/").status_code == 200
    assert client.cookies["session"].value != before
    old = Client()
    old.cookies["session"] = before
    assert leads_to(old.get("/accounts/")) == reverse("login")
    with sessions.scope_of(system):
        assert sessions.own_sessions(system).count() == 1


@pytest.mark.parametrize("to", ["//evil.example/", "home", "(((", "[]", CODE])
def test_the_code_never_leads_out_of_the_site(system, clock, to):
    enrol(system)
    client = sign_in("system")
    answer = send(client, CODE, code=code_of(system, clock.now), next=to)
    assert answer["Location"] == "/"
    assert client.get(CODE, {"next": to})["Location"] == "/"  # nothing is due any more


def test_one_can_sign_out_instead(system):
    enrol(system)
    client = sign_in("system")
    assert leads_to(client.post(reverse("logout"))) == reverse("login")


def test_a_reset_password_alone_changes_nothing(system, clock):
    enrol(system)
    with as_command():
        User.objects.filter(pk=system.pk).update(must_change_password=True)
    client = sign_in("system")
    assert leads_to(client.get("/password/")) == CODE
    assert client.get(CODE).status_code == 200
    send(client, CODE, code=code_of(system, clock.now))
    assert leads_to(client.get("/")) == reverse("password_change")


def test_a_new_administrator_changes_the_password_and_then_sets_it_up(system):
    with as_command():
        User.objects.filter(pk=system.pk).update(must_change_password=True)
    client = sign_in("system")
    assert leads_to(client.get("/")) == reverse("password_change")
    new = "明珠社区的一把新钥匙 2025"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert send(client, reverse("password_change"), **data).status_code == 302
    assert leads_to(client.get("/")) == SET_UP


# --- codes ------------------------------------------------------------------------------------
def test_a_code_opens_once_and_a_step_early_or_late(system, clock):
    enrol(system)
    for shift, opens in ((-2, False), (-1, True), (2, False), (1, True)):
        client = sign_in("system")
        answer = send(client, CODE, code=code_of(system, clock.now + shift * STEP))
        assert (answer.status_code == 302) is opens, shift
    again = sign_in("system")
    answer = send(again, CODE, code=code_of(system, clock.now + STEP))
    assert "已经用过" in answer.content.decode()


def test_the_code_of_the_last_step_is_not_looked_at_again(system, clock):
    """Alone, beside the database's own refusal: a used code must not even count as right."""
    enrol(system)
    secret, typed = SecondFactor.objects.get().secret, code_of(system, clock.now)
    step = second_factor.step_of(secret, typed, 0)
    assert second_factor.step_of(secret, typed, step - 1) == step
    assert second_factor.step_of(secret, typed, step) is None


def test_an_earlier_code_is_worth_nothing_after_a_later_one(system, clock):
    enrol(system)
    second_factor.check_code(system, code_of(system, clock.now))
    assert (
        second_factor.step_of(
            SecondFactor.objects.get().secret,
            code_of(system, clock.now - STEP),
            SecondFactor.objects.get().last_step,
        )
        is None
    )


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "\x00", "x" * 500]
)
def test_nonsense_is_refused(system, typed):
    enrol(system)
    assert send(sign_in("system"), CODE, code=typed).status_code == 200


def test_five_tries_and_then_even_the_right_code_waits(system, clock):
    enrol(system)
    client = sign_in("system")
    for _ in range(5):
        assert send(client, CODE, code="000000").status_code == 200
    answer = send(client, CODE, code=code_of(system, clock.now))
    assert answer.status_code == 200
    assert "请 15 分钟后再试" in answer.content.decode()
    # In another session too: tries are counted by account.
    assert send(sign_in("system"), CODE, code=code_of(system, clock.now)).status_code == 200


def test_wrong_codes_are_counted_where_one_is_signed_in_too(worker, client_of, clock):
    enrol(worker)
    client = client_of(worker)
    url = reverse("second-factor-take-away")
    for _ in range(5):
        assert send(client, url, code="000000").status_code == 200
    assert send(client, url, code=code_of(worker, clock.now)).status_code == 200
    assert SecondFactor.objects.count() == 1


# --- recovery codes ---------------------------------------------------------------------------
def test_a_recovery_code_opens_once(system):
    codes = enrol(system)
    assert len(set(codes)) == 10
    typed = codes[3].upper().replace("-", " ")
    client = sign_in("system")
    assert send(client, CODE, code=typed).status_code == 302
    assert "还剩 9 个" in client.get(PAGE).content.decode()
    assert send(sign_in("system"), CODE, code=codes[3]).status_code == 200
    assert recovery.left(system) == 9


def test_a_recovery_code_of_another_opens_nothing(system, worker):
    enrol(system)
    codes = enrol(worker)
    assert send(sign_in("system"), CODE, code=codes[0]).status_code == 200
    assert recovery.left(worker) == 10


def test_neither_secret_nor_codes_stand_in_the_database(system):
    codes = enrol(system)
    secret = str(SecondFactor.objects.get().secret)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM portal_secondfactor")
        [(stored,)] = cursor.fetchall()
    assert secret not in stored
    assert re.match(r"\d+:", stored)
    hashes = " ".join(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert not any(recovery.compact(code) in hashes for code in codes)


# --- setting up, changing ---------------------------------------------------------------------
def test_setting_up_shows_codes_once_and_opens_the_rest(system, clock):
    other = sign_in("system")
    client = sign_in("system")
    page = client.get(SET_UP)
    secret = page.context["secret"].replace(" ", "")
    assert page.context["qr"].startswith("data:image/svg+xml")
    assert client.get(SET_UP).context["secret"].replace(" ", "") == secret
    assert secret not in json.dumps(dict(client.session.items()))
    assert send(client, SET_UP, code="000000").status_code == 200
    answer = send(client, SET_UP, code=exact_code(secret, clock.now))
    assert leads_to(answer) == "/second-factor/codes/"
    in_session = json.dumps(dict(client.session.items()))
    shown = client.get("/second-factor/codes/")
    assert not any(code in in_session for code in shown.context["codes"])
    assert len(shown.context["codes"]) == 10
    assert client.get("/second-factor/codes/").context["codes"] == []
    assert client.get("/accounts/").status_code == 200
    assert leads_to(other.get("/accounts/")) == reverse("login")  # ended
    # The code that set it up is used up.
    again = sign_in("system")
    assert send(again, CODE, code=exact_code(secret, clock.now)).status_code == 200
    assert send(again, CODE, code=shown.context["codes"][0]).status_code == 302


def test_setting_up_of_ones_own_will_asks_the_password(worker, client_of, clock):
    client = client_of(worker)
    secret = client.get(SET_UP).context["secret"].replace(" ", "")
    code = exact_code(secret, clock.now)
    answer = send(client, SET_UP, code=code, password="wrong")
    assert "密码不对" in answer.content.decode()
    assert not SecondFactor.objects.exists()
    assert send(client, SET_UP, code=code, password=PASSWORD).status_code == 302
    assert SecondFactor.objects.filter(user=worker).exists()
    assert leads_to(client.get(SET_UP)) == "/second-factor/"


def test_new_codes_take_the_place_of_the_old(worker, client_of, clock):
    old = enrol(worker)
    client = client_of(worker)
    url = reverse("second-factor-new-codes")
    assert send(client, url, code="000000").status_code == 200
    answer = send(client, url, code=code_of(worker, clock.now))
    assert leads_to(answer) == "/second-factor/codes/"
    assert not recovery.use(worker, recovery.compact(old[0]))
    assert recovery.left(worker) == 10


def test_whoever_must_have_one_sets_up_the_new_phone_after_giving_up_the_old(
    system, client_of, clock
):
    codes = enrol(system)
    client = client_of(system)
    url = reverse("second-factor-take-away")
    assert leads_to(send(client, url, code=codes[0])) == "/second-factor/"
    assert not RecoveryCode.objects.exists()
    assert leads_to(client.get("/accounts/")) == SET_UP


# --- reset by an administrator ----------------------------------------------------------------
def test_another_administrator_resets_and_ends_all_sessions(system, make_user, street, client_of):
    other = make_user(Role.SECURITY_ADMINISTRATOR, street, "security")
    enrol(other)
    theirs = client_of(other)
    admin = client_of(system)
    url = reverse("account-second-factor-reset", args=[other.pk])
    assert url in admin.get(reverse("account-detail", args=[other.pk])).content.decode()
    assert send(admin, url, versions=f"{other.pk}:{other.version}").status_code == 302
    assert not SecondFactor.objects.exists()
    assert leads_to(theirs.get(PAGE)) == reverse("login")
    assert leads_to(sign_in("security").get(PAGE)) == SET_UP
    assert User.objects.get(pk=other.pk).version == other.version + 1  # in the log of accounts


def test_never_ones_own_nor_beyond_ones_reach(system, make_user, other_street, client_of):
    enrol(system)
    stranger = make_user(Role.STREET_SECTION, other_street, "stranger")
    enrol(stranger)
    admin = client_of(system)
    own = reverse("account-second-factor-reset", args=[system.pk])
    assert send(admin, own, versions=f"{system.pk}:{system.version}").status_code == 403
    assert (
        send(admin, reverse("account-second-factor-reset", args=[stranger.pk])).status_code == 404
    )
    assert SecondFactor.objects.count() == 2


def test_the_command_resets_the_only_administrator(system, capsys):
    enrol(system)
    call_command("reset_second_factor", "System")
    assert not SecondFactor.objects.exists()
    with pytest.raises(CommandError, match="没有设置"):
        call_command("reset_second_factor", "system")
    with pytest.raises(CommandError, match="没有用户"):
        call_command("reset_second_factor", "nobody")
