"""The lead-in of a summary: whose it is, under whose guidance, and what it came to."""

from collections.abc import Iterable

from portal.models.units import UnitKind
from portal.summaries import Telling
from portal.telling import counted, plain


def guided(telling: Telling) -> str:
    """在甲街道指导下, of a community; a street is led by its district (组织法: a residents' committee is
    guided, not led, by its street). "" where nobody stands above."""
    above = telling.unit if telling.group else telling.unit.parent
    if above is None:
        return ""
    verb = "领导" if telling.unit.kind == UnitKind.STREET and not telling.group else "指导"
    return f"在{plain(above.name_on(telling.period.end))}{verb}下，"


def opening(telling: Telling, work: str, totals: dict[str, str], tasks: str = "") -> Iterable[str]:
    """2025年，在甲街道指导下，乙社区按照年度工作计划开展残疾人工作，走访192人次，培训2次。

    ``totals`` are the words before each figure, by code; those that counted nothing are left out, and
    without any there is no opening. ``tasks`` counts the tasks of the plan: without them no plan is told of.
    """
    codes = [code for code in totals if counted(telling, code)]
    if not codes:
        return
    plan = "按照年度工作计划" if tasks and counted(telling, tasks) else ""
    told = "，".join(f"{totals[code]}{{{code}}}" for code in codes)
    yield f"{telling.period.label}，{guided(telling)}{plain(telling.name)}{plan}开展{work}，{told}。"
