"""The first tour as data: steps on real pages, in the order in which a day's work meets them.

An app adds its own steps in ``<app>/tours.py``. A user walks those that their permissions open, at most
``MOST``; nothing is typed on the way.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from portal.menu import holding
from portal.registry import Registry
from portal.roles import DOMAINS, OWN_ONLY

MOST = 8


@dataclass(frozen=True)
class Step:
    """``place`` orders the steps of all apps. ``url`` is the name of a page and ``args`` what it is asked
    for; ``spot`` the part of it that is meant, as a CSS selector. ``may(access)`` says to whom the step
    is shown."""

    place: int
    title: str
    text: str
    url: str
    may: Callable[[object], bool]
    args: tuple[str, ...] = ()
    spot: str = "main"

    def address(self) -> str:
        return reverse(self.url, args=self.args)


steps: Registry[Step] = Registry("tours")


def register(*declared: Step) -> None:
    for step in declared:
        steps.add(step.title, step)


def everybody(access) -> bool:
    return not access.sees_own_alone


def recording(ledger: str) -> Callable:
    """Whoever may record in this ledger."""
    from portal.ledgers.registry import ledgers

    return lambda access: ledger in ledgers and access.may(ledgers[ledger].edit_permission)


register(
    Step(
        10,
        "今天的工作从这里开始",
        "首页列出到期的、退回的和等您处理的事，按急缓排列；点一条就打开它。没有事的时候，这里是空的。",
        "home",
        everybody,
    ),
    Step(
        20,
        "找人找事，只用一个框",
        "姓名、拼音、首字母、身份证或电话的后四位、地址、户、证件都在这里查。按 Ctrl+K 随时跳到这个框。",
        "home",
        lambda access: any(access.may(f"{domain}.view") for domain in DOMAINS),
        spot="[role=search]",
    ),
    Step(
        30,
        "左边是各项台账",
        "台账按部门排列，只列出您能看的。同一件事只登记一次：一次走访有几个目的，勾几个目的，不要登记几条。",
        "home",
        lambda access: any(access.may(f"{domain}.view") for domain in DOMAINS),
        spot="#site-nav",
    ),
    Step(
        46,
        "每个数字都能点开",
        "指标页写明口径：数什么、按哪个日期。点任何一个数字，看到的就是它所数的那些记录，一条不多，一条不少。",
        "figure-list",
        holding("figures.view"),
    ),
    Step(
        300,
        "单位的设立和变动",
        "街道、社区、网格的设立、更名、并入和拆分；历史数字仍算在当时的单位。",
        "unit-list",
        holding("units.manage"),
    ),
    Step(
        310,
        "一人一个账号",
        "账号不共用。离岗的停用，密码可以重置；授予角色是安全管理员的事。",
        "account-list",
        holding("accounts.manage"),
    ),
    Step(
        320,
        "授予角色",
        "角色有起止日期，到期自动失效；谁也不能给自己授权。",
        "role-list",
        holding("roles.manage"),
    ),
    Step(
        900,
        "需要帮助的时候",
        "点右上角的姓名，打开“帮助”：各台账怎么填、数字怎么算、名词解释、可打印的一页说明都在里面，也可以重看这次导览。",
        "help",
        everybody,
    ),
)


@dataclass(frozen=True)
class _Holder:
    """What a step asks of an access, for a role that nobody needs to hold."""

    permissions: frozenset[str]

    @property
    def sees_own_alone(self) -> bool:
        return self.permissions <= OWN_ONLY

    def may(self, permission: str) -> bool:
        return permission in self.permissions


def steps_of(permissions: frozenset[str]) -> list[Step]:
    """The tour of whoever holds these permissions, as a role's paper tells it."""
    return steps_for(_Holder(permissions))


def steps_for(access) -> list[Step]:
    """The user's tour, in its order; the last step is in every one."""
    fitting = sorted((step for step in steps if step.may(access)), key=lambda step: step.place)
    return fitting if len(fitting) <= MOST else [*fitting[: MOST - 1], fitting[-1]]
