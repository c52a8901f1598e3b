"""The documents speak of files that exist, quote code as it stands, and agree in both languages."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
QUOTE = re.compile(r"^```python\n# (\S+)\n(.*?)^```$", re.M | re.S)
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(
    r"`((?:portal|residents|disability|reports|tests|script|docs|templates)/[\w/.-]+)`"
)
LARGEST_IMAGE = 300_000


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def headings(text: str) -> set[str]:
    """The anchors of a document's headings, as they stand behind # in a link."""
    found = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_links_lead_to_files_and_headings_that_exist(document):
    broken = []
    for link in LINK.findall(text_of(document)):
        target, _, anchor = link.partition("#")
        path = (document.parent / target).resolve() if target else document
        missing = not path.exists()
        if missing or (anchor and anchor not in headings(text_of(path))):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_files_that_a_document_names_exist(document):
    paths = PATH.findall(text_of(document))
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_quoted_code_stands_in_the_file_that_it_names(document):
    quotes = QUOTE.findall(text_of(document))
    assert [path for path, code in quotes if code not in text_of(ROOT / path)] == []


def test_decisions_are_numbered_in_order_and_bear_their_number():
    decisions = sorted((ROOT / "docs/adr").glob("*.md"))
    borne = [text_of(path).partition(".")[0].removeprefix("# ") for path in decisions]
    assert borne == [str(number) for number in range(1, len(decisions) + 1)]
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))


def test_references_to_a_decision_bear_the_number_of_the_file_they_lead_to():
    reference = re.compile(r"\[ADR\s+(\d+)\]\(adr/(\d{4})-")
    pairs = [pair for path in DOCUMENTS for pair in reference.findall(text_of(path))]
    assert pairs
    assert [pair for pair in pairs if int(pair[0]) != int(pair[1])] == []


def test_the_howto_quotes_the_sample_app():
    quoted = {path for path, _ in QUOTE.findall(text_of(ROOT / "docs/howto-ledger.md"))}
    names = ("models", "ledgers", "figures", "summaries")
    assert quoted == {f"tests/sampleapp/{name}.py" for name in names}


def test_both_readmes_have_the_same_parts_commands_and_pictures():
    english, chinese = text_of(ROOT / "README.md"), text_of(ROOT / "README.zh-CN.md")
    for pattern in (r"^(#+) ", r"^```[\s\S]*?^```$", r"^(- |\* |\d+\. |\|)", r"\]\((docs/[^)]+)\)"):
        assert re.findall(pattern, english, re.M) == re.findall(pattern, chinese, re.M)


def test_pictures_are_small_and_all_are_shown():
    pictures = sorted((ROOT / "docs/images").rglob("*.*"))
    shown = {
        (document.parent / link).resolve()
        for document in DOCUMENTS
        for link in LINK.findall(text_of(document))
    }
    assert [named(p) for p in pictures if p not in shown or p.stat().st_size > LARGEST_IMAGE] == []
