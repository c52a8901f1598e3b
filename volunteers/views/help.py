"""The steps of a help request, and what the leader of an activity sees of those it serves."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property

from portal.guided import GuidedView
from portal.ledgers.registry import ledger_for, ledgers
from portal.ledgers.steps import StepForm
from portal.marks import needs
from portal.scope import access_of
from volunteers.forms.help_steps import ArrangeForm, DoneForm
from volunteers.models import HelpRequest, VolunteerActivity
from volunteers.selectors.help import of_activity, step_url, whom_url
from volunteers.services import help as services
from volunteers.workflow import EDIT, HELP

VIEW, SERVED_VIEW, SERVED_EDIT = "volunteers.view", "served.view", "served.edit"


class RequestStepView(GuidedView):
    """One step of a request; who may not read the requests finds those of an activity on its page."""

    step = ""
    permission = SERVED_EDIT

    @property
    def title(self):
        return HELP.steps[self.step].label

    button = title

    @cached_property
    def asked(self) -> HelpRequest:
        """The request, and where the user may take the step, in units where they do."""
        units = access_of(self.request.user).units(self.permission)
        related = ("resident", "unit", "shift__activity")
        rows = HelpRequest.objects.kept().filter(unit__in=units).select_related(*related)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def knows_category(self) -> bool:
        return access_of(self.request.user).may(SERVED_VIEW, self.asked.unit_id)

    def get(self, request, *args, **kwargs):
        if self.asked.state not in HELP.steps[self.step].sources:
            messages.info(request, "这一步已经办过，或现在还不能办。")
            return redirect(self.way_back)
        return super().get(request, *args, **kwargs)

    @property
    def way_back(self) -> str:
        if self.knows_category:
            return ledgers["help-requests"].url("detail", self.asked)
        if self.asked.shift is None:
            raise Http404
        return whom_url(self.asked.shift.activity)

    def context(self):
        asked = self.asked
        where = f"，{asked.resident.address}" if asked.resident.address else ""
        return {
            "parent_url": self.way_back,
            "parent_title": str(asked) if self.knows_category else "服务名单",
            "explanation": f"{asked.resident.name}{where}：{asked.get_service_display()}。{asked.needs}",
        }


class ArrangeView(RequestStepView):
    step = "arrange"

    def form(self, data=None):
        return ArrangeForm(data, asked=self.asked, user=self.request.user)

    def perform(self, form):
        return services.arrange(
            form.as_loaded(self.asked),
            shift=form.cleaned_data.get("shift"),
            errand=form.errand,
            by=self.request.user,
        )

    def done(self, form, result):
        messages.success(self.request, f"已安排到“{result.shift.activity.title}”。")
        return redirect(self.way_back)


class DoneView(RequestStepView):
    """Taken by the staff, or by the leader on the spot."""

    step = "done"
    permission = EDIT

    def form(self, data=None):
        if self.asked.shift is None:
            raise Http404
        return DoneForm(data, asked=self.asked, knows_category=self.knows_category)

    def get(self, request, *args, **kwargs):
        if self.asked.shift is None:
            messages.info(request, "请先安排班次，再登记已服务。")
            return redirect(self.way_back)
        return super().get(request, *args, **kwargs)

    def perform(self, form):
        return services.serve(form.as_loaded(self.asked), form.served, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, f"已登记：{result}。")
        return redirect(self.way_back)


class DeclineView(RequestStepView):
    step = "decline"

    def form(self, data=None):
        return StepForm(data, record=self.asked, step=HELP.steps[self.step])

    def perform(self, form):
        reason = form.values["declined_for"]
        return services.decline(form.as_loaded(self.asked), reason, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, "已登记不能安排的原因，请答复居民。")
        return redirect(self.way_back)


@needs(VIEW)
def whom(request, pk):
    """Whom an activity serves, for its leader and the staff: names, addresses, masked phones, errands."""
    activities = VolunteerActivity.objects.visible_to(request.user).select_related("unit")
    activity = get_object_or_404(activities, pk=pk)
    access = access_of(request.user)
    ledger = ledger_for(VolunteerActivity, "volunteers")
    may_record = access.may(EDIT, activity.unit_id)
    context = {
        "activity": activity,
        "people": [
            {
                "of": each,
                "done_url": step_url("done", each.request) if each.request and may_record else "",
            }
            for each in of_activity(activity)
        ],
        "parent_url": ledger.url("detail", activity) if ledger else reverse("home"),
        "parent_title": activity.title,
        "many_url": f"{ledgers['served'].url('add-many')}?activity={activity.pk}"
        if access.may(SERVED_EDIT, activity.unit_id)
        else "",
    }
    return render(request, "volunteers/whom.html", context)


arrange = needs(SERVED_EDIT)(ArrangeView.as_view())
done = needs(EDIT)(DoneView.as_view())
decline = needs(SERVED_EDIT)(DeclineView.as_view())
