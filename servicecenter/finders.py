"""Cases for the one search box, by their number."""

import re

from portal.finders import Finder, register
from portal.width import to_halfwidth
from servicecenter.services.numbers import written_number

ENDING = re.compile(r"[〔\[(（]\d{4}[〕\])）]\s*\d{1,6}号?")


def cases_found(rows, text):
    """By the whole number as papers have it, or from its year on."""
    typed = to_halfwidth(text).strip()
    number = written_number(typed)
    if number:
        return rows.filter(number=str(number))
    if ENDING.fullmatch(typed):
        year, serial = re.findall(r"\d+", typed)
        return rows.filter(number_year=int(year), number_serial=int(serial))
    return rows.none()


def case_hit(case) -> dict:
    return {
        "name": case.number or "",
        "note": f"{case.item} · {case.get_state_display()}",
        "place": f"{case.applicant.name} · {case.unit}",
    }


register(Finder("servicecenter.cases", "cases", cases_found, case_hit))
