"""The lines of a board as it keeps them: which figure, whether in the table, with which picture."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError

from portal.boards import Line, Picture
from portal.figures import figures, spans

MOST = 24  # of one board: a page that is read in ten minutes
LONGEST_CODE = 80


def lines_of(kept: Iterable) -> tuple[Line, ...]:
    """From what is stored; what is malformed is left out."""
    return tuple(
        Line(each["code"], each.get("picture", Picture.NONE), bool(each.get("tabled")))
        for each in kept
        if isinstance(each, dict) and isinstance(each.get("code"), str)
    )


def kept_as(lines: Iterable[Line]) -> list[dict]:
    return [{"code": x.code, "picture": str(x.picture), "tabled": x.tabled} for x in lines]


def check(lines: Sequence[Line]) -> None:
    """Raise ValidationError, in Chinese, for lines that cannot make a board. A retired figure may stay:
    the board says of it that it is retired."""
    if len(lines) > MOST:
        raise ValidationError(f"一个看板最多放{MOST}项指标，请先移去几项。")
    codes = [line.code for line in lines]
    if len(set(codes)) < len(codes):
        raise ValidationError("这项指标已在看板里。")
    for line in lines:
        if line.picture not in Picture.values or not 0 < len(line.code) <= LONGEST_CODE:
            raise ValidationError("指标或图的种类不对，请重新选择。")
        if line.picture not in pictures_of(line.code):
            raise ValidationError("这项指标不按发生日期统计，不能画每天，请选别的图。")


def pictures_of(code: str) -> dict[str, str]:
    """The ways, with their names, in which the figure can be drawn; a retired one as before."""
    daily = code not in figures or spans.tells_days(figures[code])
    return {value: label for value, label in Picture.choices if daily or value != Picture.DAYS}


def added(lines: Sequence[Line], code: str) -> tuple[Line, ...]:
    if code not in figures:
        raise ValidationError("没有这项指标，请重新查找。")
    return (*lines, Line(code))


def moved(lines: Sequence[Line], code: str, by: int) -> tuple[Line, ...]:
    """The line one place up (-1) or down (1); at the end it stays."""
    found = list(lines)
    place = _place(found, code)
    there = min(max(place + by, 0), len(found) - 1)
    found.insert(there, found.pop(place))
    return tuple(found)


def removed(lines: Sequence[Line], code: str) -> tuple[Line, ...]:
    _place(lines, code)
    return tuple(line for line in lines if line.code != code)


def changed(lines: Sequence[Line], code: str, *, picture: str, tabled: bool) -> tuple[Line, ...]:
    found = list(lines)
    place = _place(found, code)
    found[place] = replace(found[place], picture=picture, tabled=tabled)
    return tuple(found)


def _place(lines: Sequence[Line], code: str) -> int:
    for place, line in enumerate(lines):
        if line.code == code:
            return place
    raise ValidationError("看板里已没有这项指标，请刷新后再看。")
