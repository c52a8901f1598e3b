"""``manage.py demo`` as a command: where it may build, and the accounts it prints."""

import io
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from portal.demo import world
from portal.models import Unit, User
from portal.models.units import UnitKind
from tests.conftest import as_command

SMALL = 0.002


def demo(**options) -> str:
    out = io.StringIO()
    call_command("demo", stdout=out, **{"scale": SMALL} | options)
    return out.getvalue()


def unit(code, name):
    with as_command():
        Unit.objects.create(kind=UnitKind.DISTRICT, code=code, name=name)


def test_demo_does_not_stand_beside_real_units(db):
    unit("440103000000", "真实区")
    with pytest.raises(CommandError, match="not demo data") as refusal:
        demo()
    assert refusal.value.returncode == 1
    assert not User.objects.exists()


@pytest.mark.parametrize("scale", [0, -1, 1001])
def test_demo_refuses_a_senseless_scale(db, scale):
    with pytest.raises(CommandError) as refusal:
        demo(scale=scale)
    assert refusal.value.returncode == 2


def test_accounts_without_demo_are_a_clear_error(db):
    with pytest.raises(CommandError, match="run `demo` first"):
        demo(accounts=True)


def test_working_days_are_preferred(db):
    first = date(2025, 3, 3)
    here = world.World(1, None, [], {})
    days = [here.day(first, first + timedelta(days=27)) for _ in range(400)]
    assert sum(day.weekday() > 4 for day in days) < 40
