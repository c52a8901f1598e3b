"""The pictures of a figure's page: by month, by unit, by what it is divided into. Each number is one that
the page reads anyway, and opens what its link in the table opens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from portal.charts import Chart, Kind, Series
from portal.figures import engine, spans
from portal.figures.categories import DerivedCategory, GridCategory
from portal.figures.declare import Counted, Figure
from portal.figures.values import Count, Distinct
from portal.units.plans import plan

LEAST, MOST = 4, 60  # rows of which a picture tells more than its table
PLACES = 3  # from so many on there is a plan
MOST_PARTS = 8  # of a bar
# Categories by the names that declarations give them: ages and sexes back to back, kinds × levels.
AGES, SEXES, KINDS, LEVELS = "age", "sex", "category", "level"
SIDES = ("男", "女")


@dataclass(frozen=True)
class Row:
    """One number of a division: what it is called, how it was read, what opens it."""

    label: str
    reading: engine.Reading
    url: str

    @property
    def value(self) -> str:
        return self.reading.text


@dataclass(frozen=True)
class Part:
    """One division of a figure, as a table and, where it tells more, as a picture that holds the table."""

    title: str
    measure: str
    rows: Sequence[Row]
    chart: Chart | None = None


def by_month(figure: Figure, rows: Sequence[Row]) -> list[Part]:
    """Counts of events as bars, states and shares as a line; months of one year without it."""
    if not rows:
        return []
    part = _part(figure, "按月", rows, Kind.BAR if figure.kind == "flow" else Kind.LINE, "月份")
    if part.chart:
        part = replace(part, chart=replace(part.chart, categories=_short(part.chart.categories)))
    return [part]


def _short(months: Sequence[str]) -> tuple[str, ...]:
    """Their names without the year, where it is the same."""
    if len({month.partition("年")[0] for month in months}) > 1:
        return tuple(months)
    return tuple(month.partition("年")[2] for month in months)


def stacked(figure: Figure, units, period, url: Callable[..., str]) -> list[Part]:
    """Each month divided by the first category that has few enough values, where these add up to the month:
    of events, not of persons, who may count under several; ``url`` as in ``crossed``."""
    if period.days > 366 or not spans.tells_days(figure) or isinstance(figure.value, Distinct):
        return []
    months = period.months()
    for name, known in figure.categories.items():
        labels = {str(key): label for key, label in _divisions(known, units).items()}
        if len(months) < 2 or not 2 <= len(labels.keys() - {known.UNSTATED}) <= MOST_PARTS:
            continue
        found = spans.by_category(figure.code, name, units, period, labels)
        series = tuple(
            Series.of(
                labels[value],
                [(each, url(**{name: value, "period": month.key})) for month, each in read],
            )
            for value, read in found.items()
            if any(each.value for _, each in read)
        )
        if 1 < len(series) <= MOST_PARTS:
            return [_stack(figure, known, months, series)]
    return []


def _divisions(category, units) -> dict:
    """Its choices; none of one whose values overlap, depend on the period or are drawn on a plan."""
    if category.array or isinstance(category, DerivedCategory | GridCategory):
        return {}
    return category.labels(units)


def _stack(figure, category, months, series) -> Part:
    names = _short([month.label for month in months])
    title = f"各月的{category.label}"
    chart = Chart(Kind.STACKED, title, names, series, measure=_measure(figure), lead="月份")
    return Part(title, figure.measure, (), chart)


def by_unit(
    figure: Figure, rows: Sequence[Row], units: Sequence[int], *, title: str = "按单位"
) -> list[Part]:
    """Bars, and a plan of the communities, whose keys stand in ``units`` beside the rows (0: a street)."""
    if not rows:
        return []
    parts = [_part(figure, title, rows, Kind.BAR, "单位", least=2)]
    placed = [(pk, row) for pk, row in zip(units, rows, strict=True) if pk]
    return parts + ([_plan(figure, f"{title}的平面图", placed)] if len(placed) >= PLACES else [])


def by_category(
    figure: Figure, title: str, rows: Sequence[Row], places: Sequence[int] = ()
) -> Part:
    """One division; by grid as a plan, where each row is one of the ``places``."""
    if len(rows) >= PLACES and len(places) == len(rows) and all(places):
        return _plan(figure, title, list(zip(places, rows, strict=True)))
    return _part(figure, title, rows, Kind.BAR, title)


def _part(figure, title, rows, kind, lead, *, least: int = LEAST) -> Part:
    if not least <= len(rows) <= MOST:
        return Part(title, figure.measure, rows)
    series = Series.of(figure.label, [(row.reading, row.url) for row in rows])
    names = tuple(row.label for row in rows)
    measure = _measure(figure)
    return Part(
        title,
        figure.measure,
        rows,
        Chart(kind, title, names, (series,), measure=measure, lead=lead),
    )


def _plan(figure, title, placed) -> Part:
    rows = [row for _, row in placed]
    series = Series.of(figure.label, [(row.reading, row.url) for row in rows])
    units = [(pk, row.label) for pk, row in placed]
    return Part(title, figure.measure, rows, plan(title, units, series, measure=_measure(figure)))


def _measure(figure: Figure) -> str:
    return "" if figure.measure == "%" else figure.measure


# --- two divisions at once --------------------------------------------------------------------------
def crossed(figure: Figure, units, period, url: Callable[..., str]) -> list[Part]:
    """A pyramid of ages and sexes, a table of categories × levels, of figures that know both; ``url`` gives
    the address for values of categories."""
    if not isinstance(figure, Counted) or not isinstance(figure.value, Count | Distinct):
        return []
    names = set(figure.categories)
    parts = []
    if {AGES, SEXES} <= names:
        parts.append(_pyramid(figure, units, period, url))
    if {KINDS, LEVELS} <= names:
        parts.append(_matrix(figure, units, period, url))
    return [part for part in parts if part]


def _pyramid(figure, units, period, url) -> Part | None:
    found = engine.cross(figure.code, AGES, SEXES, units, period)
    ages = {str(key): label for key, label in figure.categories[AGES].labels(units).items()}
    sexes = {str(key): label for key, label in figure.categories[SEXES].labels(units).items()}
    series = tuple(
        Series.of(label, [(found[age, sex], url(age=age, sex=sex)) for age in ages])
        for sex, label in sexes.items()
        if label in SIDES
    )
    if len(series) != len(SIDES) or not any(any(side.values) for side in series):
        return None
    others = sum(reading.value for (_, sex), reading in found.items() if sexes[sex] not in SIDES)
    chart = Chart(
        Kind.PYRAMID,
        "年龄和性别",
        tuple(ages.values()),
        series,
        measure=_measure(figure),
        lead=figure.categories[AGES].label,
        note=f"性别不详的 {others} {figure.measure}不在图中。" if others else "",
    )
    return Part(chart.title, figure.measure, (), chart)


def _matrix(figure, units, period, url) -> Part | None:
    """With the sums of both sides, each read for itself."""
    cube = engine.cube(figure.code, (KINDS, LEVELS), units, period)
    if not cube.at().value:
        return None
    rows, columns = cube.labels(KINDS), cube.labels(LEVELS)

    def line(label, **row):
        chosen = [{LEVELS: key} for key in columns] + [{}]
        return Series.of(label, [(cube.at(**row, **c), url(**row, **c)) for c in chosen])

    chart = Chart(
        Kind.MATRIX,
        f"{figure.categories[KINDS].label}和{figure.categories[LEVELS].label}",
        (*columns.values(), "合计"),
        (*(line(label, **{KINDS: key}) for key, label in rows.items()), line("合计")),
        measure=_measure(figure),
        lead=figure.categories[KINDS].label,
    )
    return Part(chart.title, figure.measure, (), chart)
