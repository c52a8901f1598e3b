"""What administrators have to do: roles to grant and to renew, first passwords, next year's days off, jobs
that failed; and what the auditor looks at. Accounts and roles have no policy: see permissions.py."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from portal.accounts.lasting import days_left, soon_over, told_left
from portal.accounts.permissions import accounts_in_reach, not_over
from portal.models import AccessLog, RoleAssignment, Unit, User
from portal.scope import access_of
from portal.workdays import is_settled
from portal.worklists import Act, Group, Worklist, register

LATELY = timedelta(days=7)
NOTICE_MONTH = 11  # in which the State Council tells the next year's days off, or before


def without_role(units):
    held = RoleAssignment.objects.filter(not_over(), user=OuterRef("pk"))
    return User.objects.filter(~Exists(held), is_active=True).order_by("username")


def reached(permission):
    return lambda rows, user: rows.filter(pk__in=accounts_in_reach(user, permission).values("pk"))


def ending(units):
    """Roles that end within seven days and are followed by none of the same kind there."""
    rows = soon_over(RoleAssignment.objects.filter(unit__in=units))
    return rows.select_related("user", "unit").order_by("valid_to", "pk")


def first_password(units):
    rows = User.objects.filter(is_active=True, must_change_password=True)
    return rows.order_by("username")


def year_to_settle() -> int | None:
    """This year, or late in it the next, whose days off nobody has brought in."""
    today = timezone.localdate()
    years = [today.year, *([today.year + 1] if today.month >= NOTICE_MONTH else [])]
    return next((year for year in years if not is_settled(year)), None)


def calendars(units):
    rows = Unit.objects.filter(pk__in=units) if year_to_settle() else Unit.objects.none()
    return rows.order_by("code")


def at_own_units(rows, user):
    return rows.filter(pk__in=[each.unit_id for each in access_of(user).assignments])


def failed_jobs(units):
    """Of the whole installation: a job names its units in its arguments, which nobody reads here."""
    lately = ProcrastinateEvent.objects.filter(
        job=OuterRef("pk"), type="failed", at__gte=timezone.now() - LATELY
    )
    return ProcrastinateJob.objects.filter(Exists(lately), status="failed").order_by("-pk")


def numbers_out(units):
    """Full numbers that were approved or left the house within a week."""
    rows = AccessLog.objects.filter(
        unit__in=units,
        action__in=[AccessLog.Action.CLEAR, AccessLog.Action.DECIDE],
        at__gte=timezone.now() - LATELY,
    )
    return rows.select_related("user").order_by("-at", "-pk")


def grant_page(account) -> str:
    return f"{reverse('role-grant')}?{urlencode({'username': account.username})}"


def account_page(account) -> str:
    return reverse("account-detail", args=[account.pk])


def listed(code, title, permission, rows, text, **more) -> Worklist:
    return Worklist(f"portal.{code}", title, permission, rows, ledger="", text=text, **more)


register(
    listed(
        "accounts_without_role", "没有角色的账号", "roles.manage", without_role,
        lambda row: f"{row.name}（{row.username}）", address=lambda row: reverse("role-list"),
        all_of_them=lambda: reverse("role-list"), for_user=reached("roles.manage"),
        group=Group.MEND, place="", act=Act("授予角色", grant_page),
    ),
    listed(
        "roles_ending", "角色 7 天内到期", "roles.manage", ending,
        lambda row: f"{row.user.name}：{row.unit}{row.get_role_display()}",
        address=lambda row: reverse("role-list"), all_of_them=lambda: reverse("role-list"),
        due=lambda row: told_left(days_left(row) or 0), day="valid_to",
        act=Act("续期", lambda row: reverse("role-prolong", args=[row.pk])),
        for_user=lambda rows, user: rows.exclude(user=user),
    ),
    listed(
        "accounts_first_password", "还没有改过初始密码的账号", "accounts.manage", first_password,
        lambda row: f"{row.name}（{row.username}）", address=account_page,
        all_of_them=lambda: reverse("account-list"), for_user=reached("accounts.manage"),
        group=Group.MEND, place="", act=Act("看账号", account_page),
    ),
    listed(
        "calendar_missing", "放假通知还没有导入", "calendar.manage", calendars,
        lambda row: f"{year_to_settle()}年工作日历暂按法定节假日推算",
        address=lambda row: reverse("work-calendar"),
        all_of_them=lambda: reverse("work-calendar"), for_user=at_own_units,
        group=Group.MEND, place="pk", act=Act("导入通知", lambda row: reverse("work-notice-add")),
    ),
    listed(
        "jobs_failed", "后台任务没有成功", "accounts.manage", failed_jobs,
        lambda row: f"{row.task_name}（第 {row.pk} 号，试了 {row.attempts} 次）",
        address=lambda row: "", all_of_them=lambda: "", group=Group.MEND, place="",
        no_act="A failed job is looked into on the server; no page of ours runs it again.",
    ),
    listed(
        "numbers_out", "七天内完整号码的批准和导出", "audit.read", numbers_out,
        lambda row: f"{row.user.name} {row.get_action_display()} {row.rows} 行：{row.purpose}",
        due=lambda row: f"{timezone.localtime(row.at):%m-%d %H:%M}", address=lambda row: "",
        all_of_them=lambda: "", group=Group.MEND,
        no_act="The auditor reads on; the line itself is all that there is to see.",
    ),
)  # fmt: skip
