"""Everything that several ledgers hold about one record, in one order: the newest first."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Value

from portal.ledgers.columns import display
from portal.scope import access_of

PAGE = 20
TOLD = 4  # columns that an entry tells
STANDING = 60  # rows in force that a page shows at most


@dataclass(frozen=True)
class Source:
    """A ledger whose rows are told; ``path`` is the look-up from its rows to what they are about."""

    ledger: object
    path: str


@dataclass(frozen=True)
class Entry:
    """``who`` names what the row is about, where the timeline is about several."""

    day: date
    title: str
    icon: str
    text: str
    unit: str
    url: str
    who: str = ""


@dataclass(frozen=True)
class Timeline:
    """``sources`` are those the user may choose among; ``only`` is the chosen one's slug."""

    entries: list[Entry]
    sources: list[Source]
    only: str
    more: int  # how many to ask for next; 0 when these are all


def visible(sources, user) -> list[Source]:
    """Those with the user's permission. Of ledgers over one table the whole one wins: a department's
    share of it would tell its rows twice."""
    access, by_model = access_of(user), defaultdict(list)
    for source in sources:
        if access.may(source.ledger.view_permission):
            by_model[source.ledger.model].append(source)
    kept = []
    for same in by_model.values():
        whole = [source for source in same if not source.ledger.where]
        kept += whole[:1] or same
    return kept


def timeline(sources, about, user, *, only: str = "", asked: int = PAGE) -> Timeline:
    """The ``asked`` newest rows about ``about`` — a record, or several with a path ending in __in.

    One query finds which they are, one more for each ledger among them.
    """
    offered = visible(sources, user)
    chosen = [source for source in offered if source.ledger.slug == only] or offered
    only = only if len(chosen) == 1 and chosen[0].ledger.slug == only else ""
    keys = _newest(chosen, about, user, asked + 1)
    entries = _told(keys[:asked], {source.ledger.slug: source for source in chosen}, user)
    return Timeline(entries, offered, only, asked + PAGE if len(keys) > asked else 0)


def in_force(sources, about, user, day: date) -> list[Entry]:
    """What was in force about ``about`` on the day, in the order of the ledgers, by as many queries as
    the timeline: ledgers that have no such thing (``as_of``) tell nothing."""
    lasting = [source for source in visible(sources, user) if source.ledger.as_of]
    parts = [
        source.ledger.as_of(rows, day).annotate(place=Value(place))
        for place, (source, rows) in enumerate(_rows(lasting, about, user))
    ]
    found = _together(part.values_list("told", "key", "day", "place") for part in parts)
    keys = found.order_by("place", "-day", "-key")[:STANDING] if found is not None else ()
    by_slug = {source.ledger.slug: source for source in lasting}
    return _told([key[:3] for key in keys], by_slug, user)


def _newest(sources, about, user, count) -> list[tuple[str, int, date]]:
    found = _together(
        rows.values_list("told", "key", "day") for _, rows in _rows(sources, about, user)
    )
    return list(found.order_by("-day", "-key")[:count]) if found is not None else []


def _rows(sources, about, user):
    """Each source with its rows about ``about``, which say their ledger, key and day."""
    for source in sources:
        rows = source.ledger.queryset(user).filter(**{source.path: about}).order_by()
        yield (
            source,
            rows.annotate(told=Value(source.ledger.slug), key=F("pk"), day=F(source.ledger.date)),
        )


def _together(parts):
    """All rows of the parts as one query; None of no part."""
    first, *others = [*parts] or [None]
    return first.union(*others, all=True) if others else first


def _told(keys, sources, user) -> list[Entry]:
    wanted = defaultdict(list)
    for slug, key, _ in keys:
        wanted[slug].append(key)
    records = {
        slug: sources[slug].ledger.queryset(user).in_bulk(pks) for slug, pks in wanted.items()
    }
    return [_entry(sources[slug], records[slug][key], day) for slug, key, day in keys]


def _entry(source: Source, record, day) -> Entry:
    ledger = source.ledger
    about, _, several = source.path.partition("__")
    return Entry(
        day=day,
        title=ledger.title,
        icon=ledger.icon,
        text=told(ledger, record, about=about),
        unit=str(record.unit),
        url=ledger.url("detail", record),
        who=str(getattr(record, about)) if several else "",
    )


def told(ledger, record, *, about: str = "") -> str:
    """The first few columns that say something, without those of ``about``, the date and the unit."""
    words = []
    for col in ledger.shown_columns:
        if (
            col.masked
            or col.sort == ledger.date
            or col.label == "单位"
            or (about and col.field == about)
        ):
            continue
        value = col.read(record)
        if value in (None, "", []) or isinstance(value, bool):
            continue
        plain = isinstance(value, (str, list)) and not col.numeric
        words.append(display(value) if plain else f"{col.label} {display(value)}")
        if len(words) == TOLD:
            break
    return " · ".join(words)
