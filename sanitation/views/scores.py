"""Steps of a quarter, objections and their answers, and the papers: the explained score, the ranking."""

import base64

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property

from portal.attachments import vault
from portal.attachments.services import thumbnail_of
from portal.crypto import CannotOpen
from portal.exports.paper import Paper, chinese, rows_of
from portal.exports.register import printed
from portal.guided import GuidedView
from portal.ledgers import Column
from portal.ledgers.registry import ledgers
from portal.ledgers.services import log_access
from portal.marks import needs, needs_one_of, writing_get
from portal.models import AccessLog
from portal.pdf import render_substituted
from portal.pdf.response import pdf_response
from portal.scope import Denied, access_of
from sanitation.enums.scoring import RunState
from sanitation.forms.scores import AnswerForm, ObjectionForm, RunStepForm
from sanitation.ledgers.scores_page import equation, explained
from sanitation.selectors.scores import points_told, ranking_of
from sanitation.services import score_objections, scores
from sanitation.workflow import ANSWER, COMPUTE, PUBLISH, QUARTER

VIEW = "sanitation.view"
RUNS, SCORES, OBJECTIONS = "quarter-runs", "quarter-scores", "score-objections"
MOST_PICTURES = 24
DENIED = "您的角色没有这项权限；如确需办理，请联系安全管理员。"
TOLD = {
    "compute": "重新读取这个季度的全部记录，计算所有社区（村）的得分、明细和名次。",
    "publish": "公布后各社区（村）能看到自己的得分明细和全部名次，并可在异议期内提出异议。",
    "withdraw": "撤回后社区（村）看不到得分和名次，可以修改后重新公布。",
    "settle": "定稿后得分和名次不再改变；需要改的先退回异议期。",
    "reopen": "退回异议期后可以重新计算、再次受理异议。",
    "freeze": "冻结后这个季度的得分、名次永远不变，这个季度计分用的检查、问题、整改单、警告牌、专项考核、"
    "粘贴抽查和收费记录不能再登记、修改、删除或恢复。",
}


def way_back(ledger, record) -> dict:
    return {
        "above_url": ledger.url(),
        "above_title": ledger.title,
        "parent_url": ledger.url("detail", record),
        "parent_title": ledger.label_of(record),
    }


class RunStepView(GuidedView):
    """``step``: a key of the quarter's workflow."""

    def dispatch(self, request, *args, **kwargs):
        self.ledger = ledgers[RUNS]
        self.loaded = get_object_or_404(self.ledger.queryset(request.user), pk=kwargs["pk"])
        self.step = QUARTER.steps.get(kwargs["step"])
        if self.step is None:
            raise Http404
        if not scores.may_take(self.loaded, kwargs["step"], request.user):
            raise Denied(DENIED)
        return super().dispatch(request, *args, **kwargs)

    title = property(lambda self: f"{self.step.label}：{self.loaded}")
    button = property(lambda self: self.step.label)

    def form(self, data=None):
        return RunStepForm(data, record=self.loaded, step=self.step)

    def get(self, request, *args, **kwargs):
        if self.loaded.state not in self.step.sources:
            messages.info(request, "这一步已经办过，或现在还不能办。")
            return redirect(self.ledger.url("detail", self.loaded))
        return super().get(request, *args, **kwargs)

    def context(self):
        return way_back(self.ledger, self.loaded) | {"explanation": TOLD[self.kwargs["step"]]}

    def perform(self, form):
        row = form.as_loaded(self.loaded)
        return scores.take(row, self.kwargs["step"], form.values, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, f"已{self.step.label}。")
        return redirect(self.ledger.url("detail", result))


class ObjectView(GuidedView):
    """The community contests its score; ``?line=`` names one of the lines."""

    title = button = "提出异议"

    @cached_property
    def score(self):
        rows = ledgers[SCORES].queryset(self.request.user)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def form(self, data=None):
        access_of(self.request.user).check(ANSWER, self.score.community_id)
        line = self.request.GET.get("line", "")
        return ObjectionForm(data, score=self.score, user=self.request.user, line=line)

    def get(self, request, *args, **kwargs):
        form = self.form()
        if why_not := score_objections.why_not(self.score):
            messages.info(request, why_not)
            return redirect(ledgers[SCORES].url("detail", self.score))
        return self.show(form)

    def context(self):
        run = self.score.run
        told = f"{ledgers[SCORES].label_of(self.score)} {points_told(self.score.total)} 分"
        until = f"，异议期到{chinese(run.objections_until)}为止" if run.objections_until else ""
        return way_back(ledgers[SCORES], self.score) | {"explanation": f"{told}{until}。"}

    def perform(self, form):
        data = form.cleaned_data
        return score_objections.object_to(
            self.score,
            reason=data["reason"],
            signer=data["signer"],
            line=form.chosen,
            by=self.request.user,
        )

    def done(self, form, result):
        messages.success(self.request, "异议已提出，等待答复。")
        return redirect(ledgers[OBJECTIONS].url("detail", result))


class AnswerView(GuidedView):
    title, button = "答复异议", "答复"
    confirms = True

    @cached_property
    def objection(self):
        rows = ledgers[OBJECTIONS].queryset(self.request.user)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def form(self, data=None):
        access_of(self.request.user).check(PUBLISH, self.objection.score.unit_id)
        return AnswerForm(data, rows=[self.objection])

    def context(self):
        about = str(self.objection.line or "整个得分")
        told = f"{self.objection.score.community}对“{about}”：{self.objection.reason}"
        return way_back(ledgers[OBJECTIONS], self.objection) | {"explanation": told}

    def perform(self, form):
        data = form.cleaned_data
        return score_objections.answer(
            form.as_loaded(self.objection),
            upheld=data["upheld"],
            answer=data["answer"],
            adjustment=data["adjustment"],
            by=self.request.user,
        )

    def done(self, form, result):
        messages.success(self.request, "已答复。")
        return redirect(ledgers[OBJECTIONS].url("detail", result))


@writing_get
@needs(VIEW)
def explain_paper(request, pk):
    """The explained score of one community, line by line; for who may see it on the screen."""
    rows = ledgers[SCORES].queryset(request.user)
    score = get_object_or_404(rows, pk=pk)
    groups = explained(score, request.user)
    run = score.run
    title = f"{score.community}{run.year}年{run.get_quarter_display()}环境卫生得分说明"
    context = {
        "title": title,
        "score": score,
        "run": run,
        "total": points_told(score.total),
        "ranked": sum(1 for row in run.ranking if row["rank"]),
        "groups": groups,
        "pictures": pictures_of(groups),
        "equation": equation(groups),
        "is_draft": run.state == RunState.DRAFT,
        "printed_by": request.user.name,
        "today": timezone.localdate(),
    }
    pdf = render_substituted("sanitation/papers/score.html", context, base="papers")
    _log(request, score, 1)
    return pdf_response(pdf, title, inline=True)


def pictures_of(groups) -> list[dict]:
    """The photos behind the lines as the paper carries them: small, in order, at most so many."""
    told = [each for group in groups for each in group.lines]
    found = [(each.label, photo) for each in told for photo in each.photos]
    found += [
        (finding["label"], photo)
        for each in told
        for item in each.items
        for finding in item["findings"]
        for photo in finding["photos"]
    ]
    shown = []
    for label, photo in found[:MOST_PICTURES]:
        try:
            data = base64.b64encode(thumbnail_of(photo["row"])).decode()
        except (vault.Missing, CannotOpen):
            continue
        shown.append({"label": label, "data": data})
    return shown


COLUMNS = (
    Column("名次", lambda row: "" if row.rank is None else row.rank, width=8, numeric=True),
    Column("社区（村）", lambda row: row.name, width=24),
    Column("得分", lambda row: "" if row.total is None else row.total, width=10, numeric=True),
    Column("上季度名次", lambda row: row.former, width=12, numeric=True),
    Column("抽查小组", lambda row: row.groups, width=10, numeric=True),
    Column("说明", lambda row: row.withheld, width=36),
)


@writing_get
@needs(VIEW)
def ranking_paper(request, pk):
    """The ranking to be put up: names of communities, totals and places, and nothing of any household."""
    run = get_object_or_404(ledgers[RUNS].queryset(request.user), pk=pk)
    rows = ranking_of(run)
    told = "（未公布，内部核对用）" if run.state == RunState.DRAFT else ""
    title = f"{run.unit}{run.year}年{run.get_quarter_display()}环境卫生考核排名表"
    published = run.published_on or timezone.localdate()
    sheet = Paper(
        title,
        COLUMNS,
        titles=(title, *([told] if told else [])),
        remarks=(
            f"状态：{run.get_state_display()}",
            f"参加排名 {sum(1 for row in rows if row.rank)} 个",
            f"异议截止：{chinese(run.objections_until)}" if run.objections_until else "",
            f"计分规则：{run.rule}",
        ),
        signature=(f"{run.unit}（盖章）：", "负责人：", f"日期：{chinese(published)}"),
        footer=f"{request.user.name} {chinese(timezone.localdate())}打印",
    )
    pdf = printed(sheet, list(rows_of(COLUMNS, rows)))
    _log(request, run, len(rows))
    return pdf_response(pdf, sheet.name, inline=True)


def _log(request, record, rows) -> None:
    log_access(
        AccessLog.Action.PDF,
        by=request.user,
        subject=record._meta.label_lower,
        subject_id=record.pk,
        unit_id=access_of(request.user).home.pk,
        rows=rows,
    )


run_step = needs_one_of(COMPUTE, PUBLISH)(RunStepView.as_view())
object_page = needs(ANSWER)(ObjectView.as_view())
answer_page = needs(PUBLISH)(AnswerView.as_view())
