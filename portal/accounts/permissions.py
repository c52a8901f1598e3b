"""Whose accounts and roles an administrator sees and may change.

The tables of accounts and roles have no row-level policy (they are read to find the scope), so
these functions are the only wall: every view starts here.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.models import RoleAssignment, User
from portal.roles import ADMINISTRATORS
from portal.scope import Denied, access_of


def _of_account():
    return RoleAssignment.objects.filter(user=OuterRef("pk"))


def accounts_in_reach(user, permission: str = "accounts.manage"):
    """Accounts that have or had a role at a unit where ``user`` holds the permission, or none at all."""
    units = access_of(user).units(permission)
    if not units:
        return User.objects.none()
    here = _of_account().filter(unit__in=units)
    return User.objects.filter(Exists(here) | ~Exists(_of_account()))


def assignments_in_reach(user, permission: str = "roles.manage"):
    """Roles, past ones too, at units where ``user`` holds the permission."""
    return RoleAssignment.objects.filter(unit__in=access_of(user).units(permission))


def not_over(day=None) -> Q:
    """Assignments that are valid or will be."""
    return Q(valid_to__isnull=True) | Q(valid_to__gte=day or timezone.localdate())


def check_manage(account: User, *, by: User) -> None:
    """Raise Denied unless ``by`` may disable the account and reset its password.

    Whoever resets a password could sign in with it. So an account that also works elsewhere, or
    administers, is out of reach: its powers are not those of ``by``.
    """
    access = access_of(by)
    access.check("accounts.manage")
    if account.pk == by.pk:
        raise Denied("这是您自己的账号：密码请在右上角的菜单中修改，停用请由其他管理员办理。")
    current = account.assignments.filter(not_over())
    if current.filter(role__in=ADMINISTRATORS).exists():
        raise Denied(
            "管理员账号不能由其他管理员停用或重置密码：停用请先由安全管理员收回其角色；"
            "忘记密码请在服务器上运行 reset_password 命令。"
        )
    if current.exclude(unit__in=access.units("accounts.manage")).exists():
        raise Denied("此账号在您管辖范围以外的单位还有角色，请由上级的系统管理员办理。")


def check_end_sessions(account: User, *, by: User) -> None:
    """Raise Denied unless ``by`` may end the sessions of the account and take its second factor away.

    Neither lets anybody in, so administrators do it for one another, but nobody for themselves.
    """
    access = access_of(by)
    access.check("accounts.manage")
    if account.pk == by.pk:
        raise Denied("这是您自己的账号：请由另一位系统管理员办理，自己的登录可在“我的登录”中退出。")
    current = account.assignments.filter(not_over())
    if current.exclude(unit__in=access.units("accounts.manage")).exists():
        raise Denied("此账号在您管辖范围以外的单位还有角色，请由上级的系统管理员办理。")


def may_end_sessions(account: User, *, by: User) -> bool:
    try:
        check_end_sessions(account, by=by)
    except Denied:
        return False
    return True


def may_manage(account: User, *, by: User) -> bool:
    try:
        check_manage(account, by=by)
    except Denied:
        return False
    return True
