"""Beside the password: the code that the owner's phone shows for thirty seconds (RFC 6238), or a recovery code.

A session that has to be proven says so in STATE; until it is, nothing but the pages of the second factor
opens, and the account has no access at all (``withhold``).
"""

import base64
import secrets
import time
from functools import cached_property
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django_otp.oath import TOTP

from portal.accounts import recovery, sessions
from portal.accounts.permissions import check_end_sessions
from portal.audit.notes import Kind, note
from portal.demo_accounts import is_demo_account
from portal.models import SecondFactor, User
from portal.policies import needs_second_factor
from portal.public_tries import may_try
from portal.scope import NOBODY, Access, access_of, scope
from portal.wall.public_role import public_role

STATE, ASKED, PROVEN = "second-factor", "asked", "proven"
ISSUER = "社区工作台"
STEP, DIGITS, TOLERANCE = 30, 6, 1  # seconds, figures of a code, steps that a clock may be wrong
SECRET_BYTES = 20
TRIES, TRIES_SECONDS = 5, 15 * 60
TRIES_A_DAY, DAY = 20, 24 * 60 * 60

WRONG = "动态码不对，或者已经用过。请等验证器显示下一个再填；一直不对，请核对手机的时间是否准确。"
TOO_MANY = "填错的次数太多，请 15 分钟后再试；手机不在身边可以请系统管理员重置。"


# --- who has to -------------------------------------------------------------------------------
def is_exempt(user) -> bool:
    """The public accounts of the demo, in DEMO mode alone: their second factor could be nobody's phone."""
    return settings.DEMO and is_demo_account(user.username)


def must_have(user) -> bool:
    """By a role in force today."""
    return not is_exempt(user) and any(
        needs_second_factor(held.role) for held in access_of(user).assignments
    )


def factor_of(user) -> SecondFactor | None:
    return SecondFactor.objects.filter(user=user).first()


def ask(sender, request, user, **kwargs) -> None:
    """At sign-in: whoever has a second factor is asked for it. A receiver of user_logged_in."""
    request.session.pop(STATE, None)
    if factor_of(user) is not None and not is_exempt(user):
        request.session[STATE] = ASKED


def is_due(session, user) -> bool:
    """Whether the session has yet to be proven; for most it asks the database nothing."""
    state = session.get(STATE)
    return state != PROVEN and (state == ASKED or must_have(user))


class Withheld(Access):
    """An account whose session is not proven: signed in, and allowed nothing."""

    @cached_property
    def assignments(self) -> list:
        return []


def withhold(user) -> None:
    user._access = Withheld(user)


# --- codes ------------------------------------------------------------------------------------
def new_secret() -> str:
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def in_groups(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def address_of_secret(secret: str, user) -> str:
    """What the QR says to an authenticator."""
    label = quote(f"{ISSUER}:{user.username}", safe="")
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(ISSUER)}&digits={DIGITS}&period={STEP}"


def step_of(secret: str, typed: str, after: int) -> int | None:
    """The step whose code this is, if it is near now and later than ``after``."""
    if not (len(typed) == DIGITS and typed.isascii() and typed.isdigit()):
        return None
    totp = TOTP(base64.b32decode(secret), step=STEP, digits=DIGITS)
    totp.time = time.time()
    return totp.t() if totp.verify(int(typed), tolerance=TOLERANCE, min_t=after + 1) else None


def _count_try(user) -> None:
    """Raise ValidationError after too many tries, right ones too; they are counted by account."""
    who = str(user.pk)
    with scope(NOBODY), public_role():  # the one that may count
        allowed = may_try("second-factor", who, TRIES, TRIES_SECONDS) and may_try(
            "second-factor-day", who, TRIES_A_DAY, DAY
        )
    if not allowed:
        raise ValidationError(TOO_MANY)


def check_code(user, typed: str) -> None:
    """Use up a code of the phone or a recovery code. Raises ValidationError, also for a second use.

    Not in a transaction that the error rolls back: the try would not be counted.
    """
    typed = recovery.compact(typed)
    factor = factor_of(user)
    _count_try(user)
    step = step_of(factor.secret, typed, factor.last_step) if factor else None
    if step is not None:
        # Of two at once with the same code the database lets one through.
        used = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step)
        if used:
            return
    elif factor is not None and recovery.use(user, typed):
        return
    raise ValidationError(WRONG)


def step_of_new(user, secret: str, typed: str) -> int:
    """That of the code which a phone shows for a secret not yet in use. Raises ValidationError."""
    _count_try(user)
    step = step_of(secret, recovery.compact(typed), 0)
    if step is None:
        raise ValidationError(WRONG)
    return step


# --- acts -------------------------------------------------------------------------------------
def prove(session) -> None:
    """The session goes on under a new key, with everything open."""
    session[STATE] = PROVEN
    session.cycle_key()


@transaction.atomic
def set_up(user: User, secret: str, step: int, session) -> list[str]:
    """The phone showed the code of ``step``: its recovery codes, shown this once.

    Other sessions of the account end. Raises ValidationError.
    """
    if is_exempt(user):
        raise ValidationError("演示账号是公用的，不能设置双因素登录。")
    if factor_of(user) is not None:
        raise ValidationError("这个账号已经设置过双因素登录；要换手机，请先停用原来的。")
    SecondFactor.objects.create(user=user, secret=secret, last_step=step)
    note(Kind.SECOND_FACTOR, user=user, detail="设置")
    prove(session)
    sessions.end_others(user, session, sessions.NEW_FACTOR)
    return recovery.renew(user)


@transaction.atomic
def take_away(user: User, session) -> None:
    """The owner, who has just proven it, gives it up or changes phones."""
    _remove(user)
    note(Kind.SECOND_FACTOR, user=user, detail="停用")
    session.pop(STATE, None)
    sessions.end_others(user, session, sessions.NEW_FACTOR)


@transaction.atomic
def reset(account: User, *, by: User | None) -> None:
    """For an owner who lost phone and codes: by another administrator, or by a command (``by`` None).

    All sessions of the account end; the log of accounts says by whom. Raises Denied, ValidationError.
    """
    if by is not None:
        check_end_sessions(account, by=by)
    if factor_of(account) is None:
        raise ValidationError("这个账号没有设置双因素登录，不用重置。")
    sessions.end_all(account, by=by)
    _remove(account)
    note(Kind.SECOND_FACTOR, user=account, by=by, detail="重置")


def _remove(user) -> None:
    SecondFactor.objects.filter(user=user).delete()
    recovery.drop(user)
