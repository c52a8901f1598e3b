"""The side menu: today's work, figures and summaries, the ledgers by domain, administration."""

from django.urls import reverse

from portal.ledgers.registry import ledgers
from portal.quality import rules
from portal.roles import DOMAINS

ADMINISTRATION = (
    ("关爱类别", "care-kind-list", "heart", "care_kinds.manage"),
    ("单位", "unit-list", "building", "units.manage"),
    ("账号", "account-list", "user", "accounts.manage"),
    ("角色", "role-list", "shield", "roles.manage"),
)

OVERVIEWS = {"office": ("概览", "office-overview", "list-details")}


def _item(title, url, icon, path):
    active = path == url or (url != "/" and path.startswith(url))
    return {"title": title, "url": url, "icon": icon, "active": active}


def _mine(path) -> dict:
    """A batch's page belongs to the list of imports, not to the upload whose address it begins with."""
    item = _item("我的导入", reverse("import-list"), "history", path)
    upload = reverse("import-workbook")
    return item | {"active": path.startswith(upload) and path != upload}


def navigation_for(access, path) -> list[dict]:
    """Groups of links that this account may open; the current page's is marked active.

    The groups of departments fold, and may hold sections that fold.
    """
    groups = [{"title": "", "items": [_item("首页", reverse("home"), "home", path)]}]
    numbers = []
    if access.may("figures.view"):
        numbers.append(_item("指标", reverse("figure-list"), "chart", path))
        numbers.append(_item("各社区数字", reverse("figure-street"), "table", path))
        if access.may("residents.view"):
            numbers.append(_item("人口概况", reverse("population"), "chart-bar", path))
        numbers.append(_item("工作总结", reverse("summary-list"), "file-text", path))
    if access.may("records.import"):
        upload = reverse("import-workbook")
        item = _item("导入工作簿", upload, "upload", path)
        numbers.append(item | {"active": path == upload})
    if access.may("records.import") or access.may("imports.approve"):
        numbers.append(_mine(path))
    if any(access.may(rule.permission) for rule in rules):
        numbers.append(_item("数据质量", reverse("quality-list"), "clipboard-check", path))
    if access.may("duplicates.decide"):
        numbers.append(_item("重复居民", reverse("duplicate-list"), "users", path))
    if any(access.may(ledger.edit_permission) for ledger in ledgers):
        numbers.append(_item("空白表格", reverse("papers"), "printer", path))
    if access.may("records.export"):
        numbers.append(_item("报表模板", reverse("profile-list"), "file-spreadsheet", path))
        numbers.append(_item("报送记录", reverse("sending-list"), "inbox", path))
    if access.may("records.export") or access.may("exports.approve"):
        numbers.append(_item("号码导出申请", reverse("export-request-list"), "key", path))
    if numbers:
        groups.append({"title": "数字与总结", "items": _closest(numbers)})
    groups += _departments(access, path)
    admin = [
        _item(title, reverse(name), icon, path)
        for title, name, icon, permission in ADMINISTRATION
        if access.may(permission)
    ]
    if admin:
        groups.append({"title": "系统管理", "items": admin})
    return groups


def _closest(items) -> list[dict]:
    """Of addresses that lie within each other only the longest is the current page's."""
    longest = max((len(item["url"]) for item in items if item["active"]), default=0)
    return [item | {"active": item["active"] and len(item["url"]) == longest} for item in items]


def _departments(access, path) -> list[dict]:
    """A fold for each department: its ledgers, those with a ``section`` in a fold of their own.

    Open are the folds that hold the current page; where none does, the first department's.
    """
    found = []
    for domain, title in DOMAINS.items():
        items, sections = [], {}
        for ledger in ledgers:
            shown = ledger.domain == domain and ledger.in_menu
            if shown and access.may(ledger.view_permission):
                item = _item(ledger.title, ledger.url(), ledger.icon, path)
                sections.setdefault(ledger.section, []).append(item)
        items = sections.pop("", [])
        if domain in OVERVIEWS and access.may(f"{domain}.view"):
            name, view, icon = OVERVIEWS[domain]
            overview = _item(name, reverse(view), icon, path)
            items.insert(0, overview | {"active": path == overview["url"]})
        if items or sections:
            folds = [_fold(name, inner) for name, inner in sections.items()]
            found.append(_fold(title, items, folds) | {"folds": True})
    if found and not any(group["open"] for group in found):
        found[0]["open"] = True
    return found


def _fold(title, items, sections=()) -> dict:
    holds = any(item["active"] for item in items) or any(each["open"] for each in sections)
    return {"title": title, "items": items, "sections": list(sections), "open": holds}
