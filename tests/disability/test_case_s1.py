"""S1 (domain §7): the workbook of a community's year, and what the figures make of it."""

import io
import json

import pytest
from django.core.management import call_command
from django.test import Client

from portal.figures import engine
from portal.models import User
from portal.periods import Period
from portal.scope import access_of
from residents.models import Visit
from tests.disability.casework import load, told_once

# On one worker: the case is loaded once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("s1")]

YEAR = Period.parse("2025")
told = told_once("s1", "A", "2025")
FACTS = {
    "disability.registered": 60,
    "disability.holders": 55,
    "disability.visits": 192,
    "disability.visits_home": 129,
    "disability.visits_phone": 63,
    "disability.visited_persons": 56,
    "disability.visited_registered": 56,
    "disability.insurance": 5,
    "disability.insurance_approved": 4,
    "disability.insurance_pending": 1,
    "disability.assistance": 1,
    "disability.assistance_amount": 500,
    "disability.assistance_without_amount": 0,
    "disability.trainings": 2,
    "disability.trainees": 3,
    "disability.family_trainees": 1,
    "disability.training_person_times": 4,
    "disability.activities": 1,
    "disability.consultations": 86,
    "disability.handouts": 200,
    "handouts.quantity": 200,
    "residents.registered": 71,
    "residents.households": 58,
}


@pytest.fixture(scope="module")
def loaded(told):
    return told.printed


@pytest.fixture
def within(told):
    with told.within() as units:
        yield units


def test_case_prints_its_findings_and_then_its_unit(loaded):
    assert loaded[-1] == "449902001001"
    assert not [line for line in loaded if line.startswith(("错误", "提示"))]
    assert "残疾人走访：新增 192，修改 0，未变动 0，有误 0" in loaded


def test_figures_tell_the_facts_of_s1(within):
    told = {code: engine.read(code, within, YEAR).value for code in FACTS}
    assert told == FACTS


def test_coverage_is_told_with_its_terms(within):
    coverage = engine.read("disability.visit_coverage", within, YEAR)
    assert (coverage.numerator.value, coverage.denominator.value) == (56, 60)
    assert coverage.full == "93.3%（56/60）"


def test_every_month_has_visits_and_the_months_make_the_year(within):
    months = [reading.value for _, reading in engine.by_month("disability.visits", within, YEAR)]
    assert months == [17, 15, 16, 15, 18, 16, 16, 16, 16, 15, 16, 16]


def test_loaded_again_changes_nothing(loaded, within):
    before = list(Visit.objects.order_by("pk").values())

    again = load("s1")

    assert again[-1] == loaded[-1]
    assert [line for line in again[:-1] if "新增 0，修改 0" not in line] == []
    assert list(Visit.objects.order_by("pk").values()) == before


def test_records_are_those_of_an_account_that_nobody_can_sign_in_to(within):
    account = User.objects.get(username="case-s1")
    assert not account.has_usable_password()
    assert not Client().login(username="case-s1", password="")
    assert set(Visit.objects.values_list("recorded_by", flat=True)) == {account.pk}
    assert access_of(account).all_units == within


def test_json_of_the_command_tells_the_same(loaded):
    out = io.StringIO()
    call_command("figures", unit=loaded[-1], period="2025", format="json", stdout=out)
    told = json.loads(out.getvalue())
    values = {each["code"]: each["value"] for each in told["figures"]}
    assert {code: values[code] for code in FACTS} == FACTS
    assert (told["unit"], told["period"], told["as_of"]) == (loaded[-1], "2025", "2025-12-31")
