"""What became of figures since the period that a summary is compared with."""

from collections.abc import Iterable

from django.utils import timezone

from portal.figures.together import read_all
from portal.summaries import Telling


def compared(telling: Telling, words: dict[str, str]) -> Iterable[str]:
    """与上年相比，走访增加3人次，增长1.5%；覆盖率持平。 Of figures by code those that counted anything
    then; words stand before each change.

    Nothing where nothing was recorded then, and nothing while the period still runs: part of a year
    says nothing beside a whole one.
    """
    if telling.period.end >= timezone.localdate():
        return
    before = read_all(words, telling.units, telling.earlier.period)
    told = [
        f"{word}{{{code}@change}}"
        for code, word in words.items()
        if (before[code].denominator or before[code]).value
    ]
    if told:
        yield f"与{telling.period.compared_label}相比，{'；'.join(told)}。"
