"""Single records in a summary: one sentence each, in the order of days."""

from collections.abc import Callable, Iterable

from portal.models import Unit
from portal.models.units import names_on
from portal.summaries import Telling
from portal.telling import Said, listed, month_day, plain, within

WHO, TO = "\ue000", "\ue001"  # in the words of an event: the communities, and 到〔communities〕
MOST = 4


def marked(rows, telling: Telling, day: str = "occurred_on"):
    """Of these rows the kept ones of the summary that are marked 写入总结, in the order of days."""
    return within(rows.filter(highlight=True), telling, day)


def events(
    telling: Telling,
    rows: Iterable,
    words: Callable[[Said], str],
    day: str = "occurred_on",
    until: str = "",
) -> Iterable[str]:
    """One sentence for each row: 3月10日，〔communities〕〔words〕。 Rows of which there are no words are
    none; ``until`` names the field of the last day, where some lasted longer.

    Which community it was is told where the summary is of several, before the words or where they hold
    WHO or TO; what several of them recorded of the same day in the same words is one sentence.
    """
    rows = list(rows)
    names = _names_of({row.unit_id for row in rows}, telling)
    found: dict[tuple[str, str], dict[str, None]] = {}
    for row in rows:
        if said := words(Said(row)):
            when = _days(getattr(row, day), getattr(row, until) if until else None)
            places = found.setdefault((when, said), {})
            places.setdefault(names.get(row.unit_id, ""))
    for (when, said), places in found.items():
        yield f"{when}，{_with_places(said, listed(filter(None, places), MOST))}。"


def _days(first, last) -> str:
    return f"{month_day(first)}至{month_day(last)}" if last and last > first else month_day(first)


def _with_places(said: str, places: str) -> str:
    """With the communities in their place; a body that bears its community's name needs it once."""
    if WHO not in said and TO not in said:
        said = WHO + said
    said = said.replace(WHO, places).replace(TO, f"到{places}" if places else "")
    return said.replace(places * 2, places) if places else said


def _names_of(units: set[int], telling: Telling) -> dict[int, str]:
    """The names of those units that are not the one told of."""
    others = units - telling.own
    if not others:
        return {}
    named = names_on(list(Unit.objects.filter(pk__in=others)), telling.period.end)
    return {pk: plain(name) for pk, name in named.items()}
