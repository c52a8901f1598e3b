"""At which level of unit a role may be held, and which roles exclude each other."""

from portal.models.units import UnitKind
from portal.roles import ADMINISTRATORS, Role

_COMMUNITY = frozenset({UnitKind.COMMUNITY})
_WORKING = frozenset({UnitKind.COMMUNITY, UnitKind.STREET})
_ABOVE = frozenset({UnitKind.STREET, UnitKind.DISTRICT})

# A role reaches down: given too high, it would open the records of every unit below.
LEVELS = {
    Role.COMMUNITY_STAFF: _COMMUNITY,
    Role.COMMUNITY_HEAD: _COMMUNITY,
    Role.WINDOW_CLERK: _WORKING,
    Role.STATION_HANDLER: _WORKING,
    Role.TRAINEE: _WORKING,
    Role.SANITATION_INSPECTOR: _WORKING,
    Role.REHABILITATION_WORKER: _WORKING,
    Role.VOLUNTEER_LEADER: _WORKING,
    Role.TRAINEE: _WORKING,
    Role.STREET_SECTION: _ABOVE,
    Role.STREET_SUPERVISOR: _ABOVE,
    Role.SYSTEM_ADMINISTRATOR: _ABOVE,
    Role.SECURITY_ADMINISTRATOR: _ABOVE,
    Role.AUDIT_ADMINISTRATOR: _ABOVE,
}


def misplaced(role: Role, kind: str) -> str:
    """Why the role cannot be held at a unit of this kind; empty when it can."""
    if kind in LEVELS[role]:
        return ""
    levels = "或".join(level.label for level in UnitKind if level in LEVELS[role])
    return f"“{role.label}”只能在{levels}一级任职。"


def conflicting(role: Role, held: set[Role]) -> str:
    """Why one account cannot hold the role beside those it holds; empty when it can.

    Three administrators watch each other (GB/T 22239-2019 管理用户权限分离, 三员分立), so each is an
    account of its own and does no business. A trainee sees nothing but their own days, so theirs holds
    nothing else either.
    """
    if role in ADMINISTRATORS and held - {role}:
        return "管理员角色不能与其他角色放在同一个账号上，请为管理员另建账号。"
    if role not in ADMINISTRATORS and held & ADMINISTRATORS:
        return "此账号是管理员账号，不能再办理业务，请为业务角色另建账号。"
    if Role.TRAINEE in held | {role} and held - {role}:
        return "实习人员的账号只用于填写本人的日志，不能与其他角色放在同一个账号上，请另建账号。"
    return ""
