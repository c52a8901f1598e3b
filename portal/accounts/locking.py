"""Signing in pauses after failures: counted for account and address together, the account, the address.

The password is checked first, always, and only then the counters decide under row locks whether the
answer counts. So a locked account takes as long as any other, and of many tries at once no more than
the limit are answered. A device that once signed in, known by its cookie, is counted by itself, and an
address from which the account signed in by that pair: a stranger cannot shut the owner out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from portal.accounts.known_devices import device_for
from portal.audit.notes import note
from portal.crypto import keyed_hash
from portal.models import SecurityEvent, SignInTry, Unlock, User
from portal.policies import policy
from portal.public_tries import address_of
from portal.scope import access_of

Kind = SignInTry.Kind
ACCOUNT_TIMES = 2  # so many times the failures of one place, from all unknown places together
WINDOW = {Kind.ADDRESS: timedelta(hours=1)}  # in which failures add up; elsewhere a day
DAY = timedelta(days=1)
LONGEST_LOCK = DAY
KNOWN_FOR = timedelta(days=90)  # that an address from which the account signed in stays its own
KEPT_FOR = timedelta(days=120)


@dataclass(frozen=True)
class Place:
    """Who tries to sign in from where; ``device`` is known to the account, or empty."""

    username: str
    address: str
    device: str = ""

    @classmethod
    def of(cls, request, username: str) -> "Place":
        username = User.normalize_username(username)
        return cls(username, address_of(request), device_for(request, username))

    def keys(self) -> list[tuple[str, str, str]]:
        """(kind, who, account) of the counters, in the order in which they are locked."""
        account = account_hash(self.username)
        if self.device:
            return [(Kind.DEVICE, _hash(Kind.DEVICE, account, self.device), account)]
        return [
            (Kind.ACCOUNT, account, account),
            (Kind.ADDRESS, _hash(Kind.ADDRESS, self.address), ""),
            (Kind.PAIR, _hash(Kind.PAIR, account, self.address), account),
        ]


def account_hash(username: str) -> str:
    return _hash(Kind.ACCOUNT, username)


def _hash(kind: str, *parts: str) -> str:
    return keyed_hash("\n".join(parts), f"sign-in:{kind}")


@transaction.atomic
def settle(place: Place, *, right: bool, now: datetime | None = None) -> bool:
    """Whether the try succeeds: its password is ``right`` and nothing is locked. Failures are counted."""
    now = now or timezone.now()
    rows = _held(place.keys(), now)
    judged, refused = _judged(rows, now), _is_refused(rows, now)
    newly_locked = False
    for row in judged:
        if refused:
            pass  # saved as it is: a locked account asks as much of the database as any other
        elif right:
            _succeed(row, now)
        else:
            _fail(row, now)
            newly_locked |= row.kind != Kind.ADDRESS and row.failures == 0
        row.save()
    if newly_locked:
        account = User.objects.filter(username=place.username).first()
        note(SecurityEvent.Kind.LOCKED, user=account)
    return right and not refused


def _held(keys, now) -> dict[str, SignInTry]:
    """The counters by kind, held until the transaction ends; those that lack are made, but nothing is
    made where those that exist refuse already."""
    rows = _locked(keys)
    if len(rows) < len(keys) and not _is_refused(rows, now):
        SignInTry.objects.bulk_create(
            (SignInTry(kind=kind, who=who, account=account) for kind, who, account in keys),
            ignore_conflicts=True,
        )
        rows = _locked(keys)
    return rows


def _locked(keys) -> dict[str, SignInTry]:
    """The counters that exist, by kind, held until the transaction ends."""
    rows = SignInTry.objects.filter(who__in=[who for _, who, _ in keys])
    return {row.kind: row for row in rows.select_for_update().order_by("kind", "who")}


def _judged(rows, now) -> list[SignInTry]:
    """From an address of its own, what happens to the account elsewhere does not matter."""
    pair = rows.get(Kind.PAIR)
    own = pair is not None and pair.known_at is not None and now - pair.known_at < KNOWN_FOR
    return [row for kind, row in rows.items() if not (own and kind == Kind.ACCOUNT)]


def _is_refused(rows, now) -> bool:
    return any(row.locked_until and now < row.locked_until for row in _judged(rows, now))


def _succeed(row, now) -> None:
    """The address goes on counting: its own account would clear it for guesses at others."""
    if row.kind == Kind.ADDRESS:
        return
    row.failures, row.locks, row.locked_until, row.at = 0, 0, None, now
    if row.kind == Kind.PAIR:
        row.known_at = now


def _fail(row, now) -> None:
    if row.failures == 0 or now - row.since > WINDOW.get(row.kind, DAY):
        row.failures, row.since = 0, now
    if row.locked_until and now - row.locked_until > DAY:
        row.locks = 0
    row.failures, row.at = row.failures + 1, now
    if row.failures >= _limit(row.kind):
        length = timedelta(minutes=policy("lock_minutes")) * 2 ** min(row.locks, 12)
        row.locked_until = now + min(length, LONGEST_LOCK)
        row.failures, row.locks = 0, row.locks + 1


def _limit(kind: str) -> int:
    if kind == Kind.ADDRESS:
        return policy("failures_per_address")
    return policy("failures_per_account") * (ACCOUNT_TIMES if kind == Kind.ACCOUNT else 1)


def confirmed(request, user: User, password: str) -> bool:
    """Whether the signed-in user typed the password; guesses are counted as at sign-in."""
    return settle(Place.of(request, user.username), right=user.check_password(password))


# --- for the administrator ------------------------------------------------------------------------
def locks_of(account: User, now: datetime | None = None):
    """The counters that keep the account out, the longest lock first."""
    rows = SignInTry.objects.filter(account=account_hash(account.username))
    return rows.filter(locked_until__gt=now or timezone.now()).order_by("-locked_until")


@transaction.atomic
def unlock(account: User, *, by: User) -> int:
    """Let the account sign in again everywhere; how many locks were lifted. The log keeps who did it.

    Any account in reach: it gives no power that the administrator would not have. Raises Denied.
    """
    access_of(by).check("accounts.manage")
    lifted = locks_of(account).count()
    forget_failures(account)
    if lifted:
        Unlock.objects.create(user=account, places=lifted, by=by)
        note(SecurityEvent.Kind.UNLOCKED, user=account, by=by)
    return lifted


def forget_failures(account: User) -> None:
    SignInTry.objects.filter(account=account_hash(account.username)).update(
        failures=0, locks=0, locked_until=None
    )


def drop_old(now: datetime) -> int:
    """Counters that nothing happened to for long."""
    return SignInTry.objects.filter(at__lt=now - KEPT_FOR).delete()[0]
