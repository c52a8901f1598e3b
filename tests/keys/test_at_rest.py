"""Who has the database has no number and no diagnosis: a dump is searched for all of them (SECURITY row 29)."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests import factories
from tests.factories.people import id_number

PEOPLE = 200
DIAGNOSIS = "左侧基底节区脑梗死后遗症"
BANK = "6217000099887766554"


def dump(database: dict) -> bytes:
    """All tables as SQL, as a thief of a backup would read them."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))
    program = str(programs[-1]) if programs else shutil.which("pg_dump")
    if program is None:
        pytest.skip("pg_dump is not installed")
    done = subprocess.run(
        [
            program,
            "--enable-row-security",  # the owner's policy shows it every row
            f"--host={database['HOST']}",
            f"--port={database['PORT']}",
            f"--username={database['USER']}",
            database["NAME"],
        ],
        env=os.environ | {"PGPASSWORD": database["PASSWORD"]},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-500:]
    return done.stdout


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_dump_holds_no_number_and_no_diagnosis(acting, community):
    numbers = {BANK, DIAGNOSIS}
    with acting(community):
        for n in range(PEOPLE):
            number, phone = id_number(), f"137{n:08d}"
            factories.resident(community, f"金丝雀{n}", id_number=number, phone=phone)
            numbers |= {number, phone}
        person = factories.resident(community, "金丝雀")
        factories.disability_file(person, diagnosis=DIAGNOSIS)
        subsidies = factories.subsidies_of(person)
        for row in subsidies.values():
            if hasattr(row, "bank_number"):
                row.bank_number = BANK
                row.save()
    content = dump(settings.DATABASES["owner"])
    text = content.decode("utf-8", "replace")
    assert text.count("金丝雀") >= 2 * PEOPLE  # the rows are there, and so is the change log
    found = [number for number in numbers if number in text]
    print(f"{len(found)} of {len(numbers)} values in a dump of {len(content) // 1024} KB")
    assert found == []
