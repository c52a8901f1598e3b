"""Nothing of a person in any log: of the portal, of the proxy, of PostgreSQL (SECURITY row 27)."""

import io
import logging
import re
import sys
import time
import uuid
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client

from portal.log_values import without_values
from portal.logs import Formatter
from portal.roles import Role
from tests import factories
from tests.factories.people import id_number

PEOPLE = 200
SURNAMES = "赵钱孙李周吴郑王冯陈"


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("phone 13812345678 twice", "phone (number left out) twice"),
        ("11010119900307803X", "(number left out)"),
        ("电话13812345678", "电话13812345678"),
        (
            'invalid input syntax for type date: "黄文发"',
            'invalid input syntax for type date: "(left out)"',
        ),
        ("x\nDETAIL:  Key (name)=(黄文发) already exists.\ny", "x\nDETAIL: (left out)\ny"),
        ("GET /ledger/visits/13812345678/ 404", "GET /ledger/visits/13812345678/ 404"),
        ("took 1700000000 ns", "took 1700000000 ns"),
    ],
)
def test_values_are_left_out_of_a_line(line, left):
    assert without_values(line) == left


class AccessLog:
    """What a proxy would write: method, address with parameters, status, where it sent to."""

    def __init__(self, client):
        self.client, self.lines = client, []

    def __call__(self, method, url, data=None, **more):
        answer = getattr(self.client, method)(url, data or {}, **more)
        asked = answer.request
        self.lines.append(
            f"{method} {asked['PATH_INFO']}?{asked['QUERY_STRING']} {answer.status_code}"
            f" {answer.headers.get('Location', '')} {answer.headers.get('Content-Disposition', '')}"
        )
        return answer


def database_logs() -> list[Path]:
    """The log files of the cluster under test, where this account may read them."""
    sys.path.insert(0, str(settings.BASE_DIR / "script"))
    try:
        from cluster import Cluster

        return sorted(Cluster("test").data.glob("log/*.log"))
    finally:
        sys.path.pop(0)


def written_since(sizes: dict[Path, int], patience=5.0) -> str:
    """What PostgreSQL wrote since; its collector may lag by a moment."""
    until = time.monotonic() + patience
    while True:
        parts = [path.read_bytes()[sizes.get(path, 0) :] for path in database_logs()]
        text = b"\n".join(parts).decode("utf-8", "replace")
        if "duplicate key" in text or time.monotonic() > until or not sizes:
            return text
        time.sleep(0.1)


@pytest.fixture
def people(acting, community):
    with acting(community):
        return [
            factories.resident(
                community,
                f"{SURNAMES[n % 10]}{chr(0x9F00 + n)}{chr(0x9E00 + n)}",
                id_number=id_number(),
                phone=f"1370{n:07d}",
            )
            for n in range(PEOPLE)
        ]


@pytest.mark.django_db
def test_after_a_days_work_no_log_names_anybody(
    acting, client_of, make_user, community, people, tmp_path
):
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(Formatter(settings.LOGGING["formatters"]["line"]["format"]))
    logging.getLogger().addHandler(handler)
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    logs = {path: path.stat().st_size for path in database_logs()}
    try:
        ask = AccessLog(client_of(make_user(Role.COMMUNITY_STAFF, community)))
        ask.client.raise_request_exception = False
        work(ask, people)
        public = AccessLog(Client())
        for person in people[:5]:
            public("post", "/login/", {"username": person.name, "password": person.phone})
            public("post", "/public/case/", {"number": person.phone, "code": person.name})
        refused_by_the_database(people[0])
    finally:
        logging.getLogger().removeHandler(handler)
        logging.getLogger().setLevel(level)
    access = unquote("\n".join(ask.lines + public.lines))
    database = written_since(logs)
    values = [value for each in people for value in (each.name, each.id_number, each.phone)]
    found = {
        name: [value for value in values if value in text]
        for name, text in (("app", said.getvalue()), ("access", access), ("database", database))
    }
    lines = len(access.splitlines())
    print(f"{lines} requests, {len(values)} values: {found}")
    assert lines >= 60
    assert "duplicate key" in said.getvalue()
    if logs:
        assert "duplicate key" in database
    assert found == {"app": [], "access": [], "database": []}


def work(ask, people):
    """Search, open, change, refuse, print, export, look up, get wrong."""
    key = lambda: {"_key": str(uuid.uuid4())}  # noqa: E731
    for person in people[:8]:
        for words in (person.name, person.id_number, person.phone):
            found = ask("post", "/ledger/residents/", {"q": words})
            ask("get", found["Location"])
        ask("post", "/search/", {"q": person.name})
        ask("post", "/ledger/residents/pick/", {"q": person.phone})
        page = f"/ledger/residents/{person.pk}/"
        ask("get", page)
        ask("get", f"{page}edit/")
        ask("post", f"{page}edit/", {"name": person.name, "id_number": person.id_number} | key())
        ask("post", f"{page}unmask/phone/", {"purpose": "办理业务核对"})
        ask("post", f"{page}delete/", {"name": person.name})
    again = {"name": people[1].name, "id_kind": "citizen", "id_number": people[0].id_number}
    ask("post", "/ledger/residents/add/", again | key())
    ask("get", "/ledger/residents/?sort=x&page=abc")
    ask("post", "/residents/take-over/", {"id_number": people[0].id_number} | key())
    ask("post", "/ledger/residents/export/", key())
    ask("post", "/ledger/residents/export/", {"format": "pdf"} | key())


def refused_by_the_database(person):
    """A duplicate row, as a fault of ours would log it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE seen (name text UNIQUE, phone text)")
            row = [person.name, person.phone] * 2
            cursor.execute("INSERT INTO seen VALUES (%s, %s), (%s, %s)", row)
    except DatabaseError:
        logging.getLogger("portal.request").exception("broken")


NAMED_AFTER_PEOPLE = re.compile(r"_\{[^}]*(\.name|\.called)\}")


def test_no_paper_about_a_person_bears_the_name_in_its_file_name():
    """Names of units, programmes and documents may stand there; those of people may not."""
    allowed = {"unit.name"}
    wrong = [
        f"{path.name}: {line.strip()}"
        for app in ("residents", "disability", "volunteers", "servicecenter")
        for path in (Path(settings.BASE_DIR) / app).rglob("views/*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if NAMED_AFTER_PEOPLE.search(line) and not any(word in line for word in allowed)
    ]
    assert wrong == []
