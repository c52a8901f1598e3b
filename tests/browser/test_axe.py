"""Every type of page, loaded once: no fault that axe calls serious or critical (WCAG 2.2 AA), no complaint in its
console; headings, landmarks and tables in order; nothing wider than the window at 768 and 360 px, nor with text of
double size; targets large enough.

Two tests, so that both processors walk. With PICTURES=1 a picture of each lies in var/pictures, by width."""

import json

from tests.browser.looking import Eyes
from tests.browser.rooms import hall, make_version, rooms, visit_rooms
from tests.browser.walk import walk

__all__ = ["hall", "make_version", "rooms"]
# These are looked at in high contrast as well: one of each part of our pages is on them.
MAIN = {
    "sign-in", "home", "list", "detail", "form-errors", "figure", "summary-draft", "issue", "styleguide",
    "detail-cases", "detail-quarter-scores", "programme-month", "field", "public-unit", "public-apply",
}  # fmt: skip


def unexpected(stop) -> list[str]:
    """What the console said since the last stop, without the status of the page itself."""
    own = f"the server responded with a status of {stop.status} "
    said = [text for text in stop.desk.complaints if own not in text]
    stop.desk.complaints.clear()
    return said


def faults(walked, desk, world) -> dict[str, list[str]]:
    """By the name of the stop, what is wrong there."""
    eyes = Eyes()
    found = {}
    for stop in walked(eyes.at(desk), world):
        said = unexpected(stop)
        said += eyes.look(stop.desk.page, stop.name, closely=stop.name in MAIN)
        if said:
            found[stop.name] = said
    return found


def told(found) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1)


def test_the_desk_of_everybody(desk, world):
    found = faults(walk, desk, world)
    assert not found, told(found)


def test_the_rooms_of_the_departments_and_of_residents(desk, rooms):
    found = faults(visit_rooms, desk, rooms)
    assert not found, told(found)
