"""Signing in pauses after failures, and nobody gets round it or shuts somebody else out (SECURITY row 23)."""

import uuid
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.auth import get_user
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts import locking
from portal.accounts.forms import SignInForm
from portal.accounts.known_devices import COOKIE
from portal.accounts.locking import Place, settle
from portal.models import SignInTry, Unlock
from portal.policies import policy
from portal.roles import Role
from portal.scope import Denied
from tests.conftest import PASSWORD, as_command, new_community, new_district, new_street, new_user

HERE, THERE = "198.51.100.7", "203.0.113.9"
WRONG = [SignInForm.error_messages["invalid_login"]]


@pytest.fixture
def worker(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "chensufen")


@pytest.fixture
def system(make_user, street):
    return make_user(Role.SYSTEM_ADMINISTRATOR, street, "system", name="孙系统")


def attempt(password=PASSWORD, address=HERE, username="chensufen", client=None, **extra):
    """Whether one try of a stranger's browser, or of this one, is let in; refusals are all alike."""
    client = client or Client()
    data = {"username": username, "password": password, "_key": str(uuid.uuid4())}
    answer = client.post(reverse("login"), data, REMOTE_ADDR=address, **extra)
    if answer.status_code == 302:
        assert get_user(client).is_authenticated
        return True
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors() == WRONG
    assert get_user(client).is_anonymous
    return False


def sign_off(client):
    """Unlike the test client's own way out this leaves the other cookies."""
    client.post(reverse("logout"))
    assert get_user(client).is_anonymous


def fail(times, **given):
    for _ in range(times):
        assert not attempt("wrong", **given)


def later(**span):
    """All that was counted happened so long ago."""
    ago = timedelta(**span)
    for row in SignInTry.objects.all():
        for name in ("since", "at", "locked_until", "known_at"):
            if value := getattr(row, name):
                setattr(row, name, value - ago)
        row.save()


@pytest.mark.django_db
class TestOneAccountOneAddress:
    def test_the_fifth_failure_locks_and_the_right_password_is_refused(self, worker):
        fail(4)
        assert attempt()
        fail(4)
        assert attempt()
        fail(5)
        assert not attempt()
        later(minutes=14, seconds=58)
        assert not attempt()
        later(seconds=5)
        assert attempt()

    def test_each_further_lock_is_twice_as_long_up_to_a_day(self, worker):
        place, now = Place("chensufen", HERE), timezone.now()
        lengths = []
        for _ in range(9):
            for _ in range(5):
                assert not settle(place, right=False, now=now)
            until = SignInTry.objects.get(kind="pair").locked_until
            lengths.append(round((until - now).total_seconds() / 60))
            assert not settle(place, right=True, now=until - timedelta(seconds=1))
            now = until
        assert lengths == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]

    def test_tries_while_locked_do_not_prolong_it(self, worker):
        fail(5)
        until = SignInTry.objects.get(kind="pair").locked_until
        fail(8)
        assert SignInTry.objects.get(kind="pair").locked_until == until

    @pytest.mark.parametrize(
        "spellings",
        [("CHENSUFEN", " chensufen ", "ＣｈｅｎＳｕＦｅｎ", "chensufen", "chensufen　")],
    )
    def test_spelling_the_name_otherwise_is_the_same_account(self, worker, spellings):
        for spelling in spellings:
            fail(1, username=spelling)
        assert not attempt()

    def test_a_header_of_the_clients_own_is_not_believed(self, worker, settings):
        for number in range(5):
            fail(1, headers={"X-Forwarded-For": f"10.0.0.{number}"})
        assert not attempt(headers={"X-Forwarded-For": "10.0.0.99"})

    def test_behind_one_proxy_only_its_own_entry_counts(self, worker, settings):
        settings.PROXIES = 1
        for number in range(5):
            fail(1, address="127.0.0.1", headers={"X-Forwarded-For": f"10.0.0.{number}, {HERE}"})
        forged = {"X-Forwarded-For": f"10.0.0.99, {HERE}"}
        assert not attempt(address="127.0.0.1", headers=forged)
        assert attempt(address="127.0.0.1", headers={"X-Forwarded-For": f"{HERE}, {THERE}"})

    def test_a_network_of_ipv6_is_one_address(self, worker):
        for number in range(5):
            fail(1, address=f"2001:db8:1:1::{number}")
        assert not attempt(address="2001:db8:1:1::ffff")
        assert attempt(address="2001:db8:1:2::1")

    def test_failures_of_a_name_that_nobody_has_count_alike(self, worker):
        fail(5, username="nobody")
        locked = SignInTry.objects.filter(locked_until__isnull=False)
        assert [row.kind for row in locked] == ["pair"]


@pytest.mark.django_db
class TestTheAccountAndTheAddress:
    def test_guesses_from_many_addresses_lock_the_account_for_strangers(self, worker):
        for number in range(10):
            fail(1, address=f"192.0.2.{number}")
        assert not attempt(address=THERE)

    def test_a_stranger_cannot_shut_the_owner_out(self, worker):
        owner = Client()
        assert attempt(client=owner, address=HERE)
        sign_off(owner)
        device = owner.cookies.get(COOKIE)
        assert device["httponly"]
        for number in range(12):
            fail(1, address=f"192.0.2.{number}")
        fail(6, address=HERE)  # the stranger sits in the same office
        assert not attempt(address=THERE)
        assert not attempt(address=HERE)
        known = Client()
        known.cookies[COOKIE] = device.value
        assert attempt(client=known, address=THERE)  # the owner's own device, wherever it is

    def test_from_an_address_of_its_own_the_account_signs_in_without_the_cookie(self, worker):
        assert attempt(address=HERE)
        for number in range(12):
            fail(1, address=f"192.0.2.{number}")
        assert not attempt(address=THERE)
        assert attempt(address=HERE)

    def test_a_known_device_is_locked_by_its_own_failures(self, worker):
        device = Client()
        assert attempt(client=device)
        sign_off(device)
        fail(5, client=device)
        assert not attempt(client=device)
        assert attempt(address=THERE)

    def test_a_device_is_known_to_the_accounts_that_signed_in_on_it_alone(
        self, worker, make_user, community
    ):
        make_user(Role.COMMUNITY_STAFF, community, "colleague")
        device = Client()
        assert attempt(client=device, username="colleague")
        sign_off(device)
        fail(5, client=device)
        rows = SignInTry.objects.filter(locked_until__isnull=False)
        assert [row.kind for row in rows] == ["pair"]

    @pytest.mark.parametrize("value", ["", "x", "x:y:z", "bnVsbA:1vyz:abc", "a" * 4000])
    def test_a_forged_cookie_is_no_device(self, worker, value):
        client = Client()
        client.cookies[COOKIE] = value
        fail(5, client=client)
        assert not attempt()

    def test_the_thirtieth_failure_of_an_address_locks_it_for_all_accounts(
        self, worker, make_user, community
    ):
        make_user(Role.COMMUNITY_STAFF, community, "colleague")
        for number in range(15):
            fail(1, username=f"name{number}")
        assert attempt(username="colleague")  # a success does not begin the count anew
        for number in range(15):
            fail(1, username=f"other{number}")
        assert not attempt()
        assert attempt(address=THERE)
        later(minutes=16)
        assert attempt()

    def test_failures_of_an_address_add_up_within_an_hour(self, worker):
        for number in range(29):
            fail(1, username=f"name{number}")
        later(minutes=61)
        fail(1, username="another")
        assert attempt()


@pytest.mark.django_db
def test_no_name_password_or_address_is_kept(worker):
    fail(1, username="woshimima123")
    text = str(list(SignInTry.objects.values()))
    assert SignInTry.objects.count() == 3
    for typed in ("woshimima123", "wrong", HERE):
        assert typed not in text


@pytest.mark.django_db
def test_guesses_at_the_old_password_of_an_open_session_are_counted(worker, client_of):
    client = client_of(worker)
    new = "一把谁也想不到的钥匙 7"

    def change(old):
        data = {"old_password": old, "new_password1": new, "new_password2": new}
        return client.post(reverse("password_change"), {**data, "_key": str(uuid.uuid4())})

    for _ in range(policy("failures_per_account")):
        assert list(change("wrong").context["form"].errors) == ["old_password"]
    assert list(change(PASSWORD).context["form"].errors) == ["old_password"]
    later(minutes=16)
    assert change(PASSWORD).status_code == 302


@pytest.mark.django_db
class TestUnlocking:
    def test_the_administrator_sees_and_lifts_the_lock_and_the_log_keeps_it(
        self, worker, system, client_of
    ):
        fail(5)
        client = client_of(system)
        page = client.get(reverse("account-detail", args=[worker.pk])).content.decode()
        url = reverse("account-unlock", args=[worker.pk])
        assert url in page
        versions = client.get(url).context["form"].shown_versions
        answer = client.post(url, {"_key": str(uuid.uuid4()), "versions": versions})
        assert answer["Location"] == reverse("account-detail", args=[worker.pk])
        row = Unlock.objects.get()
        assert (row.user, row.by, row.places) == (worker, system, 1)
        page = client.get(answer["Location"]).content.decode()
        assert url not in page
        assert "孙系统" in page
        assert attempt()

    def test_nobody_else_may(self, worker, make_user, street, client_of):
        fail(5)
        other = make_user(Role.SECURITY_ADMINISTRATOR, street)
        url = reverse("account-unlock", args=[worker.pk])
        assert client_of(other).post(url, {"_key": str(uuid.uuid4())}).status_code == 403
        with pytest.raises(Denied):
            locking.unlock(worker, by=other)
        assert not attempt()

    def test_an_account_out_of_reach_is_missing(self, worker, make_user, other_street, client_of):
        other = make_user(Role.SYSTEM_ADMINISTRATOR, other_street)
        url = reverse("account-unlock", args=[worker.pk])
        assert client_of(other).get(url).status_code == 404


@pytest.mark.django_db
def test_old_counters_are_dropped(worker):
    fail(1)
    assert locking.drop_old(timezone.now()) == 0
    later(days=121)
    assert locking.drop_old(timezone.now()) == 3


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_once_no_more_than_the_limit_are_answered():
    """Twelve wrong ones together: five are counted, then the right one is refused."""
    new_user(Role.COMMUNITY_STAFF, new_community(new_street(new_district())), "chensufen")
    ready, results = Barrier(12), []

    def one():
        try:
            ready.wait()
            with as_command():
                results.append(settle(Place("chensufen", HERE), right=False))
        finally:
            connection.close()

    threads = [Thread(target=one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [False] * 12
    row = SignInTry.objects.get(kind="pair")
    assert (row.failures, row.locks) == (0, 1)  # five counted, seven refused
    assert not attempt()
