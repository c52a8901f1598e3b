"""SECURITY row 20: malformed requests break nothing, hang nowhere and store nothing that is against a rule.

``script/test`` without arguments sends 10,000, ``script/fuzz`` as many as one likes: FUZZ_REQUESTS from FUZZ_FIRST on,
or FUZZ_ONLY, with FUZZ_SEED; each part adds its figures to FUZZ_FIGURES. Where only some tests are asked for, the
controls alone run: they show that the fuzz is able to fail.
"""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from residents.models import Resident
from tests.security.composing import PARTS, routes_of
from tests.security.fuzz_world import begin_numbers_anew, new_world, undone
from tests.security.fuzzing import Fuzz
from tests.security.routes import Route
from tests.security.stored import broken_rows
from tests.sharing import undone_afterwards

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", 0))
SEED = os.environ.get("FUZZ_SEED", "20")
ONLY = os.environ.get("FUZZ_ONLY")
FIGURES = os.environ.get("FUZZ_FIGURES")
FIRST = int(os.environ.get("FUZZ_FIRST", 0))
SHOWN = 20  # faults that a failure tells
GROUPS = [pytest.mark.xdist_group(f"fuzz-{part}") for part in range(PARTS)]  # a core for each
pytestmark = [pytest.mark.django_db, GROUPS[1]]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        begin_numbers_anew()
        with undone_afterwards():
            yield new_world()


@pytest.mark.skipif(
    REQUESTS == 0, reason="minutes of both cores: sent by script/fuzz and by a run of all tests"
)
@pytest.mark.parametrize("part", [pytest.param(n, marks=GROUPS[n]) for n in range(PARTS)])
def test_malformed_requests_break_nothing(world, part):
    numbers = range(FIRST + part, FIRST + REQUESTS, PARTS)
    if ONLY is not None:
        numbers = [number for number in map(int, ONLY.split(",")) if number % PARTS == part]
    kept = Path(f"{FIGURES}.pages{part}") if FIGURES else None
    figures = Fuzz(world, SEED).run(numbers, routes_of(part), kept)
    print(figures)
    keep(figures)
    assert figures.faults == [], "\n\n".join(figures.faults[:SHOWN])
    if ONLY is None:
        assert {200, 302, 400, 404} <= figures.by_status.keys()
        assert figures.stored >= figures.requests / 100


def test_the_world_itself_could_be_committed(world):
    assert world.refused == ""


def keep(figures) -> None:
    if FIGURES:
        told = vars(figures) | {"routes": sorted(figures.routes)}
        told |= {"routes_accepting": sorted(figures.routes_accepting), "text": str(figures)}
        with Path(FIGURES).open("a") as file:
            file.write(json.dumps(told) + "\n")


# --- the controls: the fuzz is able to fail -----------------------------------------------------
@pytest.fixture
def planted(settings, world):
    """``planted(name)``: what the fuzz finds on that page of ``planted.py``."""
    settings.ROOT_URLCONF = "tests.security.planted"

    def faults_of(name, **more):
        route = Route(f"planted-{name}", f"planted/{name}/", None)
        empty = replace(world, rows={})  # of rows no page is asked for
        return "\n".join(Fuzz(empty, SEED, **more).run(range(80), [route]).faults)

    return faults_of


def test_a_view_that_falls_over_nul_is_found(planted):
    assert "planted: NUL" in planted("falls")


def test_a_view_that_stores_control_characters_is_found(planted):
    assert "stored: residents_resident.note" in planted("stores")


def test_a_view_that_takes_too_long_is_found(planted):
    assert "took" in planted("falls", slowest=0.0)


@pytest.mark.parametrize(
    ("fields", "column"),
    [({"sex": 7}, "sex"), ({"education": "zz"}, "education"), ({"id_faults": ["zz"]}, "id_faults")],
)
def test_a_choice_that_is_not_of_its_list_is_found(world, fields, column):
    with undone(), world.seen():
        Resident.objects.filter(pk=world.rows["residents"].pk).update(**fields)
        assert f"residents_resident.{column}" in "\n".join(broken_rows({"residents_resident"}))


def test_a_number_with_a_wrong_check_digit_is_found(world):
    with undone(), world.seen():
        person = Resident.objects.get(pk=world.rows["residents"].pk)
        number = f"11010119900307123{'0' if person.id_number[-1] != '0' else '1'}"
        Resident.objects.filter(pk=person.pk).update(id_number=number, id_faults=[])
        assert "check digit" in "\n".join(broken_rows({"residents_resident"}))
