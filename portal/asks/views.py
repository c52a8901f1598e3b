"""Asks: the list, asking, what was gathered, later deadlines and ends, the gathered table as a file."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.asks import services
from portal.asks.forms import AskForm, EndForm, ExtendForm, asking_units
from portal.asks.gathered import Gathered
from portal.asks.guards import ask_steps_open_to
from portal.asks.known import known_of
from portal.asks.reading import sent_rows, to_answer
from portal.asks.workflow import ANSWERS, ASK, SENDS
from portal.exports import lists
from portal.exports.register import printed
from portal.exports.views import download
from portal.exports.xlsx import XLSX, write
from portal.figures import figures
from portal.guided import GuidedView
from portal.ledgers.services import log_access
from portal.marks import needs, needs_one_of
from portal.models import AccessLog, Ask
from portal.roles import DOMAINS
from portal.scope import Denied, access_of

PAGE_SIZE = 30


@needs_one_of(ANSWERS, SENDS)
def ask_list(request):
    """What is asked of one's communities, and what one's own unit asked; closed ones on request."""
    access = access_of(request.user)
    closed = request.GET.get("closed") == "1"
    context = {"closed": closed, "may_send": access.may(SENDS), "now": timezone.now()}
    if access.may(SENDS):
        rows = sent_rows(request.user, closed=closed)
        context["sent"] = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page", "1"))
    if access.may(ANSWERS):
        rows = to_answer(request.user, closed=closed)
        context["asked"] = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page", "1"))
    return render(request, "asks/list.html", context)


class AddView(GuidedView):
    """Asking: the form, then who said it already and what will happen, then sent."""

    template_name = "asks/form.html"
    title, button, confirms = "向社区要数", "发出", True

    def form(self, data=None):
        if not asking_units(self.request.user).exists():
            raise Denied("只有街道、区县向所属社区要数字。")
        asked = self.request.GET
        figure = figures.get(asked.get("figure", ""))
        initial = {
            "figures": [figure.code] if figure else [],
            "other": asked.get("period", "")[:24],
        }
        self.domain = asked.get("domain", figure.domain if figure else next(iter(DOMAINS)))
        domain = self.domain if self.domain in DOMAINS else ""
        form = AskForm(data, user=self.request.user, initial=initial, domain=domain)
        self.domains = form.domains
        return form

    def perform(self, form):
        return services.send(
            form.ask(), form.communities, reuse=form.cleaned_data["reuse"], by=self.request.user
        )

    def done(self, form, result):
        messages.success(self.request, f"“{result}”已发出。")
        return redirect("ask", pk=result.pk)

    def context(self):
        return {
            "parent_url": reverse("ask-list"),
            "parent_title": "街道要数",
            "explanation": "系统里有的数不用社区再填：社区核对系统已统计的数字并确认，确认时的数字留存。",
            "known": self.known,
            "domain": self.domain,
            "domains": self.domains,
        }

    def show(self, form, *, confirming=False, status=200):
        """Beside what will happen, what was said of the same figures and period before."""
        self.known = []
        if confirming:
            ask, names = form.ask(), {unit.pk: unit.name for unit in form.communities}
            found = known_of(ask, names, self.request.user)
            self.known = [{"unit": names[each.unit], "known": each} for each in found]
        return super().show(form, confirming=confirming, status=status)


def _own(request, pk) -> Ask:
    rows = Ask.objects.sent_by(request.user).select_related("unit", "made_by", "group", "ended_by")
    return get_object_or_404(rows, pk=pk)


@needs(SENDS)
def ask_page(request, pk):
    """Communities × figures as they were confirmed."""
    ask = _own(request, pk)
    gathered = Gathered(ask, request.user)
    table = gathered.table()
    context = {
        "ask": ask,
        "heads": gathered.heads,
        "columns": gathered.columns,
        "table": table,
        "sums": gathered.sums(),
        "engine": gathered.engine_cells(),
        "engine_label": gathered.engine_label(),
        "as_of": timezone.localtime(gathered.now),
        "steps": [(name, ASK.steps[name].label) for name in ask_steps_open_to(request.user, ask)],
        "waiting": sum(line["row"].answer.is_due for line in table),
        "changed": any(cell["now"] for line in table for cell in line["cells"]),
        "may_export": access_of(request.user).may("records.export"),
    }
    return render(request, "asks/ask.html", context)


@needs(SENDS)
@require_POST
def ask_remind(request, pk):
    ask = _own(request, pk)
    count = services.remind(ask, by=request.user)
    messages.success(request, f"已提醒 {count} 个还没有答复的社区。")
    return redirect("ask", pk=pk)


class ExtendView(GuidedView):
    title, button = "延长期限", "延长"

    def form(self, data=None):
        self.ask = _own(self.request, self.kwargs["pk"])
        return ExtendForm(data, ask=self.ask)

    def perform(self, form):
        return services.extend(
            self.ask,
            version=form.as_loaded(self.ask).version,
            due_at=form.due_at,
            reason=form.cleaned_data["reason"],
            by=self.request.user,
        )

    def done(self, form, result):
        messages.success(self.request, "期限已延长，并告诉了还没有答复的社区。")
        return redirect("ask", pk=result.pk)

    def context(self):
        return {
            "above_url": reverse("ask-list"),
            "above_title": "街道要数",
            "parent_url": reverse("ask", args=[self.ask.pk]),
            "parent_title": self.ask.title,
        }


class EndView(GuidedView):
    """Close or cancel."""

    context = ExtendView.context

    def form(self, data=None):
        self.name = self.kwargs["step"]
        if self.name not in {"close", "cancel"}:
            raise Http404
        self.step = ASK.steps[self.name]
        self.title = self.button = self.step.label
        self.ask = _own(self.request, self.kwargs["pk"])
        return EndForm(data, ask=self.ask, needed="reason" in self.step.needs)

    def perform(self, form):
        return services.end(
            self.ask,
            self.name,
            version=form.as_loaded(self.ask).version,
            reason=form.cleaned_data["reason"],
            by=self.request.user,
        )

    def done(self, form, result):
        messages.success(self.request, f"“{result}”{result.get_state_display()}。")
        return redirect("ask", pk=result.pk)


@needs(SENDS)
@require_POST
def ask_file(request, pk):
    """The gathered table, as it was confirmed: a workbook, or printed. Logged."""
    ask = _own(request, pk)
    access_of(request.user).check("records.export", ask.unit_id)
    paper, rows = Gathered(ask, request.user).paper(request.user)
    if request.POST.get("format") == "pdf":
        file = lists.File(printed(paper, rows), lists.PDF, "pdf", len(rows))
        action = AccessLog.Action.PDF
    else:
        content, count = write(paper, rows)
        file, action = lists.File(content, XLSX, "xlsx", count), AccessLog.Action.EXPORT
    log_access(
        action,
        by=request.user,
        subject="portal.ask",
        subject_id=ask.pk,
        unit_id=ask.unit_id,
        rows=len(rows),
    )
    return download(file, ask.title)


ask_add = needs(SENDS)(AddView.as_view())
ask_extend = needs(SENDS)(ExtendView.as_view())
ask_end = needs(SENDS)(EndView.as_view())
