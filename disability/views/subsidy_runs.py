"""补贴发放: drafting runs, their steps, and their register on paper."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property

from disability.forms.subsidy_pages import DraftForm
from disability.models import PaymentRun
from disability.selectors.payments import (
    change_of,
    lines_of,
    note_of,
    told_change,
    total,
    yuan,
)
from disability.services.payments import SAME_PERSON, draft_run, drafted, step_run
from disability.workflow import CONFIRMER, RUN
from portal.exports.paper import Paper, chinese, rows_of
from portal.exports.register import printed
from portal.guided import GuidedView
from portal.ledgers import Column
from portal.ledgers.registry import ledgers
from portal.ledgers.services import log_access
from portal.ledgers.steps import StepForm
from portal.marks import needs, needs_one_of, writing_get
from portal.models import AccessLog
from portal.months import chinese_month
from portal.numbers import format_money
from portal.numerals import capital_amount
from portal.pdf.response import pdf_response
from portal.scope import access_of

EDIT, CONFIRM = "disability.edit", "subsidies.confirm"
SIGNATURE = ("编制人：", "复核人：", "负责人：", "发放日期：")


class DraftView(GuidedView):
    """Runs of a month, computed and shown before they are stored."""

    title, button = "编制发放批次", "编制"
    confirms = True

    def form(self, data=None):
        initial = {"month": timezone.localdate().replace(day=1)}
        return DraftForm(data, user=self.request.user, initial=initial)

    def context(self):
        ledger = ledgers["subsidy-runs"]
        return {
            "parent_url": ledger.url(),
            "parent_title": ledger.title,
            "explanation": "按在享名单和当月标准计算，每种补贴编一个批次；去世、迁出、注销的发到当月为止。",
        }

    def perform(self, form):
        unit, month = form.chosen_unit, form.cleaned_data["month"]
        access_of(self.request.user).check(EDIT, unit.pk)
        runs = []
        for kind in form.cleaned_data["kinds"]:
            draft = drafted(unit, kind, month)
            form.told.append(self._told(unit, kind, month, draft))
            runs.append(draft_run(unit, kind, month, by=self.request.user))
        return runs

    def _told(self, unit, kind, month, draft) -> str:
        persons = len({line.resident_id for line in draft.lines})
        arrears = [line for line in draft.lines if line.month < month]
        text = f"编制{unit}{chinese_month(month)}{kind}：{persons}人，{yuan(draft.amount)}"
        if arrears:
            text += f"，其中补发以前月份{len(arrears)}笔、{yuan(total(arrears))}"
        if draft.before:
            text += f"；与上月相比，{told_change(change_of(draft, month))}"
        return f"{text}。"

    def done(self, form, result):
        messages.success(self.request, f"已编制 {len(result)} 个批次，请核对后由另一人确认。")
        ledger = ledgers["subsidy-runs"]
        one = result[0] if len(result) == 1 else None
        return redirect(ledger.url("detail", one) if one else ledger.url())


class StepView(GuidedView):
    """One step of a run; what it needs is asked for on a short page."""

    @cached_property
    def run(self):
        ledger = ledgers["subsidy-runs"]
        return get_object_or_404(ledger.queryset(self.request.user), pk=self.kwargs["pk"])

    @property
    def step(self):
        if self.kwargs["step"] not in RUN.steps:
            raise Http404
        return RUN.steps[self.kwargs["step"]]

    title = property(lambda self: self.step.label)
    button = property(lambda self: self.step.label)

    def form(self, data=None):
        needed = CONFIRM if self.step.who == CONFIRMER else EDIT
        access_of(self.request.user).check(needed, self.run.unit_id)
        return StepForm(data, record=self.run, step=self.step)

    def get(self, request, *args, **kwargs):
        form = self.form()
        if self.run.state not in self.step.sources:
            messages.info(request, "这一步已经办过，或现在还不能办。")
            return redirect(ledgers["subsidy-runs"].url("detail", self.run))
        return self.show(form)

    def context(self):
        ledger, run = ledgers["subsidy-runs"], self.run
        told = f"{run}，{len(run.lines)}笔，{yuan(run.amount)}。"
        if self.kwargs["step"] == "confirm" and run.recorded_by_id == self.request.user.pk:
            told += SAME_PERSON
        return {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": ledger.url("detail", run),
            "parent_title": str(run),
            "explanation": told,
        }

    def perform(self, form):
        run = form.as_loaded(self.run)
        step_run(run, self.kwargs["step"], form.values, by=self.request.user)

    def done(self, form, result):
        ledger = ledgers["subsidy-runs"]
        messages.success(self.request, f"已{self.step.label}。")
        gone = self.kwargs["step"] == "discard"
        return redirect(ledger.url() if gone else ledger.url("detail", self.run))


def line_columns(run: PaymentRun) -> list[Column]:
    """A run's paper: who gets how much for which month, to which account."""
    return [
        Column("姓名", lambda line: line.resident.name, width=12),
        Column("证件号码", lambda line: line.resident.masked_id, width=22),
        Column("月份", lambda line: f"{line.month:%Y-%m}", width=10),
        Column("标准（元）", lambda line: format_money(line.standard), width=12, numeric=True),
        Column("实发（元）", lambda line: format_money(line.amount), width=12, numeric=True),
        Column("开户行", lambda line: line.subsidy.bank_name, width=20),
        Column("开户名", lambda line: line.subsidy.account_holder, width=12),
        Column("银行账号", lambda line: line.subsidy.masked_bank, width=24),
        Column("备注", note_of, width=24),
    ]


@writing_get
@needs("disability.view")
def run_paper(request, pk):
    """The register of a run as PDF: accounts and numbers masked, the sum also in capitals."""
    run = get_object_or_404(ledgers["subsidy-runs"].queryset(request.user), pk=pk)
    lines = list(lines_of(run))
    columns = line_columns(run)
    amount = total(lines)

    def summed(rows):
        return [
            {"姓名": "合计", "实发（元）": format_money(amount)}.get(c.label, "") for c in columns
        ]

    paper = Paper(
        f"{run}发放名册",
        columns,
        titles=(f"{run.unit}{run}发放名册", f"（{run.get_state_display()}）"),
        remarks=(
            f"合计人民币（大写）：{capital_amount(amount)}",
            f"{len({line.resident_id for line in lines})} 人",
            f"编制人：{run.recorded_by or ''}",
            f"确认人：{run.confirmed_by or ''}",
        ),
        total=summed,
        signature=SIGNATURE,
        footer=f"{request.user.name} {chinese(timezone.localdate())}打印，内含个人信息，请妥善保管",
    )
    log_access(
        AccessLog.Action.PDF,
        by=request.user,
        subject=run._meta.label_lower,
        subject_id=run.pk,
        unit_id=run.unit_id,
        rows=len(lines),
    )
    return pdf_response(printed(paper, list(rows_of(columns, lines))), paper.name, inline=True)


draft = needs(EDIT)(DraftView.as_view())
step = needs_one_of(EDIT, CONFIRM)(StepView.as_view())
