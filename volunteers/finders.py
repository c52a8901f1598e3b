"""Volunteers for the one search box, by name, pinyin or number."""

from portal.finders import Finder, register
from volunteers.selectors.volunteers import search_volunteers


def volunteer_hit(volunteer) -> dict:
    return {
        "name": volunteer.called,
        "note": "已退出" if volunteer.left_on else "志愿者",
        "number": volunteer.serial_number,
        "place": str(volunteer.unit),
    }


register(Finder("volunteers.people", "volunteers", search_volunteers, volunteer_hit))
