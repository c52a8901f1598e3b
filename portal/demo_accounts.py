"""The accounts of the demo; their password is public, so they open nothing outside DEMO mode."""

from dataclasses import dataclass

from portal.models import RoleAssignment, User
from portal.roles import Role

DEMO_PASSWORD = "demo-shequ-2025"  # noqa: S105  shown on the sign-in page, on purpose


@dataclass(frozen=True)
class DemoAccount:
    """``unit_suffix`` ends the code of its unit: "000" is the street, "001" its first community."""

    username: str
    name: str
    role: Role
    unit_suffix: str
    sentence: str


DEMO_ACCOUNTS = (
    DemoAccount(
        "demo-worker", "陈素芬", Role.COMMUNITY_STAFF, "001", "登记第一个社区的日常工作，起草总结。"
    ),
    DemoAccount("demo-head", "林国栋", Role.COMMUNITY_HEAD, "001", "审核并签发第一个社区的总结。"),
    DemoAccount("demo-window", "何晓燕", Role.WINDOW_CLERK, "001", "在窗口受理居民申请。"),
    DemoAccount(
        "demo-neighbour",
        "周志强",
        Role.COMMUNITY_STAFF,
        "002",
        "第二个社区，看不到第一个社区的记录。",
    ),
    DemoAccount("demo-handler", "邓家明", Role.STATION_HANDLER, "000", "承办转到站所的事项。"),
    DemoAccount(
        "demo-inspector", "吴永刚", Role.SANITATION_INSPECTOR, "000", "检查各社区的环境卫生。"
    ),
    DemoAccount(
        "demo-rehab",
        "苏丽华",
        Role.REHABILITATION_WORKER,
        "000",
        "为残疾人提供康复服务，起草康复服务小结。",
    ),
    DemoAccount("demo-leader", "黄海涛", Role.VOLUNTEER_LEADER, "001", "组织志愿活动、登记时长。"),
    DemoAccount(
        "demo-trainee",
        "苏文静",
        Role.TRAINEE,
        "001",
        "填写本人的实习日志，看不到居民和任何业务记录。",
    ),
    DemoAccount("demo-section", "郑淑贞", Role.STREET_SECTION, "000", "查看全街道的业务记录。"),
    DemoAccount(
        "demo-street", "梁伟文", Role.STREET_SUPERVISOR, "000", "督查全街道，签发街道总结。"
    ),
    DemoAccount("demo-system", "系统管理员", Role.SYSTEM_ADMINISTRATOR, "000", "维护单位和账号。"),
    DemoAccount(
        "demo-security",
        "安全管理员",
        Role.SECURITY_ADMINISTRATOR,
        "000",
        "授予和收回角色，审批号码导出。",
    ),
    DemoAccount("demo-audit", "审计管理员", Role.AUDIT_ADMINISTRATOR, "000", "查阅操作日志。"),
)
_USERNAMES = frozenset(account.username for account in DEMO_ACCOUNTS)


def is_demo_account(username: str) -> bool:
    return username in _USERNAMES


def demo_accounts() -> list[dict]:
    """Those that exist and can sign in, as the sign-in page lists them."""
    present = User.objects.filter(username__in=_USERNAMES, is_active=True)
    names = set(present.values_list("username", flat=True))
    units = dict(
        RoleAssignment.objects.filter(user__in=present).values_list("user__username", "unit__name")
    )
    return [
        {
            "username": account.username,
            "role": account.role.label,
            "unit": units.get(account.username, ""),
            "sentence": account.sentence,
        }
        for account in DEMO_ACCOUNTS
        if account.username in names
    ]
