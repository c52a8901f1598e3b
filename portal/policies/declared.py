"""The table of security policies: what each is called, what it may be, and what holds without a change."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.roles import ADMINISTRATORS, Role

SIGN_IN, PASSWORDS, FACTORS, DATA, KEEPING = "登录", "密码", "双因素登录", "个人资料", "保存期限"
GROUPS = (SIGN_IN, PASSWORDS, FACTORS, DATA, KEEPING)


@dataclass(frozen=True)
class Whole:
    """A whole number between two bounds, both allowed. With ``never`` 0 is told as that word."""

    least: int
    most: int
    measure: str
    never: str = ""

    def within(self, value: int) -> int:
        """The stored value, or the bound that it passed: bounds may have been narrowed since."""
        return min(max(value, self.least), self.most)

    def words(self, value: int) -> str:
        return self.never if self.never and value == 0 else f"{value} {self.measure}"

    @property
    def bounds(self) -> str:
        none = f"，0 为{self.never}" if self.never else ""
        return f"{self.least} 至 {self.most} {self.measure}{none}"


@dataclass(frozen=True)
class Switch:
    """On or off; stored as 1 or 0."""

    bounds = "启用或不启用"

    def within(self, value: int) -> bool:
        return bool(value)

    def words(self, value: int) -> str:
        return "启用" if value else "不启用"


@dataclass(frozen=True)
class Policy:
    name: str
    title: str
    group: str
    kind: Whole | Switch
    default: int | bool
    help: str


def factor_of(role: Role) -> str:
    """The policy that says whether this role needs a second factor; administrators always do."""
    return f"second_factor_{role.value}"


_ON_OFF = Switch()
_POLICIES = (
    Policy(
        "idle_minutes", "多久不操作须重新登录", SIGN_IN, Whole(5, 240, "分钟"), 30,
        "离开座位忘了退出时，别人还能操作多久。正在填写的内容会保留。",
    ),
    Policy(
        "session_hours", "一次登录最长多久", SIGN_IN, Whole(1, 24, "小时"), 12,
        "即使一直在操作，到时也要重新登录。",
    ),
    Policy(
        "sessions_most", "一个账号最多同时登录几处", SIGN_IN, Whole(1, 10, "处"), 3,
        "再登录一处，最早的一处自动退出。",
    ),
    Policy(
        "one_session", "一个账号只能登录一处", SIGN_IN, _ON_OFF, False,
        "启用后，在别处登录，原来的一处马上退出，不看上面的处数。",
    ),
    Policy(
        "failures_per_account", "输错几次暂停登录", SIGN_IN, Whole(3, 20, "次"), 5,
        "同一账号在同一处连续输错的次数；平时用的电脑不受别处猜密码的影响。",
    ),
    Policy(
        "lock_minutes", "暂停登录多久", SIGN_IN, Whole(5, 240, "分钟"), 15,
        "再次暂停时加倍，最长一天。系统管理员可以提前解除。",
    ),
    Policy(
        "failures_per_address", "同一网络地址输错几次暂停", SIGN_IN, Whole(10, 1000, "次"), 30,
        "不分账号合计。全街道共用一个出口地址时可以放宽。",
    ),
    Policy(
        "password_min_length", "密码最短", PASSWORDS, Whole(8, 64, "个字符"), 12,
        "长度最要紧，不能短于 8 个字符；新密码起执行。",
    ),
    Policy(
        "password_composition", "密码须含三类字符", PASSWORDS, _ON_OFF, False,
        "大写字母、小写字母、数字、其他字符中至少三类。等级保护测评常要求；长密码本身更可靠。",
    ),
    Policy(
        "password_expiry_days", "密码多久须更换", PASSWORDS, Whole(0, 730, "天", "不过期"), 0,
        "国际规范不主张定期更换（人们会改成容易猜的）；等级保护测评如有要求，可填 90 或 180。",
    ),
    Policy(
        "password_history", "不能重用最近几个密码", PASSWORDS, Whole(0, 24, "个", "不限制"), 5,
        "当前密码总是不能重用。",
    ),
    Policy(
        "first_password_days", "临时密码有效", PASSWORDS, Whole(1, 30, "天"), 7,
        "新建账号或重置后发给本人的临时密码，过期须重新重置。",
    ),
    *(
        Policy(
            factor_of(role), f"{role.label}须双因素登录", FACTORS, _ON_OFF, False,
            "除密码外还要手机验证器的六位数字。三类管理员总是需要，不能关闭。",
        )
        for role in Role
        if role not in ADMINISTRATORS
    ),
    Policy(
        "unmask_per_hour", "一人每小时查看完整号码", DATA, Whole(1, 500, "次"), 30,
        "超过后当小时内不能再看，并记入查阅记录，供审计管理员核查。",
    ),
    Policy(
        "unmask_per_day", "一人每天查看完整号码", DATA, Whole(1, 5000, "次"), 200,
        "超过后当天不能再看，并记入查阅记录，供审计管理员核查。",
    ),
    Policy(
        "export_rows_most", "一次导出最多", DATA, Whole(100, 200000, "行"), 20000,
        "更多的请按单位或时段分次导出。",
    ),
    Policy(
        "clear_exports_by_security", "完整号码导出只由安全管理员审批", DATA, _ON_OFF, False,
        "不启用时，社区负责人、街道主管和安全管理员都可审批别人的申请；启用后负责人和主管不再审批。",
    ),
    Policy(
        "minors_reason", "查看未成年人档案须写理由", DATA, _ON_OFF, True,
        "打开未满 14 周岁儿童的档案前填写理由，理由随查阅记录留存。",
    ),
    Policy(
        "audit_years", "操作日志至少保存", KEEPING, Whole(3, 30, "年"), 3,
        "按月保存；满期的月份须先导出成文件、校验无误，才能在服务器上清除。不能少于 3 年（个人信息保护法第五十六条）。",
    ),
)  # fmt: skip
POLICIES = {each.name: each for each in _POLICIES}


def grouped() -> Iterator[tuple[str, list[Policy]]]:
    """The groups that have a policy, in the order of the page."""
    for title in GROUPS:
        if found := [each for each in POLICIES.values() if each.group == title]:
            yield title, found
