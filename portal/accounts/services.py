"""Every write to accounts and roles. ``by`` is None in a command, whose actor the scope names.

Rules that a person can mend raise ValidationError in Chinese; what they may not do raises Denied;
a row that changed since it was loaded raises StaleRecord.
"""

import re
from contextlib import contextmanager
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.accounts.locking import forget_failures
from portal.accounts.passwords import single_use_password
from portal.accounts.permissions import check_manage, not_over
from portal.accounts.placement import conflicting, misplaced
from portal.audit.notes import Kind, note
from portal.demo_accounts import is_demo_account
from portal.models import RoleAssignment, Unit, User
from portal.roles import Role
from portal.scope import Denied, access_of, current_scope
from portal.text import clean_name

USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")
DAY = timedelta(days=1)
STAND_IN_DAYS, PROLONGED_DAYS = 92, 366  # the longest that one grant may stand in, or prolong


def checked_username(typed: str) -> str:
    """The spelling under which the account is kept; raises ValidationError for a bad or taken one."""
    username = User.normalize_username(typed)
    if not USERNAME.fullmatch(username):
        raise ValidationError(
            "用户名应以字母开头，由 3 至 40 个小写字母、数字、点、下划线或短横组成。"
        )
    if is_demo_account(username):
        raise ValidationError("这个用户名留给演示数据使用，请换一个。")
    if User.objects.filter(username=username).exists():
        raise ValidationError("这个用户名已经有人使用，请换一个。")
    return username


@contextmanager
def _named(field: str):
    """Tell which field a plain ValidationError is about."""
    try:
        yield
    except ValidationError as error:
        raise ValidationError({field: error.messages}) from error


def _checked_name(typed: str) -> str:
    with _named("name"):
        name = clean_name(typed)
        if not name:
            raise ValidationError("请填写姓名。")
    return name


# --- accounts -----------------------------------------------------------------------------------
@transaction.atomic
def create_account(*, username: str, name: str, by: User | None) -> tuple[User, str]:
    """A new account without any role, and its single-use password, which is kept nowhere."""
    if by is not None:
        access_of(by).check("accounts.manage")
    with _named("username"):
        username = checked_username(username)
    password = single_use_password()
    account = User.objects.create_user(
        username, _checked_name(name), password, must_change_password=True
    )
    return account, password


@transaction.atomic
def reset_password(account: User, *, by: User | None) -> str:
    """The new single-use password; every session of the account ends with the old one."""
    if by is not None:
        check_manage(account, by=by)
    password = single_use_password()
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    forget_failures(account)
    note(Kind.PASSWORD_RESET, user=account, by=by)
    return password


@transaction.atomic
def rename_account(account: User, *, name: str, by: User) -> None:
    check_manage(account, by=by)
    account.name = _checked_name(name)
    account.save(update_fields=["name"])


@transaction.atomic
def disable_account(account: User, *, by: User) -> None:
    """Its next request is refused; roles and records stay as they are."""
    _set_active(account, False, by)


@transaction.atomic
def enable_account(account: User, *, by: User) -> None:
    _set_active(account, True, by)


def _set_active(account, active, by):
    check_manage(account, by=by)
    account.is_active = active
    if active:
        account.disabled_from = None
    account.save(update_fields=["is_active", "disabled_from"])


# --- roles --------------------------------------------------------------------------------------
@transaction.atomic
def grant_role(
    *,
    user: User,
    unit: Unit,
    role: str,
    valid_from: date,
    valid_to: date | None = None,
    reason: str = "",
    stands_for: User | None = None,
    continues: RoleAssignment | None = None,
    by: User | None,
) -> RoleAssignment:
    """Give the role at the unit from a day to a day, both included.

    Of a person's grant that ends, the reason is asked; ``stands_for`` is the colleague whose role it is
    meanwhile. The database refuses a grant to oneself and roles that exclude each other as well.
    """
    role = Role(role)
    if by is not None:
        access_of(by).check("roles.manage", unit.pk)
        if user.pk == by.pk:
            raise Denied("不能给自己授予角色，请由另一位安全管理员办理。")
    # Locked, so that two grants at once cannot put excluding roles on one account.
    user = User.objects.select_for_update().get(pk=user.pk)
    if stands_for is not None:
        _check_stand_in(user, unit, role, valid_from, valid_to, stands_for)
    _check_grant(user, unit, role, valid_from, valid_to)
    if by is not None and valid_to is not None and not reason.strip():
        raise ValidationError({"reason": "临时授予的角色请写明事由，如“年底数据核对，临时帮忙”。"})
    return RoleAssignment.objects.create(
        user=user,
        unit=unit,
        role=role,
        valid_from=valid_from,
        valid_to=valid_to,
        granted_by=by,
        granted_at=timezone.now(),
        reason=reason.strip(),
        stands_for=stands_for,
        continues=continues,
    )


@transaction.atomic
def prolong_role(
    assignment: RoleAssignment, *, valid_to: date, reason: str, by: User
) -> RoleAssignment:
    """A new grant that follows the old one without a gap, until ``valid_to``; the old one stays as it is."""
    access_of(by).check("roles.manage", assignment.unit_id)
    today = timezone.localdate()
    if assignment.valid_to is None:
        raise ValidationError("这个角色长期有效，不需要续期。")
    begins = max(assignment.valid_to + DAY, today)
    if valid_to < begins:
        raise ValidationError({"valid_to": f"请选择 {begins} 或以后的日期。"})
    if valid_to > begins + timedelta(days=PROLONGED_DAYS):
        raise ValidationError({"valid_to": "一次续期不超过一年；长期有效请另行授予。"})
    return grant_role(
        user=assignment.user,
        unit=assignment.unit,
        role=assignment.role,
        valid_from=begins,
        valid_to=valid_to,
        reason=reason,
        stands_for=assignment.stands_for,
        continues=assignment,
        by=by,
    )


def _check_stand_in(user, unit, role, valid_from, valid_to, stands_for):
    if stands_for.pk == user.pk:
        raise ValidationError({"stands_for": "不能代理自己。"})
    if valid_to is None:
        raise ValidationError({"valid_to": "代理要写明最后有效日。"})
    if valid_to > valid_from + timedelta(days=STAND_IN_DAYS):
        raise ValidationError({"valid_to": f"代理一次不超过 {STAND_IN_DAYS} 天，到期可续期。"})
    held = stands_for.assignments.filter(role=role, unit=unit, stands_for__isnull=True)
    if not overlapping(held, valid_from, valid_to).exists():
        raise ValidationError(
            {"stands_for": f"{stands_for}这段时间在{unit}没有“{role.label}”这个角色，不需要代理。"}
        )


def _check_grant(user, unit, role, valid_from, valid_to):
    today = timezone.localdate()
    if not user.is_active:
        raise ValidationError({"user": "此账号已停用，请先由系统管理员启用。"})
    if valid_to is not None and valid_to < max(valid_from, today):
        raise ValidationError({"valid_to": "结束日期不能早于开始日期，也不能是过去的日期。"})
    if not Unit.objects.filter(pk=unit.pk).valid_on(max(valid_from, today)).exists():
        raise ValidationError({"unit": f"“{unit}”在角色开始时尚未启用或已经停用。"})
    if reason := misplaced(role, unit.kind):
        raise ValidationError({"role": reason})
    alongside = overlapping(user.assignments.all(), valid_from, valid_to)
    if reason := conflicting(
        role, {Role(value) for value in alongside.values_list("role", flat=True)}
    ):
        raise ValidationError({"role": reason})
    if alongside.filter(role=role, unit=unit).exists():
        raise ValidationError({"role": "此账号在这个单位已有这个角色，期间有重叠。"})


def overlapping(assignments, valid_from: date, valid_to: date | None):
    """Those valid on at least one day of the period."""
    from_then = assignments.exclude(valid_to__lt=valid_from)
    return from_then if valid_to is None else from_then.filter(valid_from__lte=valid_to)


@transaction.atomic
def end_role(assignment: RoleAssignment, *, last_day: date | None = None, by: User | None) -> None:
    """End the role after ``last_day``, or at once: the next request is refused.

    A role that began today, or has yet to begin, is removed altogether; the log keeps it.
    """
    today = timezone.localdate()
    if by is not None:
        access_of(by).check("roles.manage", assignment.unit_id)
        if assignment.user_id == by.pk:
            raise Denied("不能收回自己的角色，请由另一位安全管理员办理。")
    if assignment.valid_to is not None and assignment.valid_to < today:
        raise ValidationError("这个角色已经结束。")
    if last_day is not None and last_day < max(today, assignment.valid_from):
        raise ValidationError(
            {"last_day": "最后有效日不能早于今天或角色的开始日期；要马上收回，请留空。"}
        )
    if last_day is None and assignment.valid_from >= today:
        # Compare the version before the row goes: DELETE alone would not.
        assignment.save(update_fields=["valid_from"])
        assignment.delete()
        return
    assignment.valid_to = last_day or today - DAY
    assignment.save(update_fields=["valid_to"])


def continue_roles(unit: Unit, *, at: Unit, on: date) -> None:
    """End the unit's open roles before ``on`` and go on with them ``at`` its successor.

    A role that the account holds there for as long already is not doubled.
    """
    open_roles = RoleAssignment.objects.filter(not_over(on), unit=unit).select_related("user")
    # One's own are left to a security administrator, who finds them among those without a unit.
    acting = current_scope().account
    for old in open_roles.exclude(user=acting).select_for_update(of=("self",)):
        began_before = old.valid_from < on
        heir = RoleAssignment(
            user=old.user,
            unit=at,
            role=old.role,
            valid_from=max(old.valid_from, on),
            valid_to=old.valid_to,
            granted_by=old.granted_by,
            granted_at=old.granted_at,
            reason=old.reason,
            stands_for=old.stands_for,
            continues=old,
        )
        if not _is_covered(heir):
            heir.save()
        if began_before:
            old.valid_to = on - DAY
            old.save(update_fields=["valid_to"])
        else:
            old.delete()


def _is_covered(assignment) -> bool:
    held = RoleAssignment.objects.filter(
        user=assignment.user,
        unit=assignment.unit,
        role=assignment.role,
        valid_from__lte=assignment.valid_from,
    )
    lasting = Q(valid_to__isnull=True)
    if assignment.valid_to is not None:
        lasting |= Q(valid_to__gte=assignment.valid_to)
    return held.filter(lasting).exists()
