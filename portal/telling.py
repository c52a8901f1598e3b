"""Words of summaries that are made from records: what paragraphs of all departments have in common."""

import re
from collections.abc import Iterable
from functools import wraps

from django.db.models import Model
from django.utils import timezone

from portal.figures import Category, engine
from portal.figures.together import read_all
from portal.models import Unit
from portal.models.units import names_on
from portal.punctuation import joined, tidy
from portal.summaries import Telling

BODY = re.compile(
    r"(?:科|室|中心|所|站|院|校|学|园|局|委|办|队|部|会|残联|社区|街道|村|组|公司|基地|之家)$"
)


def month_day(day) -> str:
    return f"{day.month}月{day.day}日"


def within(rows, telling: Telling, day: str = "occurred_on"):
    """The kept rows of the summary's units whose day lies in its period, in order of days."""
    span = (telling.period.start, telling.period.end)
    rows = rows.filter(deleted_at__isnull=True, unit__in=telling.units)
    return rows.filter(**{f"{day}__range": span}).order_by(day, "pk")


def in_force(rows, telling: Telling):
    """The kept spells of the summary's units that its last day lies in."""
    end = telling.period.end
    rows = rows.filter(deleted_at__isnull=True, unit__in=telling.units, starts_on__lte=end)
    return rows.exclude(ends_on__lt=end)


def plain(text: str) -> str:
    """What people typed, as words, with the marks put right: braces would be taken for figures."""
    return tidy(text.strip()).replace("{", "｛").replace("}", "｝")


class Said:
    """A record in a sentence: whatever text is read of it, or of what it refers to, is ``plain``."""

    def __init__(self, record):
        self._record = record

    def __getattr__(self, name):
        value = getattr(self._record, name)
        if isinstance(value, str):
            return plain(value)
        return Said(value) if isinstance(value, Model) else value

    def __str__(self):
        return plain(str(self._record))


def clause(text: str) -> str:
    """A typed text as a part of a sentence: without its own full stop."""
    return plain(text).rstrip("。；;，,.")


def sentence_of(text: str) -> str:
    return f"{clause(text)}。"


def quoted(text: str) -> str:
    """“…” around typed words; quotation marks inside become single ones."""
    return f"“{plain(text).replace('“', '‘').replace('”', '’')}”"


def titled(title: str) -> str:
    """《…》 around a title that has none of its own."""
    return plain(title) if title.startswith("《") else f"《{plain(title)}》"


def bodies(names: Iterable[str]) -> list[str]:
    """Of these names those of bodies, each once: persons are not named in a summary."""
    parts = [part.strip() for name in names for part in re.split(r"[、，,;；]", name)]
    return list(dict.fromkeys(part for part in parts if BODY.search(part)))


def once(compose):
    """A narrative that tells the same sentence once, though several communities recorded it."""

    @wraps(compose)
    def composed(telling: Telling):
        return dict.fromkeys(compose(telling))

    return composed


def listed(words: Iterable[str], most: int = 6) -> str:
    """甲、乙、丙等, each once."""
    words = list(dict.fromkeys(words))
    return joined(words[:most]) + ("等" if len(words) > most else "")


def counted(telling: Telling, code: str):
    """The value of a figure for this summary."""
    return engine.read(code, telling.units, telling.period).value


def each_of(telling: Telling, words: dict[str, str]) -> str:
    """甲3件、乙2件: of figures by code, those that are not nought; words stand before each number."""
    return joined(f"{word}{{{code}}}" for code, word in words.items() if counted(telling, code))


def divided(
    telling: Telling, code: str, category: str, most: int = 99, *, skip=(), least: int = 1
) -> str:
    """甲3件、乙2件: the choices of a figure's category behind which there is anything, the greatest
    first where not all can be told; ``skip`` are choices that are none. "" where there are fewer than
    ``least``: that all are of one kind may need no words; and where none of the records says it."""
    labels = engine.labels([code], category, telling.units)
    found = engine.by_category(code, category, telling.units, telling.period, labels)
    said = {key: reading for key, reading in found.items() if reading.value and key not in skip}
    if len(said) < least or said.keys() == {Category.UNSTATED}:
        return ""
    there = [(labels[key], reading) for key, reading in said.items()]
    if len(there) > most:
        there = sorted(there, key=lambda pair: -pair[1].value)[:most]
    return joined(f"{plain(label)}{reading.full}" for label, reading in there)


def by_place(telling: Telling, code: str, most: int = 6) -> str:
    """甲社区3件、乙社区2件: the units behind whose figure there is anything, the greatest first; what the
    unit recorded itself stands last as 本级."""
    found = engine.by_unit(code, telling.units, telling.period)
    there = {unit: reading for unit, reading in found.items() if reading.value}
    units = Unit.objects.filter(pk__in=there).exclude(pk=telling.unit.pk).order_by("code")
    names = names_on(units, telling.period.end)
    ordered = sorted(names.items(), key=lambda pair: -there[pair[0]].value)
    told = [f"{plain(name)}{there[unit].full}" for unit, name in ordered]
    if own := there.get(telling.unit.pk):
        told.append(f"本级{own.full}")
    return listed(told, most)


def changes(telling: Telling, words: dict[str, str]) -> Iterable[str]:
    """与上年相比，甲增加3件，增长1.5%；乙持平。 Of figures by code, those that were not nought then: a
    share of nothing then may mean that nobody wrote it down. Words stand before each change.

    Nothing where nothing was recorded then, and nothing while the period still runs: part of a year
    says nothing beside a whole one."""
    if telling.period.end >= timezone.localdate():
        return
    before = read_all(words, telling.units, telling.earlier.period)
    told = [f"{word}{{{code}@change}}" for code, word in words.items() if before[code].value]
    if told:
        yield f"与{telling.period.compared_label}相比，{'；'.join(told)}。"
