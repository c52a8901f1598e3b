"""SECURITY row 21, and the version floors: what may not stand in the code, read from the code itself."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

BASE = settings.BASE_DIR
APPS = ("portal", "residents", "disability", "servicecenter", "volunteers", "sanitation", "reports")
# SQL or markup that the code puts together itself, each read by a reviewer: file → why it is safe.
MARKED_SAFE = {
    "portal/ledgers/forms.py": "what Django's own form templates rendered, which escape",
    "portal/templatetags/charts.py": "SVG by an XML writer; JSON with <, > and & escaped",
    "reports/output/html.py": "our own style sheet, read from static/",
}
SQL_BY_PARTS = {
    "portal/scope.py": "only repeats of set_config(%s, %s, true)",
    "portal/asked_together.py": "compiled by Django, with parameters",
    "portal/counted_together.py": "compiled by Django, with parameters",
    "portal/public_functions.py": "names of functions written in the code",
    "portal/workcalendar/holding.py": "one of two lock functions written in the code",
    "portal/figures/cells/folding.py": "names of columns of our own models and SQL compiled by Django",
    "portal/figures/cells/reading.py": "the same; keys, units and days are parameters",
    "residents/selectors.py": "one of three functions of the wall, its words are parameters",
}
# Parts of a query that the ORM has no word for.
RAW = {
    "portal/figures/cells/asking.py": "an alias of our own for each figure",
    "portal/ledgers/paging.py": "a query compiled by the ORM, once for each unit",
    "residents/selectors.py": "keys from a function of the wall; its words are parameters",
}
# Names of tables from the database's own catalogue, in commands and in what the owner role runs.
OF_THE_CATALOGUE = {"portal/demo/clearing.py", "portal/wall"}
SQL = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|SAVEPOINT)\s", re.IGNORECASE)
FLOORS = {"django": (5, 2, 19), "weasyprint": (70, 0), "pillow": (13,), "defusedxml": (0, 7)}


def sources():
    for app in APPS:
        for path in sorted((BASE / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(BASE)), path.read_text()


SOURCES = dict(sources())


def files_with(pattern: str) -> set[str]:
    return {name for name, source in SOURCES.items() if re.search(pattern, source)}


def test_no_query_is_written_past_the_orm():
    assert files_with(r"\.extra\(|\.raw\(") == set()
    assert files_with(r"RawSQL\(") == RAW.keys()


def test_markup_is_called_safe_only_where_it_was_reviewed():
    assert files_with(r"mark_safe\((?!\)| *$)") == MARKED_SAFE.keys()
    assert len(MARKED_SAFE) <= 5


def test_no_template_switches_escaping_off():
    found = [
        f"{path.relative_to(BASE)}: {match[0]}"
        for path in sorted((BASE / "templates").rglob("*.html"))
        for match in re.finditer(r"\|\s*safe(seq)?\b|autoescape off|\{% *debug", path.read_text())
    ]
    assert found == []


def _is_sql(node) -> bool:
    """An f-string with a placeholder whose fixed parts are SQL."""
    fixed = "".join(v.value for v in node.values if isinstance(v, ast.Constant))
    return bool(SQL.match(fixed.lstrip())) and any(
        isinstance(v, ast.FormattedValue) for v in node.values
    )


def test_sql_is_put_together_only_where_it_was_reviewed():
    found = {
        name
        for name, source in SOURCES.items()
        if not any(name.startswith(each) for each in OF_THE_CATALOGUE)
        and any(isinstance(n, ast.JoinedStr) and _is_sql(n) for n in ast.walk(ast.parse(source)))
    }
    assert found == SQL_BY_PARTS.keys()
    assert len(SQL_BY_PARTS) <= 8


# Reviewed: jobs come by a pipe from the process that started it; answers, which saw users' text, are JSON.
UNPICKLED = {"portal/pdf/renderer.py"}


def test_nothing_is_evaluated_or_unpickled():
    forbidden = {"eval", "exec", "compile", "__import__"}
    found = [
        f"{name}:{node.lineno}"
        for name, source in SOURCES.items()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id in forbidden)
            or ast.unparse(node.func) in {"yaml.load", "marshal.loads", "os.system"}
            or (ast.unparse(node.func) == "pickle.loads" and name not in UNPICKLED)
        )
    ]
    assert found == []


def test_no_text_is_compiled_as_a_template():
    assert (
        files_with(
            r"from (django\.template|string|jinja2) import .*\b(Template|engines)\b|\bfrom_string\("
        )
        == set()
    )


def test_request_data_is_never_spread_into_a_query():
    """``filter(**request.GET)`` would let a stranger name lookups (CVE-2025-64459)."""
    assert files_with(r"\*\*(self\.)?request\.(GET|POST)|\*\*dict\((self\.)?request\.") == set()


def test_every_ignored_warning_has_a_reason():
    bare = [
        f"{name}: {line.strip()}"
        for name, source in SOURCES.items()
        for line in source.splitlines()
        if re.search(r"# nosec(?! B\d+ +\S)", line)
    ]
    assert bare == []


@pytest.mark.parametrize("package", FLOORS)
def test_the_lock_keeps_the_version_floor(package):
    lock = (BASE / "requirements.lock").read_text()
    found = re.search(rf"(?m)^{package}(?:\[[\w,]+\])?==([\d.]+)", lock)
    assert found, f"{package} is not in the lock"
    assert tuple(map(int, found[1].split("."))) >= FLOORS[package]


def test_bandit_looks_at_all_code():
    told = tomllib.loads(Path(BASE / "pyproject.toml").read_text())["tool"]["bandit"]
    assert set(told["exclude_dirs"]) <= {"tests", "var", "node_modules", ".venv"}
    assert set(told["skips"]) <= {"B101", "B308", "B311", "B608", "B703"}
