"""Imports point one way (DESIGN §2): portal ← residents ← the domains, portal ← reports."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

ROOT = Path(settings.BASE_DIR)
APPS = {"portal", "residents", "disability", "servicecenter", "volunteers", "sanitation", "reports"}
MAY_IMPORT = {
    "portal": set(),
    "residents": {"portal"},
    "disability": {"portal", "residents"},
    "servicecenter": {"portal", "residents"},
    "volunteers": {"portal", "residents"},
    "sanitation": {"portal", "residents"},
    "reports": {"portal"},
}
# Within an app a file imports only from files to its left (STYLE, "Imports").
LAYERS = [
    {
        "ages",
        "enums",
        "ethnic_groups",
        "workflow",
        "validators",
        "clock",
        "application_workflow",
        "id_numbers",
        "certificate_numbers",
        "life_events",
        "plan_library",
        "catalogue_seed",
        "checklist_seed",
        "rubric_templates",
        "marking",
        "drawing",
        "scoring",
    },
    {"models"},
    {"selectors", "marked"},
    {
        "services",
        "resolving",
        "resolving_activities",
        "resolving_actions",
        "events",
        "acts",
        "takeovers",
        "holding_bases",
        "holdings",
        "data_requests",
    },
    {
        "forms",
        "act_forms",
        "event_forms",
        "care_forms",
        "service_forms",
        "outside_forms",
        "people_field",
        "people_ticks",
    },
    {
        *("ledgers", "figures", "service_figures", "request_figures", "population", "summaries"),
        *("worklists", "quality", "imports", "finders", "checklists", "redating"),
        "sealed",
        *("tours", "examples", "boards", "retention", "offline", "notifications", "told_before"),
        "people_named",
        "crossings",
        "handover",
        "notifications",
    },
    {"duplicates"},  # a slice with services and pages of its own
    {
        *("views", "act_views", "care_views", "overview", "printing", "takeover_views"),
        *("request_papers", "request_views"),
    },
    {"urls", "public_urls", "menu", "tasks"},
    {"demo", "management"},
]
BESIDE = {"__init__", "apps", "migrations"}  # of Django's own making


def imported_modules(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def sources(app: str) -> list[Path]:
    return sorted(path for path in (ROOT / app).rglob("*.py"))


@pytest.mark.parametrize("app", sorted(APPS))
def test_app_imports_only_what_stands_below_it(app):
    wrong = {
        (str(path.relative_to(ROOT)), module)
        for path in sources(app)
        for module in imported_modules(path)
        if (top := module.split(".")[0]) in APPS - {app} and top not in MAY_IMPORT[app]
    }
    assert wrong == set()


def layer_of(name: str) -> int | None:
    return next((level for level, names in enumerate(LAYERS) if name in names), None)


@pytest.mark.parametrize("app", sorted(APPS - {"portal", "reports"}))
def test_files_of_an_app_import_only_leftwards(app):
    wrong = set()
    for path in sources(app):
        name = path.relative_to(ROOT / app).parts[0].removesuffix(".py")
        if name in BESIDE:
            continue
        own = layer_of(name)
        assert own is not None, f"{path}: which layer is it of?"
        for module in imported_modules(path):
            parts = module.split(".")
            if parts[0] == app and len(parts) > 1:
                other = layer_of(parts[1])
                if other is not None and other > own:
                    wrong.add((str(path.relative_to(ROOT)), module))
    assert wrong == set()


def test_portal_knows_nothing_of_the_office_above_it():
    """``portal.office`` is an app of its own: taken out, the rest of portal stands."""
    wrong = {
        (str(path.relative_to(ROOT)), module)
        for path in sources("portal")
        if path.relative_to(ROOT).parts[1] != "office"
        for module in imported_modules(path)
        if module.startswith("portal.office")
    }
    assert wrong == set()


def names_of_pages(resolver, app="portal") -> set[tuple[str, str]]:
    """(URL name, app whose urls.py declares it) of all pages, as deep as the includes go."""
    found = set()
    for each in resolver.url_patterns:
        if hasattr(each, "url_patterns"):
            module = getattr(each.urlconf_module, "__name__", app)
            found |= names_of_pages(each, module.split(".")[0])
        elif each.name:
            found.add((each.name, app))
    return found


def test_portal_names_no_page_of_an_app_above_it():
    """The menu, the home page and the search box learn of pages from declarations of the apps."""
    above = {name for name, app in names_of_pages(get_resolver()) if app in APPS - {"portal"}}
    assert above
    named = {
        (str(path.relative_to(ROOT)), node.value)
        for path in sources("portal")
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and node.value in above
    }
    assert named == set()


def test_figures_are_counted_only_by_the_engine():
    """No page, command or summary aggregates on its own: the engine is the one place. Declarations of
    figures are read by it; whether the marks of a rubric add up is no number that is told, and how many rows
    somebody took along tells of the looker, not of the work."""
    counting = {"Sum", "Avg"}
    allowed = {
        str(path.relative_to(ROOT))
        for app in APPS
        for path in sources(app)
        if "figures" in path.parts
    } | {"sanitation/quality/inspections.py", "portal/audit/signs.py"}
    wrong = {
        str(path.relative_to(ROOT))
        for app in APPS
        for path in sources(app)
        if "migrations" not in path.parts and str(path.relative_to(ROOT)) not in allowed
        for module in imported_modules(path)
        if module.removeprefix("django.db.models.") in counting
    }
    assert wrong == set()
