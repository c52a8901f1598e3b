"""What the summary of sanitation work tells of the quarters' scores, in the part on inspections."""

from functools import partial

from portal.models.units import UnitKind
from portal.summaries import FigureTable, Narrative, RecordTable, register
from portal.telling import listed
from sanitation.enums.scoring import Quarter, RunState
from sanitation.models import QuarterRun, QuarterScore
from sanitation.selectors.quarters import days_of
from sanitation.selectors.scores import change_told, points_told, ranking_of
from sanitation.summaries.outlines import SANITATION, told

PART = "inspections"
MOST = 3


def rankings(telling):
    """First and last of each published quarter of the street, and who rose most; of a community only its
    own place."""
    for run in _published(telling):
        if text := _ranking(run):
            yield text


def _published(telling) -> list[QuarterRun]:
    """Of the street's runs those whose quarter ends within the period."""
    span = (telling.period.start, telling.period.end)
    runs = QuarterRun.objects.kept().filter(unit__in=telling.units).exclude(state=RunState.DRAFT)
    return [run for run in runs.order_by("year", "quarter") if span[0] <= _end(run) <= span[1]]


def table_of(quarter, telling):
    """Every community of the quarter's ranking in its order, with what it was looked at and how it moved."""
    runs = [run for run in _published(telling) if run.quarter == quarter]
    ranked = [(run, row) for run in runs for row in ranking_of(run)]
    rows = [_row(f"{run.year}年" if len(runs) > 1 else "", row) for run, row in ranked]
    count = f"{sum(1 for _, row in ranked if row.rank)}个"
    return rows, ("参加排名", count, "", "", "", "")


def _row(year, row) -> tuple[str, ...]:
    return (
        f"{year}{row.name}",
        str(row.rank or "—"),
        points_told(row.total),
        str(row.groups),
        change_told(row),
        row.withheld,
    )


def own_places(telling):
    """2025年三季度得 86.5 分，列第3名: where the summary is a community's."""
    if telling.unit.kind != UnitKind.COMMUNITY:
        return
    rows = QuarterScore.objects.kept().filter(
        community=telling.unit,
        is_open=True,
        occurred_on__range=(telling.period.start, telling.period.end),
    )
    for score in rows.select_related("run").order_by("occurred_on"):
        if score.total is not None:
            quarter = f"{score.run.year}年{score.run.get_quarter_display()}"
            place = (
                f"，在{_ranked(score.run)}个社区（村）中列第{score.rank}名" if score.rank else ""
            )
            yield f"{quarter}考核得{points_told(score.total)}分{place}。"


def _ranked(run) -> int:
    return sum(1 for row in run.ranking if row["rank"])


def _end(run):
    return days_of(run.year, run.quarter).end


def _ranking(run) -> str:
    rows = ranking_of(run)
    ranked = [row for row in rows if row.rank]
    head = f"{run.year}年{Quarter(run.quarter).label}考核"
    if not ranked:
        return ""
    best, worst = _ends(ranked)
    text = f"{head}{len(ranked)}个社区（村）参加排名：{_named(best)}列前"
    if worst:
        text += f"，{_named(worst)}列后"
    risen = [row for row in ranked if (row.change or 0) > 0]
    if risen:
        top = max(row.change for row in risen)
        names = listed([row.name for row in risen if row.change == top], MOST)
        text += f"；比上季度进步最大的是{names}，上升{top}位"
    return f"{text}。"


def _ends(ranked):
    """The first and the last three, the latter not of the former."""
    best = ranked[:MOST]
    rest = ranked[MOST:]
    return best, rest[-MOST:]


def _named(rows) -> str:
    return "、".join(f"{row.name}（{points_told(row.total)}分）" for row in rows)


register(
    told(
        PART,
        600,
        "公布各社区（村）季度得分{sanitation.communities_scored}，平均得分{sanitation.average_score}，"
        "其中参加排名{sanitation.communities_ranked}。",
        "communities_scored",
    ),
    told(PART, 610, "开展专项考核{sanitation.special_assessments}。", "special_assessments"),
    told(
        PART,
        620,
        "受理季度得分异议{sanitation.score_objections}，其中成立{sanitation.score_objections_upheld}。",
        "score_objections",
    ),
    Narrative(SANITATION, PART, 630, rankings),
    Narrative(SANITATION, PART, 635, own_places),
    *(
        RecordTable(
            SANITATION,
            PART,
            636 + quarter,
            f"各社区（村）{quarter.label}考核排名",
            ("sanitation.communities_scored",),
            headers=("社区（村）", "名次", "得分", "抽查小组", "比上季度", "不排名原因"),
            note="单位：分、个",
            compose=partial(table_of, quarter),
        )
        for quarter in Quarter
    ),
    FigureTable(
        SANITATION,
        PART,
        641,
        "各社区（村）季度考核得分",
        ("sanitation.communities_scored", "sanitation.score_points", "sanitation.average_score"),
        by="unit",
        chart="sanitation.average_score",
    ),
)
