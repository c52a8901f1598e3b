"""docs/deploy/environment.md names every variable that is read, and none that is not."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DOCUMENT = ROOT / "docs/deploy/environment.md"


def read_by_settings() -> set[str]:
    """The first argument of each call of portal.env in portal/settings.py."""
    tree = ast.parse((ROOT / "portal/settings.py").read_text(encoding="utf-8"))
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
    }


def read_by_roles() -> set[str]:
    text = (ROOT / "docs/deploy/roles.sql").read_text(encoding="utf-8")
    return set(re.findall(r"\\getenv \w+ (\w+)", text))


def read_by_scripts() -> set[str]:
    """Variables that a script takes from outside when they are there: ${NAME:-…}, in capitals."""
    texts = [p.read_text(encoding="utf-8") for p in (ROOT / "script").iterdir() if p.is_file()]
    return set(re.findall(r"\$\{([A-Z_]{3,}):[-+=]", "\n".join(texts)))


def told_in(part: str) -> set[str]:
    """The names in the first column of the tables under the heading that begins with ``part``."""
    [section] = re.findall(
        rf"^## {re.escape(part)}.*?(?=^## |\Z)", DOCUMENT.read_text(encoding="utf-8"), re.M | re.S
    )
    firsts = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {name for cell in firsts for name in re.findall(r"`([A-Za-z_]+)`", cell)}


def test_every_variable_of_the_settings_is_told_and_no_other():
    assert {"SECRET_KEY", "LOG_LEVEL"} <= read_by_settings()
    assert told_in("Read by the portal") == read_by_settings()


def test_every_variable_of_the_roles_is_told_and_no_other():
    assert told_in("Read by `docs/deploy/roles.sql`") == read_by_roles()


def test_every_variable_of_the_scripts_is_told():
    told = told_in("Used by the commands") | told_in("Read by the portal")
    assert read_by_scripts() - told == set()


@pytest.mark.parametrize("name", ["shequ-workbench-web.service", "shequ-workbench-worker.service"])
def test_no_service_has_the_owners_database(name):
    lines = (ROOT / "docs/deploy" / name).read_text(encoding="utf-8").splitlines()
    environment = [line for line in lines if line.startswith("Environment")]
    assert "EnvironmentFile=/etc/shequ-workbench/web.env" in environment
    assert not any("OWNER" in line for line in environment)
