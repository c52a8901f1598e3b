"""SECURITY rows 17 and 19: what people type is shown as it was typed, and nothing of it acts."""

import io
import re
import uuid
import zipfile

import openpyxl
import pytest
from defusedxml import ElementTree

from portal.ledgers.registry import ledgers
from portal.models import RoleAssignment
from portal.neutral import unguarded
from portal.roles import Role
from tests.conftest import (
    acting_as,
    as_command,
    new_community,
    new_district,
    new_street,
    new_user,
    signed_in,
)
from tests.factories.everything import rows_of
from tests.security.hostile_texts import PIECES, PRODUCT, Page, text_for
from tests.security.hostile_world import fill, some
from tests.sharing import undone_afterwards
from tests.unmasking.world import letters_to, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("hostile-text")]
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PRINTED = ("residents", "activities")
ACTIONS = ("list", "detail", "edit", "bin", "add")
DERIVED = {("households", "address")}  # put together from the parts of the address


def posted(client, url, data, **more):
    return client.post(url, {"_key": str(uuid.uuid4())} | data, **more)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """(a browser in which somebody of every business role is signed in, what was filled)."""
    with django_db_blocker.unblock(), undone_afterwards():
        community = new_community(new_street(new_district()))
        user = new_user(Role.COMMUNITY_STAFF, community)
        with as_command():
            for role in (Role.COMMUNITY_HEAD, Role.WINDOW_CLERK):
                RoleAssignment.objects.create(
                    user=user, unit=community, role=role, valid_from="2020-01-01"
                )
        with acting_as(community):
            rows = rows_of(community, "金丝雀") | letters_to(community)
        client = signed_in(user)
        yield client, fill(rows, client, user, community, posted)


def seen(client, filled, action):
    """(slug, page) of the ledgers whose page of this name the reader may open."""
    for slug in some(filled.rows, ACTIONS.index(action)):
        record = filled.rows[slug] if action in {"detail", "edit"} else None
        answer = client.get(ledgers[slug].url(action, record))
        if answer.status_code == 200:
            yield slug, Page(answer.content.decode())


def test_the_ledgers_hold_hostile_text(world):
    _, filled = world
    held = {slug for slug, _ in {*filled.typed, *filled.put}}
    print(f"{len(filled.typed)} fields typed, {len(filled.put)} put, {len(held)} ledgers")
    for key, why in filled.refused.items():
        print(key, why)
    print("none:", filled.rows.keys() - held)
    assert len(filled.typed) > 100


@pytest.mark.parametrize("action", ACTIONS)
def test_no_page_of_a_ledger_lets_text_act(world, action):
    acting, shown, missing = {}, 0, []
    for slug, page in seen(*world, action):
        shown += 1
        if page.acting:
            acting[slug] = page.acting
        for (of, name), text in world[1].typed.items():
            if of != slug or (of, name) in DERIVED:
                continue
            shown_again = page.values.get(name, "").strip()
            if action == "edit" and "***" not in shown_again and shown_again != text:
                missing.append((slug, name, shown_again))
            if action == "detail" and text not in page.text:
                missing.append((slug, name))
    print(f"{action}: {shown} pages", missing)
    assert acting == {}
    assert shown > 15
    assert len(missing) <= (len(world[1].typed) // 10 if action == "detail" else 0)


def test_what_is_searched_for_is_shown_as_it_was_typed(world):
    client, filled = world
    acting = {}
    for number, piece in enumerate(PIECES[::2]):
        slug = list(filled.rows)[number]
        found = client.post("/search/", {"q": piece}, follow=True)  # a sole match opens at once
        listed = client.post("/ledger/residents/", {"q": piece}, follow=True)
        answers = [
            found,
            listed,
            client.post(f"/ledger/{slug}/pick/", {"q": piece}),
            client.get(f"/ledger/{slug}/", {"period": piece, "sort": piece, "page": piece}),
        ]
        for answer in answers:
            assert answer.status_code == 200, (slug, piece, answer.request["PATH_INFO"])
            if told := Page(answer.content.decode()).acting:
                acting[piece, answer.request["PATH_INFO"]] = told
        assert found.redirect_chain or f"查找“{piece}”" in Page(found.content.decode()).text
        assert Page(listed.content.decode()).values["q"] == piece
    assert acting == {}


def test_what_is_refused_is_shown_again_as_it_was_typed(world):
    """A form with errors, a form after somebody else saved: both show what was typed."""
    client, filled = world
    name = text_for(0, None)
    row = filled.rows["visits"]
    data = {"content": name, "visitor": name, "occurred_on": name, "resident": "", "version": "1"}
    for url in ("/ledger/visits/add/", f"/ledger/visits/{row.pk}/edit/"):
        answer = posted(client, url, data | {"resident_text": name})
        page = Page(answer.content.decode())
        assert (answer.status_code, page.acting) == (200, [])
        assert page.values["content"].strip() == name


# --- files --------------------------------------------------------------------------------------
def cells_of(content: bytes):
    """(formulas, links out, what is no plain type, texts) of all sheets of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = book.namelist()
        sheets = [
            ElementTree.fromstring(book.read(n)) for n in names if n.startswith("xl/worksheets/s")
        ]
        links = [n for n in names if "externalLink" in n]
        links += [n for n in names if n.endswith(".rels") and b"External" in book.read(n)]
    formulas = [each for sheet in sheets for each in sheet.iter(f"{SHEET}f")]
    kinds = {each.get("t") for sheet in sheets for each in sheet.iter(f"{SHEET}c")}
    texts = [
        (cell.value, cell.data_type, cell.quotePrefix)
        for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if isinstance(cell.value, str)
    ]
    return formulas, links, kinds - {None, "s", "inlineStr"}, texts


def test_no_cell_of_an_export_is_a_formula(world):
    """The text is in the file as it was typed, behind an apostrophe where it begins like a formula."""
    client, filled = world
    wrong, files, hostile, whole = {}, 0, 0, set()
    for slug in {"visits", *some(filled.rows, 5)}:
        answer = posted(client, ledgers[slug].url("export"), {"columns": "all"})
        if answer.status_code != 200 or not answer.content.startswith(b"PK"):
            continue
        files += 1
        formulas, links, kinds, texts = cells_of(answer.content)
        if formulas or links or kinds:
            wrong[slug] = (formulas, links, kinds)
        for value, kind, quoted in texts:
            if any(piece in value for piece in PIECES):
                hostile += 1
                if kind != "s" or not quoted or re.match("[=@+-]", value):
                    wrong[slug, value] = kind, quoted
                whole.add(unguarded(value))
    typed = {*filled.typed.values(), *filled.put.values()}
    print(f"{files} workbooks, {hostile} hostile cells, {len(whole & typed)} whole of {len(typed)}")
    assert wrong == {}
    assert files > 20
    assert len(whole & typed) > 20


@pytest.mark.parametrize("slug", PRINTED)
def test_a_printed_register_shows_text_as_it_is(world, slug):
    client, filled = world
    answer = posted(client, ledgers[slug].url("export"), {"columns": "all", "format": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    printed = "".join(text_of(answer).split())
    shown = [
        text for (of, _), text in {**filled.typed, **filled.put}.items()
        if of == slug and "".join(text.split()) in printed
    ]  # fmt: skip
    assert shown
    assert PRODUCT not in printed
