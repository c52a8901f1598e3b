"""What the home page tells of today's work: a sentence, a strip of seven days, groups, communities."""

from dataclasses import replace

from django.urls import reverse

from portal.quality.counting import quality_due
from portal.today.counting import Tally, summed
from portal.today.enums import Group, Whose
from portal.today.lists import Wanted, Work, units_below
from portal.today.telling import told
from portal.worklists import worklists

SHOWN = 6  # rows of a group, the most pressing of its lists; their pages have all
BESIDE = (Group.DRAFT, Group.MEND)  # what presses less stands at the side, the latter without rows
WEEKDAYS = "一二三四五六日"


def overview(work: Work) -> dict:
    """The context of the page. ``work`` is wanted whole: of no day, unit or group."""
    everything = Work(work.user, replace(work.wanted, whose=Whose.ALL))
    if work.wanted.whose == Whose.OURS:
        work.by_place = _ours(work, everything)
    groups = list(_groups(work))
    looked_after = _looked_after(work, everything)
    if not any(looked_after.values()) and all(group["beside"] for group in groups):
        groups = [group | {"beside": False} for group in groups]
    return {
        "wanted": work.wanted,
        "all_url": all_url(work.wanted),
        "tally": work.total,
        "sentence": _sentence(work),
        "strip": list(_strip(work)),
        "groups": groups,
        "worklists": [each for group in groups for each in group["all"]],
        "toggles": toggles(work.wanted, reverse("home")),
        **looked_after,
    }


def all_url(wanted: Wanted, **changes) -> str:
    return reverse("today") + wanted.query(**changes)


def list_url(code: str, wanted: Wanted, **changes) -> str:
    return reverse("today-list", args=[code]) + wanted.query(**changes)


def toggles(wanted: Wanted, path: str, choices=(Whose.OURS, Whose.MINE)) -> list[dict]:
    return [
        {
            "label": choice.label,
            "url": path + wanted.query(whose=choice),
            "active": wanted.whose == choice,
        }
        for choice in choices
    ]


def _ours(work: Work, everything: Work) -> dict[str, dict[int | None, Tally]]:
    """Of the tallies of all lists those that the user may act on, so that nothing is counted twice."""
    found = {}
    for code, by_unit in everything.by_place.items():
        worklist = worklists[code]
        if work.is_ours(worklist):
            done = work.units_of(worklist)
            kept = {place: t for place, t in by_unit.items() if done is None or place in done}
            found |= {code: kept} if kept else {}
    return found


def _sentence(work: Work) -> dict:
    """Numbers with their addresses; the template puts them into words."""
    tally, wanted = work.total, work.wanted
    said = {
        when: {"count": getattr(tally, when), "url": all_url(wanted, when=when)}
        for when in ("now", "overdue", "today", "week")
    }
    asked = []
    for group in (Group.BACK, Group.ASKED, Group.DECIDE):
        codes = [code for code in work.counts if worklists[code].group == group]
        if count := summed(work.counts[code] for code in codes).total:
            asked.append(
                {"label": group.label, "count": count, "url": all_url(wanted, group=group)}
            )
    off = work.horizon.off_ahead()
    pressing = any(tally.days[work.horizon.days.index(day)] for day in off)
    return {**said, "asked": asked, "rest": len(off) if pressing else 0}


def _strip(work: Work):
    calendar = work.horizon.calendar
    for n, (day, count) in enumerate(zip(work.horizon.days, work.total.days, strict=True)):
        known = calendar.day(day)
        yield {
            "day": f"{day.month}月{day.day}日",
            "weekday": "今天" if n == 0 else f"周{WEEKDAYS[day.weekday()]}",
            "off": "" if known.works else known.words,
            "made_up": known.works and day.weekday() >= 5,
            "count": count,
            "url": all_url(work.wanted, when="today" if n == 0 else day.isoformat()),
        }


def _groups(work: Work):
    """Each group that has rows: the most pressing of them, and its lists."""
    rows = _first_rows(work)
    quality = quality_due(work.user)
    for group in work.groups:
        codes = [code for code in work.counts if worklists[code].group == group]
        lists = [_list(work, code) for code in codes]
        more = quality if group == Group.MEND and quality and quality["count"] else None
        if lists or more:
            first = [row for code in codes for row in rows.get(code, ())]
            first.sort(key=lambda row: (row["day"] is None, row["day"] or row["place"]))
            tally = summed(each["tally"] for each in lists)
            yield {
                "key": group,
                "title": group.label,
                "tally": tally,
                "url": all_url(work.wanted, group=group),
                "overdue_url": all_url(work.wanted, group=group, when="overdue"),
                "rows": first[:SHOWN],
                "lists": lists if len(lists) > 1 or tally.total > len(first[:SHOWN]) else [],
                "all": lists,
                "quality": more,
                "beside": group in BESIDE,
            }


def _first_rows(work: Work) -> dict[str, list[dict]]:
    """Of each list so many rows as a group may show, with their place in it, by which those without a
    deadline stand in turn; what waits to be made up is only counted."""
    firsts = []
    for code, tally in work.counts.items():
        if worklists[code].group != Group.MEND:
            count = min(tally.total, SHOWN)
            firsts += work.sliced({code: count}, 0, count, "")
    return {
        section["code"]: [
            {**row, "list": section["title"], "place": place}
            for place, row in enumerate(section["items"])
        ]
        for section in told(work, firsts)
    }


def _list(work, code) -> dict:
    tally = work.counts[code]
    return {
        "title": worklists[code].title,
        "tally": tally,
        "count": tally.total,
        "url": list_url(code, work.wanted),
        "overdue_url": list_url(code, work.wanted, when="overdue"),
    }


def _looked_after(work: Work, everything: Work) -> dict:
    """For heads and the street: lists that others act on, and how each community stands."""
    wanted = everything.wanted
    others = [code for code in everything.counts if not work.is_ours(worklists[code])]
    watched = [
        {
            "title": worklists[code].title,
            "tally": everything.counts[code],
            "url": list_url(code, wanted),
            "overdue_url": list_url(code, wanted, when="overdue"),
        }
        for code in others
    ]
    watched.sort(key=lambda each: -each["tally"].overdue)
    return {"watched": watched, "communities": _communities(everything)}


def _communities(everything: Work) -> list[dict]:
    """A line for each community: what is overdue, due today, within seven days, and all."""
    if not everything.access.domains_by_units:  # administrators have nothing there
        return []
    lines, below_each = [], units_below(everything.communities)
    for community in everything.communities:
        inside = below_each[community.pk]
        tally = summed(
            tally
            for by_unit in everything.by_place.values()
            for place, tally in by_unit.items()
            if place in inside
        )
        url = {
            when or "total": all_url(everything.wanted, unit=community.pk, when=when)
            for when in ("overdue", "today", "week", "")
        }
        lines.append({"name": community.name, "tally": tally, "url": url})
    return lines
