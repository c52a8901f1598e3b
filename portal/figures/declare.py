"""The declaration of a figure: which records, which date counts, which measure (DESIGN §1, §5)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from functools import cached_property

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, Q, QuerySet

from portal.figures.categories import Category
from portal.figures.values import Count, Distinct, Total
from portal.numbers import format_number, percent
from portal.periods import Period
from portal.registry import Registry


@dataclass(frozen=True, eq=False)
class Figure:
    """A declaration is itself alone, so that what is prepared for it can be kept beside it.

    ``label`` is unique and is the word that sentences and editors use for the figure.

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
    places, shortens = 2, True
    categories: Mapping[str, Category] = field(default_factory=dict, kw_only=True)

    @property
    def permission(self) -> str:
        return f"{self.domain}.view"

    def __str__(self):
        return self.label

    def _divide(self, categories: Mapping[str, Category]) -> None:
        object.__setattr__(self, "categories", categories)


@dataclass(frozen=True, eq=False)
class Counted(Figure):
    """A figure counted from the rows of one model; soft-deleted rows never count.

    ``where`` may depend on the period, as where a share must be of those in force at its end; where it
    ``looks_up`` something in the database each time, its question is never kept.
    """

    model: type[Model] = field(kw_only=True)
    where: Q | Callable[[Period], Q] = field(default_factory=Q, kw_only=True)
    value: Count | Distinct | Total = field(default_factory=Count, kw_only=True)
    unit: str = field(default="unit", kw_only=True)
    looks_up: bool = field(default=False, kw_only=True)

    def __post_init__(self):
        self._divide(
            {name: each.of(self.model, self.unit) for name, each in self.categories.items()}
        )

    @property
    def additive(self) -> bool:
        return not isinstance(self.value, Distinct) and not callable(self.where)

    @property
    def places(self) -> int:
        return self.value.places

    @property
    def shortens(self) -> bool:
        return self.value.shortens

    def rows(self, period: Period) -> QuerySet:
        """What may count, of any time; made once where it does not depend on the period."""
        if callable(self.where):
            return self.kept(self.where(period))
        return self._rows

    @cached_property
    def _rows(self) -> QuerySet:
        return self.kept(self.where)

    def kept(self, where: Q) -> QuerySet:
        """Rows of any time that are not deleted."""
        rows = self.model._default_manager.filter(where)
        if hasattr(self.model, "deleted_at"):
            rows = rows.filter(deleted_at__isnull=True)
        return rows


@dataclass(frozen=True, eq=False)
class Flow(Counted):
    """What happened within the period, by event date; ``date`` may be that of what the row belongs to."""

    date: str = field(default="occurred_on", kw_only=True)

    kind = "flow"

    @property
    def date_basis(self) -> str:
        options, (*steps, last) = self.model._meta, self.date.split("__")
        for step in steps:
            options = options.get_field(step).related_model._meta
        return f"{options.verbose_name}的{options.get_field(last).verbose_name}"


@dataclass(frozen=True, eq=False)
class Cumulative(Counted):
    """What happened up to the period's end; ``where`` says since when, as since a target was set."""

    date: str = field(default="occurred_on", kw_only=True)

    kind = "cumulative"
    additive = False
    date_basis = "截至期末累计"


class When(Enum):
    """The day, or days, on which a stock is looked at."""

    END = "期末在册"
    OPENING = "期初在册"  # what was carried over: as the day before the period left it
    DURING = "期内曾在册"  # carried over, or begun since


@dataclass(frozen=True, eq=False)
class Stock(Counted):
    """What is in force at the end of the period, from dated spells; ``when`` names another moment.

    A row counts on a day when ``starts`` ≤ day and ``ends`` is empty or later; ``ends_inclusive``
    says that the end day itself still counts. Where ``starts`` may be empty, an empty one is long ago.
    """

    starts: str = field(kw_only=True)
    ends: str = field(kw_only=True)
    ends_inclusive: bool = field(default=False, kw_only=True)
    when: When = field(default=When.END, kw_only=True)

    kind = "stock"
    additive = False

    @property
    def date_basis(self) -> str:
        return self.when.value

    def days(self, period: Period) -> tuple[date, date]:
        """(begun by, not ended on): the days between which a row must be in force."""
        opening = period.start - timedelta(days=1)
        begun = opening if self.when is When.OPENING else period.end
        return begun, period.end if self.when is When.END else opening


@dataclass(frozen=True, eq=False)
class Ratio(Figure):
    """Numerator ÷ denominator in percent; both terms are figures and are always told with it."""

    numerator: str = field(kw_only=True)
    denominator: str = field(kw_only=True)

    places = 1
    kind = "ratio"
    date_basis = "由两项指标相除"

    def divide_as(self, terms: Iterable[Figure]) -> None:
        """A part that one of the terms has is a part of the ratio too. Raises KeyError for a category that
        one of them does not know."""
        for term in terms:
            self._divide({n: each.among(term.categories[n]) for n, each in self.categories.items()})

    def quotient(self, above, below) -> Decimal | None:
        """Unrounded; None where there is nothing to divide by."""
        return Decimal(above) * 100 / Decimal(below) if below else None

    def printed(self, above, below) -> str:
        """The quotient of two values as columns print it."""
        return percent(above, below)

    def with_terms(self, reading) -> str:
        """The reading in running text: it never stands without its terms."""
        return f"{reading.text}（{reading.numerator.text}/{reading.denominator.text}）"


@dataclass(frozen=True, eq=False)
class Average(Ratio):
    """Numerator ÷ denominator as a number of the figure's measure, with one decimal: 2.3个工作日, or with
    as many as it says."""

    places: int = field(default=1, kw_only=True)

    kind = "average"

    def quotient(self, above, below):
        return Decimal(above) / Decimal(below) if below else None

    def printed(self, above, below):
        return format_number(self.quotient(above, below), places=self.places)

    def with_terms(self, reading):
        terms = f"{reading.numerator.full}/{reading.denominator.full}"
        return f"{reading.text}{self.measure}（{terms}）"


figures: Registry[Figure] = Registry("figures")


def register(*declared: Figure) -> None:
    """Raises ImproperlyConfigured where a code is taken, or a ratio that divides stands before its terms."""
    for figure in declared:
        if isinstance(figure, Ratio) and figure.categories:
            terms = [figures.so_far(code) for code in (figure.numerator, figure.denominator)]
            if None in terms:
                raise ImproperlyConfigured(f"{figure.code} divides: declare its terms before it")
            figure.divide_as(terms)
        figures.add(figure.code, figure)
