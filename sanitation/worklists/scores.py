"""What is due: a quarter ended and not computed or not published, objections, a period that ended."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from portal.ledgers.registry import ledgers
from portal.models import Unit
from portal.models.units import UnitKind
from portal.scope import access_of
from portal.worklists import Act, Group, Term, Worklist, register, stepping
from sanitation.enums.scoring import Quarter, RunState
from sanitation.models import QuarterRun, QuarterScore, ScoreObjection, ScoreRule
from sanitation.selectors.quarters import before, days_of, quarter_of
from sanitation.workflow import ANSWER, COMPUTE, PUBLISH

TOLD_FOR = timedelta(days=14)  # how long an answer stands on the list of who asked
RUNS, OBJECTIONS, SCORES = "quarter-runs", "score-objections", "quarter-scores"


def last_quarter() -> tuple[int, int]:
    return before(*quarter_of(timezone.localdate()))


def streets_to_compute(units):
    """Streets with a rule in force for the quarter that ended last, and no run of it."""
    year, quarter = last_quarter()
    end = days_of(year, quarter).end
    of_street = {"unit": OuterRef("pk"), "deleted_at": None}
    runs = QuarterRun.objects.filter(year=year, quarter=quarter, **of_street)
    rules = ScoreRule.objects.filter(year__lte=year, **of_street).exclude(
        year=year, quarter__gt=quarter
    )
    rows = Unit.objects.filter(pk__in=units, kind=UnitKind.STREET).valid_on(end)
    return rows.filter(Exists(rules), ~Exists(runs)).order_by("code")


def to_compute_told(unit) -> str:
    year, quarter = last_quarter()
    return f"{unit}{year}年{Quarter(quarter).label}"


def new_run(unit) -> str:
    year, quarter = last_quarter()
    return f"{ledgers[RUNS].url('add')}?year={year}&quarter={quarter}"


def drafts_of_ended(units):
    year, quarter = quarter_of(timezone.localdate())
    rows = QuarterRun.objects.kept().filter(unit__in=units, state=RunState.DRAFT)
    return rows.exclude(year=year, quarter=quarter).order_by("year", "quarter")


def unanswered(units):
    rows = ScoreObjection.objects.kept().filter(
        unit__in=units, answered_on__isnull=True, score__run__state=RunState.PUBLISHED
    )
    return rows.select_related("score__community", "line").order_by("occurred_on", "pk")


def answered(units):
    """Objections of the communities that were answered within a fortnight."""
    since = timezone.localdate() - TOLD_FOR
    rows = ScoreObjection.objects.kept().filter(unit__in=units, answered_on__gte=since)
    return rows.select_related("score__community", "line").order_by("-answered_on", "pk")


def answered_by(rows, user):
    return rows.filter(score__unit__in=access_of(user).units(PUBLISH))


def of_own_unit(rows, user):
    """For the community that objected, not for the street that answered."""
    return rows.filter(unit__in=[each.unit_id for each in access_of(user).assignments])


def to_settle(units):
    rows = QuarterRun.objects.kept().filter(unit__in=units, state=RunState.PUBLISHED)
    return rows.filter(objections_until__lt=timezone.localdate()).order_by("objections_until")


def to_look_at(units):
    """Scores that may still be contested, and nobody of the community has."""
    own = ScoreObjection.objects.filter(score=OuterRef("pk"), deleted_at=None)
    rows = QuarterScore.objects.kept().filter(
        community__in=units,
        run__state=RunState.PUBLISHED,
        run__objections_until__gte=timezone.localdate(),
    )
    return rows.filter(~Exists(own)).select_related("community", "run").order_by("pk")


def step_page(name):
    return lambda run: reverse("quarter-step", args=[run.pk, name])


register(
    Worklist(
        "sanitation.quarters_to_compute",
        "季度已结束、还没有编制季度考核",
        COMPUTE,
        streets_to_compute,
        RUNS,
        text=to_compute_told,
        address=new_run,
        group=Group.MEND,
        place="pk",
        act=Act("编制", new_run),
    ),
    Worklist(
        "sanitation.quarters_to_publish",
        "季度考核待公布",
        PUBLISH,
        drafts_of_ended,
        RUNS,
        text=str,
        group=Group.DECIDE,
        act=stepping("公布", "quarter-step", "publish"),
    ),
    Worklist(
        "sanitation.score_objections_waiting",
        "季度得分异议待答复",
        PUBLISH,
        unanswered,
        OBJECTIONS,
        text=lambda row: f"{row.score.community}：{row.line or '整个得分'}",
        due=lambda row: f"{row.occurred_on} 提出",
        for_user=answered_by,
        group=Group.DECIDE,
        act=stepping("答复", "score-objection-answer"),
    ),
    Worklist(
        "sanitation.score_answers",
        "季度得分异议已答复",
        ANSWER,
        answered,
        OBJECTIONS,
        text=lambda row: f"{row.line or '整个得分'}：{'成立' if row.upheld else '不成立'}",
        due=lambda row: f"{row.answered_on} 答复",
        for_user=of_own_unit,
        group=Group.BACK,
        act=Act("查看答复", page="detail"),
    ),
    Worklist(
        "sanitation.quarters_to_settle",
        "季度考核异议期已满、待定稿",
        PUBLISH,
        to_settle,
        RUNS,
        text=str,
        due=lambda run: f"{run.objections_until} 期满",
        address=step_page("settle"),
        group=Group.DECIDE,
        act=stepping("定稿", "quarter-step", "settle"),
    ),
    Worklist(
        "sanitation.scores_to_look_at",
        "季度得分已公布，可提异议",
        ANSWER,
        to_look_at,
        SCORES,
        text=lambda score: f"{score.community}{score.run}",
        due=lambda score: f"{score.run.objections_until} 截止",
        group=Group.ASKED,
        day="run__objections_until",
        term=Term.WORKDAYS,
        place="community",
        act=stepping("提出异议", "score-object"),
    ),
)
