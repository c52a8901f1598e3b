"""Accounts that an installation must have, and those it must not."""

from django.conf import settings
from django.utils import timezone

from portal.demo_accounts import DEMO_ACCOUNTS
from portal.models import RoleAssignment, User
from portal.roles import ADMINISTRATORS, Role
from portal.running.declare import Finding, bad, check, good

GROUP = "账号"


@check("administrators", "三员", GROUP, asks_database=True)
def each_administrator_is_there() -> Finding:
    held = set(
        RoleAssignment.objects.valid_on(timezone.localdate())
        .filter(role__in=ADMINISTRATORS, user__is_active=True)
        .values_list("role", flat=True)
    )
    if missing := [role.label for role in Role if role in ADMINISTRATORS and role not in held]:
        return bad(
            f"没有{'、'.join(missing)}。", "用 manage.py bootstrap 建立，或由其余管理员授予。"
        )
    return good("系统、安全、审计管理员各有其人。")


@check("demo", "演示账号", GROUP, asks_database=True)
def no_demo_accounts() -> Finding:
    names = [account.username for account in DEMO_ACCOUNTS]
    found = User.objects.filter(username__in=names, is_active=True).count()
    if found and not settings.DEMO:
        return bad(
            f"有 {found} 个公开口令的演示账号。", "执行 manage.py demo --clear 清除演示数据。"
        )
    return good("没有演示账号。" if not found else "演示方式运行，演示账号可用。")
