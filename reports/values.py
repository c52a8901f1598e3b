"""What a figure said in a document: a reading turned into plain text, ready to be frozen."""

from dataclasses import asdict, dataclass

from portal.figures.engine import Reading


@dataclass(frozen=True)
class Value:
    """One figure as told: ``told`` in running text, ``number`` in tables.

    ``told`` holds the measure; of a ratio the percent sign and both terms, because a percentage never
    stands without them (domain §2.7).
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

    def as_json(self) -> dict:
        return asdict(self)


def value_of(reading: Reading) -> Value:
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
        number=reading.text,
        told=reading.full,
        **terms,
    )
