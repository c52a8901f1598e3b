"""整改单: issuing from findings, and the steps of one order."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property

from portal.days import parse_date
from portal.guided import GuidedView
from portal.ledgers.fields import sent_id
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.scope import Denied, access_of
from sanitation.forms.rectification_pages import (
    MOST_FINDINGS,
    ExtendForm,
    IssueForm,
    RecheckForm,
    ReopenForm,
    ReportForm,
)
from sanitation.selectors.rectification import (
    due_day,
    last_round,
    may_take,
    steps_open_to,
    to_issue,
    told_deadline,
    told_left,
    without_order,
)
from sanitation.services import rectification as services
from sanitation.workflow import ANSWER, EDIT, ORDER

SLUG = "rectification-orders"
VIEW = "sanitation.view"
TOLD = "每个问题一张整改单，编号自动连续；下达前先看推算的限期。"
LATELY_ONLY = "这里只列最近一个月、还没有整改单的问题，严重的在前；更早的请从检查记录下达。"


class IssueView(GuidedView):
    """``?inspection=5``: its findings; ``?finding=5``: that one; else those of late that have no order."""

    title, button = "下达整改单", "下达"
    confirms = True

    @cached_property
    def findings(self):
        units, asked = access_of(self.request.user).units(EDIT), self.request.GET
        rows = without_order(units)
        if "inspection" in asked:
            rows = rows.filter(inspection=sent_id(asked["inspection"]))
        if "finding" in asked:
            rows = rows.filter(pk__in=[sent_id(each) for each in asked.getlist("finding")])
        if not self.is_narrowed:
            rows = to_issue(units)
        shown = list(rows.values_list("pk", flat=True)[:MOST_FINDINGS])
        return rows.filter(pk__in=shown)

    @property
    def is_narrowed(self) -> bool:
        return bool({"inspection", "finding"} & {*self.request.GET})

    def get(self, request, *args, **kwargs):
        if not self.findings.exists():
            messages.info(request, "没有待下达整改单的问题：都已下达，或检查还没有提交、公布。")
            return redirect(ledgers[SLUG].url())
        return super().get(request, *args, **kwargs)

    def form(self, data=None):
        ticked = self.findings.values_list("pk", flat=True) if self.is_narrowed else ()
        return IssueForm(data, findings=self.findings, ticked=ticked)

    def context(self):
        ledger = ledgers[SLUG]
        return {
            "parent_url": ledger.url(),
            "parent_title": ledger.title,
            "explanation": TOLD if self.is_narrowed else f"{TOLD}{LATELY_ONLY}",
        }

    def perform(self, form):
        data = form.cleaned_data
        return services.issue_for(
            list(data["findings"]),
            working_days=data["working_days"],
            demand=data["demand"],
            responsible=data["responsible"],
            day=data["occurred_on"],
            by=self.request.user,
        )

    def done(self, form, result):
        due = told_deadline(result[0].due_on)
        messages.success(self.request, f"已下达 {len(result)} 张整改单，限期 {due}。")
        ledger = ledgers[SLUG]
        return redirect(ledger.url("detail", result[0]) if len(result) == 1 else ledger.url())


class OrderStepView(GuidedView):
    """One step of an order, by whom it is for and from the state that it starts from."""

    step = ""

    def dispatch(self, request, *args, **kwargs):
        self.ledger = ledgers[SLUG]
        self.loaded = get_object_or_404(self.ledger.queryset(request.user), pk=kwargs["pk"])
        if not may_take(self.loaded, self.step, request.user):
            raise Denied("您的角色没有这项权限；如确需办理，请联系安全管理员。")
        return super().dispatch(request, *args, **kwargs)

    title = property(lambda self: ORDER.steps[self.step].label)
    button = title

    def get(self, request, *args, **kwargs):
        if self.step not in steps_open_to(self.loaded, request.user):
            messages.info(request, "这一步已经办过，或现在还不能办。")
            return redirect(self.ledger.url("detail", self.loaded))
        return super().get(request, *args, **kwargs)

    def context(self):
        order = self.loaded
        left = told_left(order)
        return {
            "above_url": self.ledger.url(),
            "above_title": self.ledger.title,
            "parent_url": self.ledger.url("detail", order),
            "parent_title": self.ledger.label_of(order),
            "explanation": f"{order.community}：{order.problem}。限期 {order.due_on}"
            + (f"，{left}。" if left else "。"),
        }

    def files(self, data):
        return self.request.FILES if data is not None else None

    def done(self, form, result):
        messages.success(self.request, f"已{self.title}。")
        return redirect(self.ledger.url("detail", self.loaded))


class ReportView(OrderStepView):
    step = "report"

    def form(self, data=None):
        user = self.request.user
        return ReportForm(data, self.files(data), order=self.loaded, user=user)

    def perform(self, form):
        return services.report(form.as_loaded(self.loaded), **form.values, by=self.request.user)


class RecheckView(OrderStepView):
    step = "recheck"

    @cached_property
    def round(self):
        found = last_round(self.loaded)
        if found is None:
            raise Http404
        return found

    def form(self, data=None):
        user = self.request.user
        return RecheckForm(data, self.files(data), round_=self.round, user=user)

    def context(self):
        told = f"{self.round.occurred_on} {self.round.reporter}报告：{self.round.content}"
        return super().context() | {"explanation": f"{self.loaded.problem}。{told}"}

    def perform(self, form):
        return services.recheck(form.as_loaded(self.round), **form.values, by=self.request.user)

    def done(self, form, result):
        told = "复查通过，已销号。" if result.passed else "复查未通过，已退回继续整改。"
        messages.success(self.request, told)
        return redirect(self.ledger.url("detail", self.loaded))


class ExtendView(OrderStepView):
    step, confirms = "extend", True

    def form(self, data=None):
        return ExtendForm(data, order=self.loaded)

    def perform(self, form):
        data = form.cleaned_data
        return services.extend(
            form.as_loaded(self.loaded),
            due_on=data["due_on"],
            reason=data["extended_for"],
            by=self.request.user,
        )


class ReopenView(OrderStepView):
    step = "reopen"

    def form(self, data=None):
        return ReopenForm(data, order=self.loaded)

    def perform(self, form):
        reason = form.cleaned_data["reason"]
        return services.reopen(form.as_loaded(self.loaded), reason=reason, by=self.request.user)


@needs(VIEW)
def due(request):
    """The deadline of so many working days after a day, as a fragment of the form that asks for both."""
    try:
        day = parse_date(request.GET.get("occurred_on", "").strip())
        days = int(request.GET.get("working_days", ""))
    except (ValidationError, ValueError):
        return HttpResponse("按工作日历推算限期，下达当天不算。")
    if not 1 <= days <= services.LONGEST:
        return HttpResponse(f"整改期限应在 1 到 {services.LONGEST} 个工作日之间。")
    passed = "，已经过了" if due_day(day, days) < timezone.localdate() else ""
    return HttpResponse(f"限期 {told_deadline(due_day(day, days))}{passed}")


issue = needs(EDIT)(IssueView.as_view())
report = needs(ANSWER)(ReportView.as_view())
recheck = needs(EDIT)(RecheckView.as_view())
extend = needs(EDIT)(ExtendView.as_view())
reopen = needs(EDIT)(ReopenView.as_view())
