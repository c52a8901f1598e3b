"""Steps of a supervision, and 督办 by hand of one case or several."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from portal.guided import GuidedView
from portal.ledgers.fields import sent_id
from portal.ledgers.registry import ledgers
from portal.marks import needs, needs_one_of
from portal.scope import access_of
from servicecenter.forms.loops import CASES_MOST, SuperviseForm
from servicecenter.models import Case
from servicecenter.services import supervision
from servicecenter.views.loops import LoopStepView


class SupervisionStepView(LoopStepView):
    slug = "supervisions"

    def explanation(self):
        return f"{self.loaded.case}：{self.loaded.ask}"

    def service(self, record, name, values, by):
        return supervision.act(record, name, values, by=by)


class SuperviseView(GuidedView):
    """``?case=5&case=7``: the cases that are to be supervised; each must be seen by the user."""

    title, button = "督办", "发出督办"

    @property
    def confirms(self):
        return len(self.cases()) > 1

    def cases(self):
        if not hasattr(self, "_cases"):
            asked = {sent_id(value) for value in self.request.GET.getlist("case")[:CASES_MOST]}
            units = access_of(self.request.user).units("cases.supervise")
            rows = Case.objects.visible_to(self.request.user).filter(pk__in=asked, unit__in=units)
            related = ("item__item", "unit", "handler", "station", "agent")
            self._cases = list(rows.select_related(*related).order_by("due_on", "pk"))
            if not self._cases or len(self._cases) != len(asked):
                raise Http404
        return self._cases

    def form(self, data=None):
        return SuperviseForm(data, cases=self.cases())

    def context(self):
        ledger, cases = ledgers["supervisions"], self.cases()
        several = f"{len(cases)} 件办件"
        return {
            "parent_url": ledger.url(),
            "parent_title": ledger.title,
            "explanation": str(cases[0]) if len(cases) == 1 else several,
        }

    def perform(self, form):
        data = form.cleaned_data
        return supervision.supervise(
            self.cases(),
            ask=data["ask"],
            on=data["on"],
            level=data["level"],
            answer_by=data["answer_by"],
            by=self.request.user,
        )

    def done(self, form, result):
        messages.success(self.request, f"已督办 {len(result)} 件。")
        ledger = ledgers["supervisions"]
        only = result[0] if len(result) == 1 else None
        return redirect(ledger.url("detail", only) if only else ledger.url())


supervise = needs("cases.supervise")(SuperviseView.as_view())
supervision_step = needs_one_of("cases.handle", "cases.accept", "cases.supervise")(
    SupervisionStepView.as_view()
)
