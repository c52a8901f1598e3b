"""What a password may be, and how long (SECURITY row 26)."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.urls import reverse
from django.utils import timezone

from portal.accounts import services
from portal.accounts.default_accounts import no_demo_accounts, refuse_demo_accounts
from portal.accounts.passwords import single_use_password
from portal.models import FormerPassword, User
from portal.policies import reading
from portal.roles import Role
from tests.conftest import PASSWORD, as_command
from tests.portal.test_sign_in_locks import attempt

pytestmark = pytest.mark.django_db
GOOD = "青山 绿水 三轮车 4711"


@pytest.fixture
def worker(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "chensufen", name="陈素芬")


@pytest.fixture
def holds():
    """``holds(name=value)``: policies for this test."""
    return lambda **values: reading.keep(values, float("inf"))


def change(client, old, new):
    data = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post(reverse("password_change"), {**data, "_key": str(uuid.uuid4())})


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "correct horse battery staple",
        "  leading and trailing  ",
        "明珠社区的一把新钥匙 2025",  # a name with enough of its own beside it
        "😀🚲🌧️🍜🎈🏮🎏🧧🪁🧩🚌🛵",
        "kq7-" * 5 + "zv" * 20 + "!" * 4,
        "长" * 30 + "密码可以很长很长也不会被截断，一直到两百个字符为止",
        "p'; DROP TABLE users; --",
    ],
)
def test_long_passwords_of_any_characters_are_taken_whole(worker, client_of, password):
    assert change(client_of(worker), PASSWORD, password).status_code == 302
    assert attempt(password)
    assert not attempt(password[:-1])


@pytest.mark.parametrize(
    "password",
    [
        "elevenchars",
        "一二三四五六七八九十甲",
        "chensufen2024",
        "ChenSuFen!!2024!!",
        "ｃｈｅｎｓｕｆｅｎ２０２４",
        "陈素芬陈素芬陈素芬陈素芬",
        "csf19880808csf",
        "明珠社区888888",
        "mingzhushequ2025",
        "MingZhu-ChunHua-2025",
        "春华街道123456789",
        "qinghequ20250101",
        "shequgongzuotai1",
        "password12345678",
        "!!!Password1234!!!",
        "qwertyuiop123456",
        "aaaaaaaaaaaaaaaa",
        "abababababababab",
        "abcdefghijklmnop",
        "ponmlkjihgfedcba",
        "138001380001380",
    ],
)
def test_what_a_guesser_would_try_is_refused(worker, password):
    with pytest.raises(ValidationError):
        validate_password(password, worker)


def test_the_policy_sets_the_length_and_never_below_eight(worker, holds):
    holds(password_min_length=20)
    with pytest.raises(ValidationError, match="至少 20 个字符"):
        validate_password("nineteen of them ok", worker)
    holds(password_min_length=3)
    with pytest.raises(ValidationError, match="至少 8 个字符"):
        validate_password("kq7-zvx", worker)


def test_kinds_of_characters_only_where_the_policy_asks(worker, holds):
    validate_password("correct horse battery staple", worker)
    holds(password_composition=1)
    with pytest.raises(ValidationError, match="至少三类"):
        validate_password("correct horse battery staple", worker)
    validate_password("Correct horse battery staple", worker)


def test_the_page_says_what_is_asked_for(worker, client_of, holds):
    holds(password_min_length=20, password_composition=1)
    page = client_of(worker).get(reverse("password_change")).content.decode()
    assert "至少 20 个字符" in page
    assert "至少三类" in page


def test_the_last_passwords_do_not_come_back(worker, client_of):
    client, now = client_of(worker), PASSWORD
    for number in range(1, 6):
        assert change(client, now, f"{GOOD} 第{number}把").status_code == 302
        now = f"{GOOD} 第{number}把"
    for old in range(1, 6):
        assert change(client, now, f"{GOOD} 第{old}把").status_code == 200, old
    assert change(client, now, PASSWORD).status_code == 302  # six back


def test_hashes_of_used_passwords_are_kept_no_longer_than_they_can_count(worker):
    with as_command():
        for number in range(30):
            worker.set_password(f"{GOOD} {number}")
            worker.save()
    assert FormerPassword.objects.filter(user=worker).count() == 24
    assert not FormerPassword.objects.filter(password__contains=GOOD).exists()


# --- how long -------------------------------------------------------------------------------------
def age(user, **span):
    with as_command():
        User.objects.filter(pk=user.pk).update(password_set_at=timezone.now() - timedelta(**span))


def test_a_password_does_not_expire_unless_the_policy_says_so(worker, client_of, holds):
    age(worker, days=4000)
    client = client_of(worker)
    assert client.get(reverse("role-table")).status_code == 200
    holds(password_expiry_days=90)
    answer = client.get(reverse("role-table"))
    assert answer["Location"] == reverse("password_change")
    assert "用得太久" in client.get(answer["Location"]).content.decode()
    assert change(client, PASSWORD, GOOD).status_code == 302
    assert client.get(reverse("role-table")).status_code == 200


def test_a_single_use_password_is_of_no_use_after_a_week(worker, client_of):
    with as_command():
        password = services.reset_password(User.objects.get(pk=worker.pk), by=None)
    fresh = User.objects.get(pk=worker.pk)
    client = client_of(fresh)
    age(worker, days=6, hours=23)
    assert attempt(password)
    assert client.get(reverse("password_change")).status_code == 200
    age(worker, days=7, minutes=1)
    assert not attempt(password)
    assert client.get(reverse("password_change")).status_code == 302


def test_renewing_the_hash_alone_makes_the_password_no_younger(worker, settings):
    age(worker, days=100)
    before = User.objects.get(pk=worker.pk).password_set_at
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    assert attempt(PASSWORD)
    after = User.objects.get(pk=worker.pk)
    assert after.password.startswith("scrypt$")
    assert after.password_set_at == before


def test_a_reset_lifts_the_pause(worker):
    for _ in range(5):
        attempt("wrong")
    with as_command():
        password = services.reset_password(User.objects.get(pk=worker.pk), by=None)
    assert attempt(password)


def test_single_use_passwords_are_random():
    made = {single_use_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(set(each)) >= 5 for each in made)


def test_the_hash_takes_at_least_a_million_rounds(settings):
    from portal import settings as real

    hashers = getattr(real, "PASSWORD_HASHERS", None)
    assert hashers is None or "MD5" not in str(hashers)
    assert PBKDF2PasswordHasher.iterations >= 1_000_000


# --- default accounts -----------------------------------------------------------------------------
def test_enabled_demo_accounts_outside_demo_mode_stop_the_start(make_user, community, settings):
    assert no_demo_accounts(databases=["default"]) == []
    demo = make_user(Role.COMMUNITY_STAFF, community, "demo-worker")
    assert "demo-worker" in no_demo_accounts(databases=["default"])[0].msg
    with pytest.raises(ImproperlyConfigured, match="demo-worker"):
        refuse_demo_accounts()
    settings.DEMO = True
    assert no_demo_accounts(databases=["default"]) == []
    settings.DEMO = False
    with as_command():
        User.objects.filter(pk=demo.pk).update(is_active=False)
    assert no_demo_accounts(databases=["default"]) == []
