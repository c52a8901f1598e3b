"""Each figure of one document is read once, for one set of units and one period."""

from collections.abc import Iterable
from functools import cached_property

from portal.figures import Ratio, figures
from portal.figures.engine import Reading, divided, read
from portal.figures.together import read_all
from portal.summaries import FigureTable, Outline, Sentence, Telling, outlines
from reports.tokens import codes_in


class Readings(dict):
    """Readings by figure code: of ``codes`` counted together, of others when first asked for; a ratio
    divides two of them."""

    def __init__(self, telling: Telling, codes: Iterable[str] = ()):
        super().__init__(read_all(counted_codes(codes), telling.units, telling.period))
        self.telling = telling

    def __missing__(self, code: str) -> Reading:
        figure = figures[code]
        if isinstance(figure, Ratio):
            reading = divided(code, self[figure.numerator], self[figure.denominator])
        else:
            reading = read(code, self.telling.units, self.telling.period)
        self[code] = reading
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


def told_in(outline: Outline) -> list[str]:
    """The figures that the outline's paragraphs name."""
    codes = []
    for paragraph in declared(outline):
        match paragraph:
            case Sentence(text=text, when=when):
                codes += [*codes_in(text), *when]
            case FigureTable(codes=columns):
                codes += columns
    return list(dict.fromkeys(codes))


def codes_of(outline: Outline) -> list[str]:
    """The outline's figures: those that its paragraphs name, then the others of its domain."""
    others = (figure.code for figure in figures if figure.domain == outline.domain)
    return list(dict.fromkeys([*told_in(outline), *others]))


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
