"""The side menu: today's work, figures and summaries, the ledgers by domain, administration."""

from collections import defaultdict
from functools import lru_cache

from django.urls import get_script_prefix, reverse

from portal.ledgers.registry import ledgers
from portal.menu import ADMINISTRATION, DAILY, NUMBERS, OWN, Entry, entries_of, holding, register
from portal.offline.declare import any_kind
from portal.quality import rules
from portal.roles import DOMAINS


def _may_import(access) -> bool:
    return access.may("records.import") or access.may("imports.approve")


def _may_mend(access) -> bool:
    return any(access.may(rule.permission) for rule in rules)


def _may_record(access) -> bool:
    return any(access.may(ledger.edit_permission) for ledger in ledgers)


def _may_see_requests(access) -> bool:
    return access.may("records.export") or access.may("exports.approve")


def _may_ask_or_answer(access) -> bool:
    return access.may("asks.send") or access.may("asks.answer")


def _may_read_notices(access) -> bool:
    return access.may("notices.read") or access.may("notices.publish")


def _may_see_holders(access) -> bool:
    return access.may("roles.manage") or access.may("audit.read")


EXCHANGE = "导入与报送"

_figures, _exports = holding("figures.view"), holding("records.export")
register(
    Entry("街道要数", "ask-list", "inbox", _may_ask_or_answer, DAILY, 20),
    Entry("通知公告", "notice-list", "speakerphone", _may_read_notices, DAILY, 30),
    Entry("移动登记", "phone", "device-mobile", any_kind, DAILY, 40),
    Entry("指标", "figure-list", "chart", _figures, NUMBERS, 10),
    Entry(
        "导入工作簿",
        "import-workbook",
        "upload",
        holding("records.import"),
        NUMBERS,
        50,
        exact=True,
        section=EXCHANGE,
    ),
    # A batch's page belongs to the list of imports, not to the upload whose address it begins with.
    Entry(
        "我的导入",
        "import-list",
        "history",
        _may_import,
        NUMBERS,
        60,
        beneath="import-workbook",
        section=EXCHANGE,
    ),
    Entry("数据质量", "quality-list", "clipboard-check", _may_mend, NUMBERS, 70),
    Entry("空白表格", "papers", "printer", _may_record, NUMBERS, 90, section=EXCHANGE),
    Entry("报表模板", "profile-list", "file-spreadsheet", _exports, NUMBERS, 100, section=EXCHANGE),
    Entry("报送记录", "sending-list", "inbox", _exports, NUMBERS, 110, section=EXCHANGE),
    Entry(
        "号码导出申请",
        "export-request-list",
        "key",
        _may_see_requests,
        NUMBERS,
        120,
        section=EXCHANGE,
    ),
    Entry("单位", "unit-list", "building", holding("units.manage"), ADMINISTRATION, 10),
    Entry("工作日历", "work-calendar", "calendar", holding("calendar.manage"), ADMINISTRATION, 15),
    Entry("离岗交接", "handover-list", "user", holding("handover.manage"), ADMINISTRATION, 18),
    Entry("账号", "account-list", "user", holding("accounts.manage"), ADMINISTRATION, 20),
    Entry("运行状况", "running", "stethoscope", holding("units.manage"), ADMINISTRATION, 40),
    Entry("角色", "role-list", "shield", holding("roles.manage"), ADMINISTRATION, 30),
    Entry("权限一览", "holder-list", "list-check", _may_see_holders, ADMINISTRATION, 35),
    Entry("操作日志", "audit", "history", holding("audit.read"), ADMINISTRATION, 50),
    Entry("安全策略", "policy-list", "lock", holding("policies.manage"), ADMINISTRATION, 40),
    Entry("保存期限和销毁", "retention", "trash", holding("retention.manage"), ADMINISTRATION, 45),
)


def _item(title, url, icon, path):
    active = path == url or (url != "/" and path.startswith(url))
    return {"title": title, "url": url, "icon": icon, "active": active}


def _items(group, access, path) -> list[dict]:
    return [_entry_item(entry, path) for entry in entries_of(group, access)]


def _entry_item(entry: Entry, path) -> dict:
    item = _item(entry.title, reverse(entry.url), entry.icon, path)
    if entry.exact:
        item["active"] = path == item["url"]
    elif entry.beneath:
        above = reverse(entry.beneath)
        item["active"] = path.startswith(above) and path != above
    return item


def navigation_for(access, path) -> list[dict]:
    """Groups of links that this account may open; the current page's is marked active.

    The groups of departments fold, and may hold sections that fold.
    """
    if access.sees_own_alone:
        return [{"title": "", "items": _items(OWN, access, path)}]
    first = [_item("首页", reverse("home"), "home", path), *_items(DAILY, access, path)]
    groups = [{"title": "", "items": first}]
    if numbers := _numbers(access, path):
        groups.append(numbers)
    groups += _departments(access, path)
    if admin := _items(ADMINISTRATION, access, path):
        groups.append({"title": "系统管理", "items": admin})
    return groups


def _numbers(access, path) -> dict | None:
    """The figures and documents, and in a fold what comes in and goes out as files."""
    entries = entries_of(NUMBERS, access)
    if not entries:
        return None
    items = _closest([_entry_item(entry, path) for entry in entries])
    sections = {}
    for entry, item in zip(entries, items, strict=True):
        sections.setdefault(entry.section, []).append(item)
    plain = sections.pop("", [])
    return _fold("数字与总结", plain, [_fold(name, inner) for name, inner in sections.items()])


def _closest(items) -> list[dict]:
    """Of addresses that lie within each other only the longest is the current page's."""
    longest = max((len(item["url"]) for item in items if item["active"]), default=0)
    return [item | {"active": item["active"] and len(item["url"]) == longest} for item in items]


def _departments(access, path) -> list[dict]:
    """A fold for each department: its ledgers, those with a ``section`` in a fold of their own.

    Open are the folds that hold the current page; where none does, the first department's.
    """
    found, listed = [], defaultdict(dict)
    for domain, section, link in _links(access.permissions, get_script_prefix()):
        listed[domain].setdefault(section, []).append(_item(*link, path))
    for domain, title in DOMAINS.items():
        sections = listed[domain]
        items = _items(domain, access, path) + sections.pop("", [])
        if items or sections:
            folds = [_fold(name, inner) for name, inner in sections.items()]
            found.append(_fold(title, items, folds) | {"folds": True})
    if found and not any(group["open"] for group in found):
        found[0]["open"] = True
    return found


@lru_cache(maxsize=256)
def _links(held: frozenset[str], prefix: str) -> list[tuple]:
    """The ledgers that these permissions show, by department and section: the same on every page."""
    return [
        (ledger.domain, ledger.section, (ledger.title, ledger.url(), ledger.icon))
        for ledger in ledgers
        if ledger.in_menu and ledger.view_permission in held
    ]


def _fold(title, items, sections=()) -> dict:
    holds = any(item["active"] for item in items) or any(each["open"] for each in sections)
    return {"title": title, "items": items, "sections": list(sections), "open": holds}
