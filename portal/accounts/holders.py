"""Who holds what: every role in force or to come, with since, until, giver and last sign-in, and what one asks of
it. Roles have no row-level policy, so the question itself begins from the units of whoever looks."""

from datetime import timedelta

from django import forms
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.accounts.forms import UnitChoice
from portal.accounts.lasting import SOON, days_left, told_left
from portal.accounts.permissions import assignments_in_reach, not_over
from portal.ledgers.columns import Column
from portal.models import RoleAssignment, Unit
from portal.models.units import UnitKind
from portal.roles import Role
from portal.scope import access_of, below

GIVES, READS = "roles.manage", "audit.read"  # either opens the page
UNUSED = timedelta(days=90)
STATES = {
    "": "现任和将任",
    "unused": f"{UNUSED.days} 天未登录",
    "soon": f"{SOON.days} 天内到期",
    "temporary": "临时和代理",
    "disabled": "账号已停用",
}


def held_in_reach(user):
    """Roles that are not over, at units of the security administrator or of the auditor."""
    roles = assignments_in_reach(user, GIVES) | assignments_in_reach(user, READS)
    return roles.filter(not_over())


def of_state(roles, state: str):
    match state:
        case "unused":
            return unused(roles)
        case "soon":
            today = timezone.localdate()
            return roles.filter(valid_from__lte=today, valid_to__lte=today + SOON)
        case "temporary":
            return roles.filter(valid_to__isnull=False)
        case "disabled":
            return roles.filter(user__is_active=False)
    return roles


def unused(roles):
    """In force all that time, of accounts that may sign in and did not; who never did counts from the day on
    which the account got its password."""
    since = timezone.now() - UNUSED
    known = roles.alias(last=Coalesce("user__last_login", "user__password_set_at"))
    return known.filter(
        user__is_active=True, last__lt=since, valid_from__lte=timezone.localdate() - UNUSED
    )


class HolderFilter(forms.Form):
    """By role, and by a unit with all below it."""

    role = forms.ChoiceField(label="角色", required=False, choices=[("", "全部"), *Role.choices])
    unit = UnitChoice(label="单位（含下级）", required=False, queryset=None, empty_label="全部")

    def __init__(self, data, *, user):
        super().__init__(data)
        access = access_of(user)
        self.fields["unit"].queryset = (
            Unit.objects.filter(pk__in=access.units(GIVES) | access.units(READS))
            .exclude(kind=UnitKind.GRID)
            .select_related("parent")
        )

    def conditions(self) -> Q:
        """Of a valid form; what is not to be chosen finds nothing."""
        if not self.is_valid():
            return Q(pk__in=[])
        asked = Q()
        if role := self.cleaned_data["role"]:
            asked &= Q(role=role)
        if unit := self.cleaned_data["unit"]:
            asked &= Q(unit__in=below([unit]))
        return asked

    def told(self) -> list[str]:
        """The conditions in words, for the trace of an export."""
        if not self.is_valid():
            return []
        role, unit = self.cleaned_data["role"], self.cleaned_data["unit"]
        return [str(word) for word in (role and Role(role).label, unit) if word]

    @property
    def kept(self) -> dict[str, str]:
        """What goes on in links beside the state."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}


def lasts(role: RoleAssignment) -> str:
    today = timezone.localdate()
    if role.unit.valid_to is not None and role.unit.valid_to < today:
        return "单位已停用"
    if role.valid_from > today:
        return "尚未开始"
    left = days_left(role)
    return "有效" if left is None else told_left(left)


def given_by(role: RoleAssignment) -> str:
    return role.granted_by.name if role.granted_by else "系统命令"


COLUMNS = (
    Column("姓名", lambda role: role.user.name),
    Column("用户名", lambda role: role.user.username, width=18),
    Column("角色", lambda role: role.get_role_display(), width=16),
    Column("单位", lambda r: f"{r.unit.parent} · {r.unit}" if r.unit.parent else r.unit, width=26),
    Column("自", lambda role: role.valid_from, width=12),
    Column("至", lambda role: role.valid_to or "长期", width=12),
    Column("状态", lasts),
    Column("授予人", given_by),
    Column("最近登录", lambda role: role.user.last_login or "从未登录", width=18),
    Column("账号", lambda role: "启用" if role.user.is_active else "已停用", width=10),
)
STATUS, ACCOUNT = 6, 9  # their places
