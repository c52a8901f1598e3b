"""What a figure said in a document: a reading turned into plain text, ready to be frozen."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from portal.figures.engine import Reading
from reports.changes import changed
from reports.tokens import CHANGE, PREVIOUS, SHOWN, key_of, parts_of


@dataclass(frozen=True)
class Value:
    """One figure as told: ``told`` in running text, ``number`` in tables.

    ``told`` holds the measure; of a ratio the percent sign and both terms, because a percentage never
    stands without them (domain §2.7). ``key`` is what its token says: the code, with ``@previous``
    where ``period_key`` is the period compared with, with ``@change`` where ``told`` tells the change
    since then.
    """

    code: str
    label: str
    measure: str
    definition: str
    version: int
    kind: str
    date_basis: str
    period_key: str
    number: str
    told: str
    numerator: str = ""
    denominator: str = ""
    key: str = ""

    def __post_init__(self):
        if not self.key:
            object.__setattr__(self, "key", self.code)  # as issues were kept that compare nothing

    @property
    def period(self) -> str:
        """The period of the key: "" for the document's own."""
        return parts_of(self.key)[1]

    @property
    def name(self) -> str:
        """The label as its token shows it: 走访人次@上期."""
        return key_of(self.label, SHOWN.get(self.period, ""))

    @property
    def is_change(self) -> bool:
        return self.period == CHANGE

    def as_json(self) -> dict:
        return asdict(self)


def value_of(reading: Reading, period: str = "", *, told: str | None = None) -> Value:
    """``period`` is that of the key, ``told`` what running text says where it is not the number."""
    figure = reading.figure
    terms = {}
    if reading.numerator is not None:
        terms = {"numerator": reading.numerator.text, "denominator": reading.denominator.text}
    return Value(
        code=figure.code,
        label=figure.label,
        measure=figure.measure,
        definition=figure.definition,
        version=figure.version,
        kind=figure.kind,
        date_basis=figure.date_basis,
        period_key=reading.period.key,
        number=reading.text if told is None else told,
        told=reading.full if told is None else told,
        key=key_of(figure.code, period),
        **terms,
    )


def value_at(key: str, readings: Mapping[str, Reading]) -> Value:
    """The value that a key names, of readings by key. A change needs those of both periods."""
    code, period = parts_of(key)
    if period != CHANGE:
        return value_of(readings[key], period)
    now, before = readings[code], readings[key_of(code, PREVIOUS)]
    return value_of(now, CHANGE, told=changed(now, before))
