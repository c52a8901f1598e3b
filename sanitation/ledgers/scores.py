"""季度考核: the runs, their scores, what is objected, special checks."""

from django.urls import reverse

from portal.ledgers import MORE, Action, Column, Ledger, column, register
from portal.ledgers.columns import reader
from portal.scope import access_of
from residents.ledgers.about import unit_column
from sanitation.enums.scoring import RunState
from sanitation.forms.scores import QuarterRunForm
from sanitation.forms.special import AssessmentForm
from sanitation.ledgers.about import AboutCommunityLedger, community_column
from sanitation.ledgers.frozen import OfQuarter
from sanitation.ledgers.scores_page import page_of_run, page_of_score
from sanitation.ledgers.sections import SCORES
from sanitation.models import (
    QuarterRun,
    QuarterScore,
    ScoreObjection,
    SpecialAssessment,
)
from sanitation.selectors.scores import points_told
from sanitation.services import score_objections, scores
from sanitation.workflow import COMPUTE, PUBLISH

S = RunState
LOOKS = {S.DRAFT: "neutral", S.PUBLISHED: "info", S.FINAL: "good", S.FROZEN: "good"}
OPENED = {S.PUBLISHED, S.FINAL, S.FROZEN}


def state_column(path: str = ""):
    """The state of the run, set off."""

    def run_of(record):
        return record.run if path else record

    return Column(
        "状态",
        lambda record: run_of(record).get_state_display(),
        sort=f"{path}state",
        width=14,
        look=lambda record: {"badge": LOOKS[run_of(record).state]},
    )


@register
class QuarterRunLedger(Ledger):
    slug, title, icon, section = "quarter-runs", "季度考核", "certificate", SCORES
    quick = False
    model = QuarterRun
    description = "每个季度一键计算所有社区（村）的得分和名次，公布、听取异议、定稿、冻结。"
    date = ""
    order = ("-year", "-quarter", "unit")
    select_related = ("rule",)
    columns = (
        "year",
        "quarter",
        state_column(),
        Column("第一名", lambda run: first_of(run), width=24),
        Column("参加排名", lambda run: ranked_in(run), width=10, numeric=True),
        column(QuarterRun, "published_on", field=""),
        column(QuarterRun, "objections_until", field=""),
        column(QuarterRun, "frozen_on", field=""),
        Column("季度计分规则", reader(QuarterRun, "rule"), width=30, listed=False),
        column(QuarterRun, "note", sort="", width=24, listed=False),
        unit_column(QuarterRun),
    )
    form_class = QuarterRunForm
    form_layout = (("year", "quarter"), "note")
    filters = ("quarter", "state")
    search = ("year", "note")
    search_hint = "年度或备注"
    identity = ("year", "quarter")
    refers_to = (
        *("inspections", "findings", "rectification-orders", "warning-cards"),
        *("special-assessments", "paste-checks", "fee-collections", "cadre-visits"),
    )
    detail_template = "sanitation/quarter_run.html"

    @property
    def edit_permission(self):
        return COMPUTE

    def save(self, form, *, by):
        if form.instance.pk:
            return super().save(form, by=by)
        return scores.begin(form.save(commit=False), by=by)

    def kept_by(self, record):
        if record.state == S.DRAFT:
            return ""
        return "已公布的季度考核按步骤办理，不能直接修改或删除；公布错了的先撤回。"

    def actions(self, record, user):
        return [
            Action(step.label, reverse("quarter-step", args=[record.pk, name]))
            for name, step in scores.steps_open_to(record, user).items()
        ]

    def page(self, record, request):
        paper = reverse("quarter-ranking-paper", args=[record.pk])
        return {
            "page_links": [("打印排名表", paper)],
            **page_of_run(record, request.user, LOOKS[record.state]),
        }


def first_of(run) -> str:
    """Who stands first, all of them."""
    return "、".join(row["name"] for row in run.ranking if row["rank"] == 1)


def ranked_in(run) -> int:
    return sum(1 for row in run.ranking if row["rank"])


@register
class QuarterScoreLedger(Ledger):
    slug, title, icon, section = "quarter-scores", "季度得分", "chart-bar", SCORES
    quick = False
    by_hand = False
    model = QuarterScore
    description = (
        "各社区（村）每个季度的得分：点开可以看到每一分从哪里来，可打印，异议期内可提出异议。"
    )
    order = ("-occurred_on", "rank", "community__code")
    select_related = ("community", "run")
    columns = (
        Column("季度", lambda score: quarter_told(score.run), sort="occurred_on", width=14),
        community_column(QuarterScore),
        Column(
            "季度得分", lambda score: score.total, sort="total", field="", width=10, numeric=True
        ),
        Column("名次", lambda score: score.rank, sort="rank", width=8, numeric=True),
        column(QuarterScore, "groups", field="", width=10),
        column(QuarterScore, "withheld", field="", sort="", width=30),
        state_column("run__"),
        unit_column(QuarterScore),
    )
    form_layout = ("run", "community", ("total", "rank", "groups"), "withheld")
    search = ("community__name",)
    search_hint = "社区（村）名称"
    footer = ("sanitation.communities_scored", "sanitation.average_score")
    detail_template = "sanitation/score.html"

    def label_of(self, record):
        return f"{record.community}{quarter_told(record.run)}得分"

    def hint_of(self, record):
        return points_told(record.total)

    def actions(self, record, user):
        may = score_objections.may_object(record, user)
        if not may or score_objections.why_not(record):
            return []
        return [Action("提出异议", reverse("score-object", args=[record.pk]))]

    def page(self, record, request):
        paper = reverse("quarter-score-paper", args=[record.pk])
        return {
            "page_links": [("打印得分说明", paper)],
            **page_of_score(record, request.user, LOOKS[record.run.state]),
        }


def quarter_told(run) -> str:
    return f"{run.year}年{run.get_quarter_display()}"


@register
class ScoreObjectionLedger(Ledger):
    slug, title, icon, section = "score-objections", "得分异议", "speakerphone", SCORES
    quick = False
    by_hand = False
    model = ScoreObjection
    description = "社区（村）对得分或其中一项提出的异议和答复；异议成立的，得分重新计算。"
    select_related = ("score__community", "score__run", "line")
    columns = (
        "occurred_on",
        Column("季度", lambda o: quarter_told(o.score.run), width=14),
        Column(
            "社区（村）",
            reader(ScoreObjection, "score.community"),
            sort="score__community__code",
            width=16,
        ),
        Column("对哪一项", lambda o: str(o.line or "整个得分"), width=30),
        column(ScoreObjection, "reason", sort="", width=40),
        column(ScoreObjection, "signer", sort="", width=12, listed=False),
        Column("结果", lambda o: outcome_of(o), sort="upheld", width=12, look=lambda o: look_of(o)),
        column(ScoreObjection, "adjustment", field="", width=10),
        column(ScoreObjection, "answered_on", field=""),
        column(ScoreObjection, "answer", field="", sort="", width=40, listed=False),
        unit_column(ScoreObjection),
    )
    form_layout = (
        ("score", "line"),
        ("occurred_on", "signer"),
        "reason",
        ("answered_on", "adjustment"),
        "answer",
    )
    search = ("reason", "signer", "score__community__name")
    search_hint = "理由、提出人或社区（村）"
    footer = ("sanitation.score_objections", "sanitation.score_objections_upheld")

    def actions(self, record, user):
        waiting = record.answered_on is None and record.score.run.state == S.PUBLISHED
        if not waiting or not access_of(user).may(PUBLISH, record.score.unit_id):
            return []
        return [Action("答复", reverse("score-objection-answer", args=[record.pk]))]


def outcome_of(objection) -> str:
    if objection.answered_on is None:
        return "待答复"
    return "成立" if objection.upheld else "不成立"


def look_of(objection) -> dict:
    looks = {"待答复": "warn", "成立": "good", "不成立": "neutral"}
    return {"badge": looks[outcome_of(objection)]}


@register
class AssessmentLedger(OfQuarter, AboutCommunityLedger):
    slug, title, icon, section = "special-assessments", "专项考核", "clipboard-check", SCORES
    model = SpecialAssessment
    description = "画报粘贴、分类减量等专项考核的得分，按计分规则计入所在季度。"
    select_related = ("community",)
    columns = (
        "occurred_on",
        community_column(SpecialAssessment),
        "kind",
        column(SpecialAssessment, "item", sort="", width=20),
        column(SpecialAssessment, "sampled", width=10),
        column(SpecialAssessment, "score", width=8),
        column(SpecialAssessment, "full", width=8),
        column(SpecialAssessment, "note", sort="", width=24, listed=False),
        unit_column(SpecialAssessment),
    )
    form_class = AssessmentForm
    form_layout = (
        ("occurred_on", "community"),
        ("kind", "item"),
        ("score", "full", "sampled"),
        "note",
    )
    form_folds = {"note": MORE}
    kept_for_next = ("occurred_on", "kind", "item", "full")
    today = "occurred_on"
    quick = False
    filters = ("kind",)
    search = ("item", "note", "community__name")
    search_hint = "项目或社区（村）"
    identity = ("occurred_on", "community", "kind", "item")
    footer = ("sanitation.special_assessments",)
