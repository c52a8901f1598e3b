"""docs/glossary.md names everything that the code names, and nothing twice (DESIGN §6)."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models.enums import Choices

from portal.ledgers.registry import ledgers
from portal.roles import Role

ROOT = Path(settings.BASE_DIR)
OURS = {"portal", "residents", "disability", "servicecenter", "volunteers", "sanitation", "reports"}


@pytest.fixture(scope="module")
def rows():
    """The cells of each row: Chinese, English, code, meaning."""
    lines = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [[c.strip() for c in line.strip("|").split("|")] for line in lines if line[:1] == "|"]
    return [row for row in cells if row[0] != "Chinese" and set(row[0]) != {"-"}]


@pytest.fixture(scope="module")
def code(rows):
    """The code words of all rows."""
    return {word for row in rows for word in re.findall(r"`([^`]+)`", row[2])}


def is_ours(a_class) -> bool:
    return a_class.__module__.partition(".")[0] in OURS


def pick_lists(of=Choices) -> set[str]:
    own = {of.__qualname__} if is_ours(of) else set()
    return own.union(*(pick_lists(sub) for sub in of.__subclasses__()))


def repeated(words: list[str]) -> set[str]:
    return {word for word in words if words.count(word) > 1}


def test_every_row_has_four_cells(rows):
    assert [row for row in rows if len(row) != 4 or not all(row)] == []


def test_every_model_is_in_the_glossary(code):
    models = {model.__name__ for model in apps.get_models() if is_ours(model)}
    assert "Visit" in models
    assert models - code == set()


def test_every_pick_list_is_in_the_glossary(code):
    found = pick_lists()
    assert "VisitMode" in found
    assert found - code == set()


def test_every_role_is_in_the_glossary_by_its_label(rows):
    labels = {role.label for role in Role}
    assert labels - {row[0] for row in rows} == set()


def test_every_ledger_is_in_the_glossary_by_title_and_slug(rows):
    told = {(row[0], slug) for row in rows for slug in re.findall(r"(?<!\*)\*([a-z-]+)\*", row[2])}
    declared = {(ledger.title, ledger.slug) for ledger in ledgers if is_ours(type(ledger))}
    assert told == declared


def test_no_word_stands_twice(rows):
    assert repeated([row[0] for row in rows]) == set()
    assert repeated([row[1] for row in rows]) == set()
