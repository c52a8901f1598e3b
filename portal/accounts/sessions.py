"""Sign-ins and their end: after idle time, after a working day, at the owner's or an administrator's word.

Two stamps in the session itself say when it began and when somebody last did something; they are read with
it, so that no request asks the database twice. ``UserSession`` tells the owner of it. Times are in seconds
since 1970.
"""

import time

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from portal.accounts.devices import device_words, shortened
from portal.accounts.permissions import check_end_sessions
from portal.accounts.session_store import stored_key
from portal.audit.notes import Kind, note
from portal.models import User, UserSession
from portal.policies import policy
from portal.public_tries import address_of
from portal.scope import Scope, scope

BEGAN, SEEN = "began", "seen"
STAMP_EVERY = 60  # seconds; a minute more or less of idle time is not worth a write a page
IDLE, LONG, OVER = "idle", "long", "over"  # why a session ended
OWN, BY_ADMINISTRATOR, TOO_MANY, NEW_PASSWORD = "own", "by", "many", "password"
NEW_FACTOR = "factor"
LEFT = "left"  # its time ran out and nobody came back to it
TOLD = {
    IDLE: "长时间没有操作，自动退出",
    LONG: "登录满时限，自动退出",
    OVER: "登录标记不完整或已作废",
    OWN: "本人在另一处退出",
    BY_ADMINISTRATOR: "系统管理员退出其所有登录",
    TOO_MANY: "登录的设备多于允许的数目，最早的自动退出",
    NEW_PASSWORD: "修改密码，其他登录退出",
    NEW_FACTOR: "变更双因素登录，其他登录退出",
    LEFT: "到期，没有人再用",
}


def scope_of(user):
    """The rows of that account alone, whoever asks: at sign-in nobody has a scope yet."""
    return scope(Scope(frozenset(), frozenset(), f"user:{user.pk}"))


def stamps(now: float | None = None) -> dict[str, float]:
    """What a session that begins now carries."""
    moment = now or time.time()
    return {BEGAN: moment, SEEN: moment}


def why_over(session, user) -> str:
    """IDLE, LONG or OVER; empty while the session goes on."""
    began, seen, now = session.get(BEGAN), session.get(SEEN), time.time()
    if not isinstance(began, int | float) or not isinstance(seen, int | float):
        return OVER
    if user.sessions_ended_at is not None and began <= user.sessions_ended_at.timestamp():
        return OVER
    if now - began >= policy("session_hours") * 3600:
        return LONG
    return IDLE if now - seen >= policy("idle_minutes") * 60 else ""


def seconds_left(session) -> int:
    """Until the session ends, however busy its owner is."""
    ends = session.get(BEGAN, 0) + policy("session_hours") * 3600
    return max(0, int(ends - time.time()))


def needs_stamp(session) -> bool:
    return abs(time.time() - session[SEEN]) >= STAMP_EVERY


def stamp(session, user) -> bool:
    """Keep the session alive; False where it was ended by another request a moment ago.

    It is saved at once, not when the answer is ready: a slow page would write back what others put
    into the session meanwhile.
    """
    modified = session.modified
    session[SEEN] = time.time()
    try:
        with transaction.atomic():
            session.save()
    except UpdateError:
        return False
    session.modified = modified
    with scope_of(user):
        UserSession.objects.filter(key=stored_key(session.session_key)).update(
            seen_at=timezone.now()
        )
    return True


# --- beginning ----------------------------------------------------------------------------------
def begin(sender, request, user, **kwargs) -> None:
    """At sign-in: stamped, listed, and the oldest of too many ended. A receiver of user_logged_in."""
    session = request.session
    session.update(stamps())
    if not session.session_key:
        session.create()
    with scope_of(user):
        UserSession.objects.update_or_create(
            key=stored_key(session.session_key),
            defaults={
                "user": user,
                "device": device_words(request.headers.get("User-Agent", "")),
                "address": shortened(address_of(request)),
            },
        )
        most = 1 if policy("one_session") else policy("sessions_most")
        former = UserSession.objects.filter(user=user).order_by("-began_at", "-pk")[most:]
        end(list(former), user, TOO_MANY)


# --- ending -------------------------------------------------------------------------------------
def end(ended: list[UserSession], account: User, why: str, *, by: User | None = None) -> None:
    """Their next requests are refused, and each is noted. In the scope of their account."""
    for each in ended:
        note_end(account, why, device=each.device, by=by)
    Session.objects.filter(session_key__in=[each.key for each in ended]).delete()
    UserSession.objects.filter(pk__in=[each.pk for each in ended]).delete()


def note_end(account: User, why: str, *, device="", by: User | None = None, address=None) -> None:
    detail = "：".join(filter(None, (TOLD[why], device)))
    note(Kind.SESSION_ENDED, user=account, by=by, detail=detail, address=address)


def own_sessions(user):
    return UserSession.objects.filter(user=user)


def is_here(row: UserSession, session) -> bool:
    return row.key == stored_key(session.session_key or "")


def end_others(user, session, why=OWN) -> int:
    """All of the account but this one; how many those were."""
    others = [row for row in own_sessions(user) if not is_here(row, session)]
    end(others, user, why)
    return len(others)


def close(session, user, why: str, address: str) -> None:
    """End this session itself: its key is worth nothing from now on. Whoever ended it from elsewhere took it
    off the list and noted it; what is still there ends, and is noted, now."""
    with scope_of(user):
        here = own_sessions(user).filter(key=stored_key(session.session_key or ""))
        listed = list(here)
        here.delete()
        if listed or why != OVER:
            note_end(user, why, device=listed[0].device if listed else "", address=address)
    session.flush()


def signed_out(sender, request, user, **kwargs) -> None:
    """Django drops the session itself. A receiver of user_logged_out."""
    if user is not None and request.session.session_key:
        with scope_of(user):
            own_sessions(user).filter(key=stored_key(request.session.session_key)).delete()


@transaction.atomic
def end_all(account: User, *, by: User | None) -> None:
    """Every session of the account; who did it stands in the log of accounts."""
    if by is not None:
        check_end_sessions(account, by=by)
    account.sessions_ended_at = timezone.now()
    account.save(update_fields=["sessions_ended_at"])
    with scope_of(account):
        end(list(own_sessions(account)), account, BY_ADMINISTRATOR, by=by)


def drop_ended(now) -> int:
    """Rows whose session is gone, each noted as nobody came to see its end; for the nightly job."""
    alive = Session.objects.filter(expire_date__gte=now).values("session_key")
    left = UserSession.objects.exclude(key__in=alive).select_related("user")
    for row in left:
        note_end(row.user, LEFT, device=row.device, address="")
    count, _ = left.delete()
    return count
