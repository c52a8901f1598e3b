"""``figures --unit CODE --period P``: every figure of a unit and all below it, for people or scripts."""

import json
from decimal import Decimal

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.choosing import WRONG_USE, chosen_period, chosen_unit
from portal.figures import engine, figures
from portal.figures.engine import Reading
from portal.figures.together import read_all
from portal.isolation import one_moment
from portal.scope import scope, scope_of_units


class Command(BaseCommand):
    help = "单位及其下级的各项指标。退出码：0 成功，2 参数有误。"

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, metavar="CODE", help="12 位单位代码")
        parser.add_argument(
            "--period",
            metavar="P",
            help="2025、2025H1、2025Q3、2025-08 或 2025-03-01..2025-06-30（不写为上一年）",
        )
        parser.add_argument("--format", choices=("table", "json"), default="table")
        parser.add_argument(
            "--figure", action="append", metavar="CODE", help="只列这一项，可写多次"
        )

    def handle(self, *, unit, period, format, figure, **options):
        unit, period = chosen_unit(unit), chosen_period(period)
        codes = chosen_figures(figure)
        within = scope_of_units([unit.pk], "command:figures")  # read before the moment begins
        with one_moment(), scope(within):
            readings = list(read_all(codes, within.units, period).values())
        as_of = engine.as_of(period, timezone.localdate())
        if format == "json":
            told = {
                "unit": unit.code,
                "unit_name": unit.name_on(period.end),
                "period": period.key,
                "as_of": as_of.isoformat(),
                "figures": [as_json(reading) for reading in readings],
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        name = unit.name_on(period.end)
        self.stdout.write(f"{name}（{unit.code}）{period.label}，数据截至 {as_of}")
        for line in table(readings):
            self.stdout.write(line)


def chosen_figures(asked: list[str] | None) -> list[str]:
    """The asked figures, or all, in the order in which they are declared."""
    known = [figure.code for figure in figures]
    if unknown := set(asked or ()) - set(known):
        wrong, choices = "、".join(sorted(unknown)), "、".join(known)
        raise CommandError(f"没有指标 {wrong}；可选：{choices}。", returncode=WRONG_USE)
    return [code for code in known if not asked or code in asked]


def as_json(reading: Reading) -> dict:
    """``value`` is exact, a ratio's unrounded; ``text`` is what documents print."""
    figure = reading.figure
    return {
        "code": figure.code,
        "label": figure.label,
        "value": number(reading.value),
        "text": reading.text,
        "measure": figure.measure,
        "numerator": number(reading.numerator and reading.numerator.value),
        "denominator": number(reading.denominator and reading.denominator.value),
        "definition": figure.definition,
        "version": figure.version,
    }


def number(value: int | Decimal | None) -> int | float | None:
    """A JSON number: 500.00 元 is 500, 0.5 stays; amounts of up to 15 digits stay exact."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def table(readings: list[Reading]):
    """One line each. Only the columns before the Chinese words are padded: those align anywhere."""
    codes = max((len(reading.figure.code) for reading in readings), default=0)
    values = max((len(reading.text) for reading in readings), default=0)
    for reading in readings:
        figure = reading.figure
        terms = ""
        if reading.numerator is not None:
            terms = f"（{reading.numerator.text}/{reading.denominator.text}）"
        measure = "" if figure.measure == "%" else figure.measure
        line = f"{figure.code:<{codes}}  {reading.text:>{values}} {measure}{terms}"
        yield f"{line}  {figure.label}"
