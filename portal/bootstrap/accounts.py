"""The three administrators, and staff accounts with their roles from a table."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.accounts.services import create_account, grant_role
from portal.bootstrap.tables import Row
from portal.models import RoleAssignment, Unit, User
from portal.models.units import UnitKind
from portal.roles import Role
from portal.text import clean_name, parse_date, to_halfwidth

USERNAME, NAME, UNIT, ROLE, SINCE, UNTIL = COLUMNS = (
    "用户名",
    "姓名",
    "单位代码",
    "角色",
    "自",
    "至",
)
ACCOUNT_FIELDS = {"name": NAME, "username": USERNAME}
ROLE_FIELDS = {"unit": UNIT, "role": ROLE, "valid_from": SINCE, "valid_to": UNTIL, "user": USERNAME}
ROLES = {role.label: role for role in Role}
ADMINISTRATORS = {
    "system-admin": Role.SYSTEM_ADMINISTRATOR,
    "security-admin": Role.SECURITY_ADMINISTRATOR,
    "audit-admin": Role.AUDIT_ADMINISTRATOR,
}


@dataclass(frozen=True)
class Issued:
    """A new account and the password that is told once."""

    username: str
    name: str
    password: str


@dataclass
class Accounts:
    """New accounts so far, in their order; ``refused`` are user names whose row was at fault."""

    issued: list[Issued] = field(default_factory=list)
    granted: int = 0
    refused: set[str] = field(default_factory=set)

    def create(self, username: str, name: str) -> User:
        account, password = create_account(username=username, name=name, by=None)
        self.issued.append(Issued(account.username, account.name, password))
        return account


def create_administrators(accounts: Accounts) -> None:
    """One account for each of the three, at every open district; those that exist stay as they are."""
    districts = list(Unit.objects.filter(kind=UnitKind.DISTRICT, valid_to__isnull=True))
    today = timezone.localdate()
    for username, role in ADMINISTRATORS.items():
        if not districts or User.objects.filter(username=username).exists():
            continue
        account = accounts.create(username, role.label)
        for district in districts:
            # A district may begin later; its administrators prepare it from today.
            RoleAssignment.objects.create(user=account, unit=district, role=role, valid_from=today)


def create_staff(rows: list[Row], accounts: Accounts) -> None:
    """Create accounts and roles row by row; faults are left in the rows.

    One account may have several rows. Accounts and roles that exist are left alone.
    """
    for row in rows:
        username = User.normalize_username(row.text(USERNAME))
        if username in accounts.refused:
            continue  # named once, at its first row
        account = _account(row, username, accounts)
        if account is None:
            accounts.refused.add(username)
        else:
            _grant(row, account, accounts)


def _account(row, username, accounts) -> User | None:
    existing = User.objects.filter(username=username).first()
    try:
        if existing is None:
            with transaction.atomic():
                return accounts.create(username, row.text(NAME))
        if clean_name(row.text(NAME)) != existing.name:
            row.refuse(NAME, f"用户名 {username} 已经用于另一个姓名，请核对。")
            return None
    except ValidationError as error:
        row.refuse_with(error, ACCOUNT_FIELDS)
        return None
    return existing


def _grant(row, account, accounts) -> None:
    unit, role = _unit(row), _role(row)
    since, until = _day(row, SINCE, timezone.localdate()), _day(row, UNTIL, None)
    if row.problems or _has(account, unit, role, since, until):
        return
    try:
        with transaction.atomic():
            grant_role(
                user=account, unit=unit, role=role, valid_from=since, valid_to=until, by=None
            )
    except ValidationError as error:
        row.refuse_with(error, ROLE_FIELDS)
        return
    accounts.granted += 1


def _has(account, unit, role, since: date, until: date | None) -> bool:
    """Exactly this role from an earlier run; a blank first day means whatever it was."""
    held = account.assignments.filter(unit=unit, role=role, valid_to=until)
    return held.filter(valid_from__lte=since).exists()


def _unit(row):
    code = "".join(to_halfwidth(row.text(UNIT)).split())
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        row.refuse(UNIT, f"没有代码为 {code} 的单位。" if code else "请填写单位代码。")
    return unit


def _role(row):
    role = ROLES.get(row.text(ROLE))
    if role is None:
        row.refuse(ROLE, f"应为{'、'.join(ROLES)}之一。")
    return role


def _day(row, label, default):
    if not row.text(label):
        return default
    try:
        return parse_date(row.values[label])
    except ValidationError as error:
        row.refuse(label, error.messages[0])
        return default
