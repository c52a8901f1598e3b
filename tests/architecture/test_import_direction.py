"""Imports point one way (DESIGN §2): portal ← residents ← the domains, portal ← reports."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

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
    {"enums", "workflow", "validators", "id_numbers", "certificate_numbers", "life_events"},
    {"models"},
    {"permissions", "selectors"},
    {"services", "resolving", "events", "acts", "takeovers"},
    {"forms", "act_forms", "event_forms", "care_forms"},
    {"ledgers", "figures", "summaries", "worklists", "quality", "imports", "population"},
    {"views", "act_views", "care_views", "overview", "takeover_views"},
    {"urls"},
]


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
        own = layer_of(path.relative_to(ROOT / app).parts[0].removesuffix(".py"))
        if own is None:
            continue
        for module in imported_modules(path):
            parts = module.split(".")
            if parts[0] == app and len(parts) > 1:
                other = layer_of(parts[1])
                if other is not None and other > own:
                    wrong.add((str(path.relative_to(ROOT)), module))
    assert wrong == set()


def test_figures_are_counted_only_by_the_engine():
    """No page, command or summary aggregates on its own: the engine is the one place."""
    counting = {"Sum", "Avg"}
    allowed = {"portal/figures/declare.py"}
    wrong = {
        str(path.relative_to(ROOT))
        for app in APPS
        for path in sources(app)
        if "migrations" not in path.parts and str(path.relative_to(ROOT)) not in allowed
        for module in imported_modules(path)
        if module.removeprefix("django.db.models.") in counting
    }
    assert wrong == set()
