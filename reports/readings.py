"""Each figure of one document is read once, for one set of units: of its period, and of the one that this
is compared with."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from portal.figures import Ratio, figures
from portal.figures.engine import Reading, divided, read
from portal.figures.together import read_all
from portal.summaries import Clauses, FigureTable, Outline, Sentence, Telling, outlines
from reports.tokens import CHANGE, PREVIOUS, key_of, keys_in, parts_of


class Readings(dict):
    """Readings by key, a figure's code or ``code@previous``: of ``keys`` counted together, of others when
    first asked for; a ratio divides two of them. A change is no reading: its key reads both periods.
    Those ``known`` were read already, of the same units and period, and are not counted again."""

    def __init__(
        self, telling: Telling, keys: Iterable[str] = (), known: Mapping[str, Reading] | None = None
    ):
        super().__init__(known or {})
        self.telling = telling
        wanted = [parts_of(key) for key in read_keys(keys) if key not in self]
        for period in ("", PREVIOUS):
            codes = counted_codes(code for code, of in wanted if of == period)
            if codes:
                found = read_all(codes, telling.units, self.told_of(period).period)
                self |= {key_of(code, period): reading for code, reading in found.items()}

    def told_of(self, period: str) -> Telling:
        return self.telling.earlier if period else self.telling

    def __missing__(self, key: str) -> Reading:
        code, period = parts_of(key)
        figure = figures[code]
        if isinstance(figure, Ratio):
            above, below = (key_of(c, period) for c in (figure.numerator, figure.denominator))
            reading = divided(code, self[above], self[below])
        else:
            reading = read(code, self.telling.units, self.told_of(period).period)
        self[key] = reading
        return reading

    @cached_property
    def units(self) -> list[int]:
        return sorted(self.telling.units)


def declared(outline: Outline) -> list:
    """All paragraphs of an outline, in the order of its parts."""
    return [
        paragraph
        for part in outline.parts
        for paragraph in outlines.told_in(outline.kind, part.key)
    ]


def keys_of_table(table: FigureTable) -> list[str]:
    """The keys of what a table's columns tell; a column of changes reads both periods."""
    return [*table.codes, *([key_of(table.compared, CHANGE)] if table.compared else [])]


def told_in(outline: Outline) -> list[str]:
    """The keys of what the outline's paragraphs name."""
    keys = []
    for paragraph in declared(outline):
        match paragraph:
            case Sentence(text=text, when=when):
                keys += [*keys_in(text), *when]
            case Clauses(clauses=clauses):
                for words, *when in clauses:
                    keys += [*keys_in(words), *when]
            case FigureTable():
                keys += keys_of_table(paragraph)
    return list(dict.fromkeys(keys))


def read_keys(keys: Iterable[str]) -> list[str]:
    """The readings behind keys: those of a change are of both periods."""
    found = []
    for code, period in map(parts_of, keys):
        found += [code, key_of(code, PREVIOUS)] if period == CHANGE else [key_of(code, period)]
    return list(dict.fromkeys(found))


def codes_of(outline: Outline) -> list[str]:
    """The outline's figures: those that its paragraphs name, then the others of its domain."""
    others = (figure.code for figure in figures if figure.domain == outline.domain)
    told = (parts_of(key)[0] for key in told_in(outline))
    return list(dict.fromkeys([*told, *others]))


def counted_codes(codes) -> list[str]:
    """The figures whose rows stand behind ``codes``: a ratio is replaced by its two terms."""
    found = []
    for code in codes:
        figure = figures[code]
        if isinstance(figure, Ratio):
            found += counted_codes([figure.numerator, figure.denominator])
        else:
            found.append(code)
    return list(dict.fromkeys(found))


def counted_keys(keys) -> list[str]:
    """The keys of the counted figures whose rows stand behind ``keys``, of each period."""
    found = []
    for code, period in map(parts_of, read_keys(keys)):
        found += [key_of(each, period) for each in counted_codes([code])]
    return list(dict.fromkeys(found))
