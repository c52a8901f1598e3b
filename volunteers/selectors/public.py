"""What residents and volunteers see without signing in: asked of the functions of the public role.

The columns are those of the migration "public_pages".
"""

from dataclasses import dataclass
from itertools import groupby

from portal.marks import Holder
from portal.public_functions import rows_of
from volunteers.enums.placements import PLACEMENT
from volunteers.enums.volunteers import Skill
from volunteers.selectors.hours import told_hours
from volunteers.selectors.links import personal_code, same

NOBODYS = 0  # of this key there is no volunteer


# --- whose link it is ---------------------------------------------------------------------------
@dataclass(frozen=True)
class Known:
    """Whoever holds a volunteer's link; ``serial`` is that of the link."""

    number: str
    holder: Holder
    serial: int


def _rows(number: str) -> list[dict]:
    """Those who are volunteers today under the number, which is one unit's own; at least one row."""
    return rows_of("volunteers_public_link(%s)", number)


def _known(number: str, row: dict) -> Known:
    key = row["id"]
    return Known(number, Holder(key, f"volunteer:{key}", row["unit_id"]), row["link_serial"])


def holder_of(number: str, code: str) -> Known | None:
    """Who has the number and the code; None alike for a number that is nobody's, somebody who left,
    and a code that does not fit."""
    fitting = [
        row
        for row in _rows(number)
        if same(personal_code(row["id"] or NOBODYS, row["link_serial"] or 0), code)
        & bool(row["id"])
    ]
    return _known(number, fitting[0]) if fitting else None


def remembered(number: str, key: int, serial: int) -> Known | None:
    """Whom a phone remembers, unless they left or their link was renewed."""
    for row in _rows(number):
        if row["id"] is not None and (row["id"], row["link_serial"]) == (key, serial):
            return _known(number, row)
    return None


# --- units, what is sought, what is posted --------------------------------------------------------
def units() -> list[dict]:
    """Streets and communities that exist today, with the station of their volunteers."""
    return rows_of("volunteers_public_units()")


def unit_of(code: str) -> dict | None:
    return next((unit for unit in units() if unit["code"] == code), None)


@dataclass(frozen=True)
class Place:
    """A shift for which volunteers are sought."""

    row: dict

    name = property(lambda self: self.row["shift"])
    starts_at = property(lambda self: self.row["starts_at"])
    ends_at = property(lambda self: self.row["ends_at"])
    meets = property(lambda self: self.row["meets"])
    waiting = property(lambda self: self.row["waiting"])
    capacity = property(lambda self: self.row["capacity"])
    free = property(lambda self: max(self.row["capacity"] - self.row["signed"], 0))

    @property
    def skill(self) -> str:
        return Skill(self.row["skill"]).label if self.row["skill"] else ""


@dataclass(frozen=True)
class Sought:
    """An activity that seeks volunteers, with its shifts that lie ahead."""

    row: dict
    places: list[Place]

    def __getitem__(self, name):
        return self.row[name]


def recruiting(unit_id: int) -> list[Sought]:
    rows = rows_of("volunteers_public_recruiting(%s)", unit_id)
    found = []
    for _, group in groupby(rows, lambda row: row["activity_id"]):
        rows_of_one = list(group)
        places = [Place(row) for row in rows_of_one if row["shift_id"]]
        found.append(Sought(rows_of_one[0], places))
    return found


@dataclass(frozen=True)
class Posted:
    """A posting that is open, with each volunteer's hours in it."""

    row: dict
    people: list[dict]

    def __getitem__(self, name):
        return self.row[name]


def _person(number: str, name: str, services: list[dict]) -> dict:
    for row in services:
        row |= {"hours": told_hours(row["minutes"]), "what": row["activity"] or PLACEMENT}
    total = sum(row["minutes"] or 0 for row in services)
    return {"number": number, "name": name, "services": services, "hours": told_hours(total)}


def posted(unit_id: int) -> list[Posted]:
    rows = rows_of("volunteers_public_posted(%s)", unit_id)
    found = []
    for _, group in groupby(rows, lambda row: row["posting_id"]):
        of_one = list(group)
        people = [
            _person(number, name, list(services))
            for (number, name), services in groupby(of_one, lambda r: (r["number"], r["name"]))
        ]
        found.append(Posted(of_one[0], people))
    return found
