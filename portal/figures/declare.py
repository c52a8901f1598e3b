"""The declaration of a figure: which records, which date counts, which measure (DESIGN §1, §5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Model, Q

from portal.periods import Period
from portal.registry import Registry


@dataclass(frozen=True)
class Count:
    """Rows: 件, 人次, 次."""

    def aggregate(self):
        return models.Count("pk")


@dataclass(frozen=True)
class Distinct:
    """Different values at a path: 人, 户. Not additive over months or units."""

    path: str

    def aggregate(self):
        return models.Count(self.path, distinct=True)


@dataclass(frozen=True)
class Total:
    """Sum of a whole-number field: 份, 人次; rows without a value add nothing."""

    path: str

    def aggregate(self):
        return models.Sum(self.path)


@dataclass(frozen=True)
class Amount(Total):
    """Sum of money (元), kept in cents."""


@dataclass(frozen=True)
class Category:
    """One way to break a figure down: a path with choices; an array counts in each of its values."""

    label: str
    path: str
    choices: Mapping[str, str]
    array: bool = False

    def condition(self, value) -> Q:
        return Q(**{f"{self.path}__contains": [value]}) if self.array else Q(**{self.path: value})


@dataclass(frozen=True)
class Figure:
    """``label`` is unique and is the word that sentences and editors use for the figure.

    ``definition`` says in one Chinese sentence what counts and on which date. ``keywords`` are the
    words by which the checker recognises the figure in typed text. ``version`` rises when the
    meaning changes; issued documents keep the version they were counted with.
    """

    code: str
    label: str
    domain: str
    measure: str
    definition: str
    keywords: tuple[str, ...] = ()
    version: int = 1

    kind = ""
    date_basis = ""
    additive = False
    categories: Mapping[str, Category] = field(default_factory=dict, kw_only=True)

    @property
    def permission(self) -> str:
        return f"{self.domain}.view"

    def __str__(self):
        return self.label


@dataclass(frozen=True)
class Counted(Figure):
    """A figure counted from the rows of one model; soft-deleted rows never count.

    ``where`` may depend on the period, as where a share must be of those in force at its end.
    """

    model: type[Model] = field(kw_only=True)
    where: Q | Callable[[Period], Q] = field(default_factory=Q, kw_only=True)
    value: Count | Distinct | Total = field(default_factory=Count, kw_only=True)
    unit: str = field(default="unit", kw_only=True)

    @property
    def additive(self) -> bool:
        return not isinstance(self.value, Distinct) and not callable(self.where)


@dataclass(frozen=True)
class Flow(Counted):
    """What happened within the period, by event date."""

    date: str = field(default="occurred_on", kw_only=True)

    kind = "flow"

    @property
    def date_basis(self) -> str:
        options = self.model._meta
        return f"{options.verbose_name}的{options.get_field(self.date).verbose_name}"


@dataclass(frozen=True)
class Stock(Counted):
    """What is in force at the end of the period, from dated spells.

    A row counts on a day when ``starts`` ≤ day and ``ends`` is empty or later; ``ends_inclusive``
    says that the end day itself still counts. Where ``starts`` may be empty, an empty one is long ago.
    """

    starts: str = field(kw_only=True)
    ends: str = field(kw_only=True)
    ends_inclusive: bool = field(default=False, kw_only=True)

    kind = "stock"
    date_basis = "期末在册"
    additive = False


@dataclass(frozen=True)
class Ratio(Figure):
    """Numerator ÷ denominator in percent; both terms are figures and are always told with it."""

    numerator: str = field(kw_only=True)
    denominator: str = field(kw_only=True)

    kind = "ratio"
    date_basis = "由两项指标相除"


figures: Registry[Figure] = Registry("figures")


def register(*declared: Figure) -> None:
    for figure in declared:
        figures.add(figure.code, figure)
