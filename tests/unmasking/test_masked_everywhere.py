"""No list, page, file or picker shows a whole number of a person (SECURITY row 28)."""

import re
import time
import uuid

import pytest

from portal.ledgers.registry import ledgers
from portal.models import RoleAssignment
from portal.roles import Role
from tests.architecture.test_urls import ALL
from tests.conftest import as_command
from tests.factories.everything import rows_of
from tests.security.asking import bare_refusals, without_frame
from tests.unmasking.world import canaries, fill_gaps, finder, letters_to, sealed_numbers, text_of

HEAVY = {"logout", "styleguide"}  # ends the session; shows invented numbers


@pytest.fixture
def reader(make_user, community, street):
    """Somebody who may see and do all that business knows, here and in the street."""
    user = make_user(Role.COMMUNITY_STAFF, community)
    with as_command():
        for role in (Role.COMMUNITY_HEAD, Role.WINDOW_CLERK):
            RoleAssignment.objects.create(
                user=user, unit=community, role=role, valid_from="2020-01-01"
            )
    return user


@pytest.fixture
def world(acting, community):
    """(rows by ledger, every number stored)."""
    with acting(community):
        rows = rows_of(community, "金丝雀") | letters_to(community)
        fill_gaps()
        return rows, canaries()


def filled(route: str, **values) -> str:
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values.get(match[1], 1)), route)


EVERY_LEDGER = {"ledger-list", "ledger-detail", "ledger-edit", "ledger-unmask"}  # show values


def addresses(rows):
    """For each URL of the table the addresses that it may mean, of which one is enough; what shows the
    values of a ledger, for every ledger. Blank papers and the like are the same for all."""
    for name, (_, route) in sorted(ALL.items()):
        if name in HEAVY:
            continue
        if "<slug:slug>" in route and route.startswith("ledger/"):
            for slug, row in rows.items():
                if name in EVERY_LEDGER or slug == "residents":
                    fields = ledgers[slug].unmaskable if "<slug:field>" in route else ("",)
                    for field in fields:
                        yield [filled(route, slug=slug, pk=row.pk, field=field)]
        elif "<int:pk>" in route:
            app = route.split("/")[0]
            meant = {row.pk for row in rows.values() if row._meta.app_label == app}
            yield [filled(route, pk=pk) for pk in sorted(meant) or [1]]
        else:
            yield [filled(route)]


def test_no_page_or_file_shows_a_whole_number(client_of, reader, world):
    rows, numbers = world
    found, client = finder(numbers), client_of(reader)
    leaks, asked, shown, began = {}, 0, 0, time.monotonic()
    with bare_refusals(), without_frame():
        for candidates in addresses(rows):
            for url in candidates:
                answer = client.get(url)
                asked += 1
                if answer.status_code == 200:
                    shown += 1
                    for number in found(text_of(answer)):
                        leaks.setdefault(numbers[number], []).append(url)
                    break
    seconds = time.monotonic() - began
    columns = len(set(numbers.values()))
    print(
        f"{asked} addresses, {shown} shown, {len(numbers)} numbers of {columns} columns, {seconds:.0f} s"
    )
    assert shown > 350
    assert leaks == {}


def test_what_is_posted_to_find_and_take_shows_masks_alone(client_of, reader, world):
    rows, numbers = world
    found, client = finder(numbers), client_of(reader)
    leaks, asked = {}, 0
    for slug in rows:
        answers = [client.post(f"/ledger/{slug}/pick/", {"q": "金丝雀"})]
        if any(column.masked for column in ledgers[slug].all_columns):
            sent = {"_key": str(uuid.uuid4())}
            answers += [
                client.post(f"/ledger/{slug}/", {"q": "金丝雀"}, follow=True),
                client.post(f"/ledger/{slug}/export/", sent),
                client.post(f"/ledger/{slug}/export/", sent | {"format": "pdf"}),
            ]
        asked += len(answers)
        for answer in answers:
            for number in found(text_of(answer)):
                leaks.setdefault(numbers[number], []).append(answer.request["PATH_INFO"])
    for words in ("金丝雀", "jsq", next(iter(numbers))):
        body = text_of(client.post("/search/", {"q": words}))
        for number in found(body.replace(words, "")):
            leaks.setdefault(numbers[number], []).append("/search/")
    print(f"{asked} answers, {len(numbers)} numbers")
    assert leaks == {}


def test_the_finder_finds_what_it_looks_for(client_of, reader, world, acting):
    """The control: a number on a page would be seen, cut by blanks or not."""
    _, numbers = world
    missing = {f"{m._meta.label_lower}.{f.name}" for m, f in sealed_numbers()} - {*numbers.values()}
    assert missing == set()
    number = next(iter(numbers))
    found = finder(numbers)
    assert found(f"<td>{number}</td>") == {number}
    assert found(f"{number[:3]} {number[3:7]} {number[7:]}") == {number}


def test_a_record_is_changed_without_its_numbers_being_sent(acting, client_of, reader, world):
    rows, _ = world
    person, client = rows["residents"], client_of(reader)
    with acting(reader):
        person.refresh_from_db()
    page = client.get(f"/ledger/residents/{person.pk}/edit/")
    form = page.context["form"]
    sent = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    assert sent["id_number"] == person.masked_id
    sent |= {"note": "改了备注", "_key": str(uuid.uuid4()), "version": form.instance.version}
    answer = client.post(f"/ledger/residents/{person.pk}/edit/", sent)
    assert answer.status_code == 302, answer.context["form"].errors
    with acting(reader):
        after = type(person).objects.get(pk=person.pk)
    assert (after.note, after.id_number, after.phone) == (
        "改了备注",
        person.id_number,
        person.phone,
    )
