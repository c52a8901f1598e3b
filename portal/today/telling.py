"""How rows of worklists are told: text, unit, light in words, and the one act."""

from portal.today.counting import DUE, PLACE
from portal.today.enums import Due
from portal.today.lists import Work, places_of

# A look for each time, so that colour only repeats what the words say.
LOOKS = {
    Due.OVERDUE: ("alert-circle", "bad"),
    Due.TODAY: ("clock", "warn"),
    Due.WEEK: ("calendar", "info"),
    Due.LATER: ("calendar", ""),
}


def told(work: Work, sections) -> list[dict]:
    """``sections`` are (worklist, marked records); for each of them its title and rows."""
    sections = list(sections)
    names = {}
    if work.communities:
        names = places_of(record for _, records in sections for record in records)
    return [
        {
            "code": worklist.code,
            "title": worklist.title,
            "items": [_row(work, worklist, record, names) for record in records],
        }
        for worklist, records in sections
    ]


def _row(work, worklist, record, names) -> dict:
    due = getattr(record, DUE)
    row = {
        "pk": record.pk,
        "text": worklist.text(record),
        "url": worklist.url_of(record),
        "unit": names.get(getattr(record, PLACE), ""),
        "day": due,
        "due": worklist.due(record),
        "when": work.horizon.when(due, worklist.term),
        "act": _act(work, worklist, record),
    }
    if due:
        icon, look = LOOKS[row["when"]]
        words = work.horizon.told(due, worklist.term)
        year = "" if due.year == work.horizon.today.year else f"{due.year}年"
        day = f"{year}{due.month}月{due.day}日"
        if worklist.day.endswith("__date"):  # a moment, told with its hour
            day = row["due"] or day
        row["light"] = {
            "icon": icon,
            "look": look,
            "words": words,
            "day": day,
        }
    return row


def _act(work, worklist, record) -> dict | None:
    act, place = worklist.act, getattr(record, PLACE)
    if act is None or not act.offered(record):
        return None
    if not work.access.may(worklist.doing, place):
        return None
    return {
        "label": act.label,
        "url": worklist.act_url(record),
        "code": worklist.code,
        "version": getattr(record, "version", None),
    }
