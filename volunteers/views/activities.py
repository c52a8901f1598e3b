"""Steps of an activity, its shifts from a pattern, and its recruitment notice on paper."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from portal.guided import GuidedView
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.pdf import render_substituted
from portal.pdf.qr import qr_uri
from portal.pdf.response import pdf_response
from portal.scope import access_of
from volunteers.enums.activities import ActivityState
from volunteers.forms.activities import ActivityStepForm
from volunteers.forms.shifts import ShiftsForm
from volunteers.selectors.activities import came_to, recruit_path
from volunteers.selectors.shifts import told_time, with_numbers
from volunteers.services import activities, shifts
from volunteers.workflow import ACTIVITY, EDIT

VIEW = "volunteers.view"


class OfActivity(GuidedView):
    """A page about one activity that the user may keep."""

    def dispatch(self, request, *args, **kwargs):
        self.ledger = ledgers["volunteer-activities"]
        self.loaded = get_object_or_404(self.ledger.queryset(request.user), pk=kwargs["pk"])
        access_of(request.user).check(EDIT, self.loaded.unit_id)
        return super().dispatch(request, *args, **kwargs)

    def context(self):
        return {
            "above_url": self.ledger.url(),
            "above_title": self.ledger.title,
            "parent_url": self.ledger.url("detail", self.loaded),
            "parent_title": self.loaded.title,
            "explanation": f"{self.loaded.title}（{self.loaded.starts_on}，{self.loaded.place}）",
        }

    def done(self, form, result):
        return redirect(self.ledger.url("detail", self.loaded))


class ActivityStepView(OfActivity):
    def dispatch(self, request, *args, **kwargs):
        if kwargs["step"] not in ACTIVITY.steps:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    step = property(lambda self: ACTIVITY.steps[self.kwargs["step"]])
    title = property(lambda self: self.step.label)
    button = property(lambda self: self.step.label)

    def get(self, request, *args, **kwargs):
        if self.loaded.state not in self.step.sources:
            messages.info(request, "这一步已经办过，或现在还不能办。")
            return self.done(None, None)
        return super().get(request, *args, **kwargs)

    def form(self, data=None):
        came = came_to(self.loaded)
        return ActivityStepForm(data, record=self.loaded, step=self.kwargs["step"], came=came)

    def perform(self, form):
        row = form.as_loaded(self.loaded)
        return activities.act(row, self.kwargs["step"], form.values, by=self.request.user)

    def done(self, form, result):
        if result is not None:
            messages.success(self.request, f"已{self.step.label}。")
        return super().done(form, result)


class ShiftsView(OfActivity):
    """Days × times: what will be stored is shown first."""

    title, button = "安排班次", "保存班次"
    confirms = True

    def form(self, data=None):
        return ShiftsForm(data, activity=self.loaded)

    def perform(self, form):
        return shifts.store_shifts(form.shifts, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, f"已安排 {len(result)} 个班次。")
        return super().done(form, result)


@needs(VIEW)
def notice_paper(request, pk):
    """招募公告 on one A4 page, with the QR of the public recruitment page of the unit."""
    ledger = ledgers["volunteer-activities"]
    activity = get_object_or_404(ledger.queryset(request.user), pk=pk)
    if activity.state == ActivityState.CANCELLED:
        raise Http404
    rows = with_numbers(activity.shifts.kept()).select_related("activity")
    url = request.build_absolute_uri(recruit_path(activity.unit))
    context = {
        "activity": activity,
        "shifts": [
            {"row": row, "time": told_time(row), "free": max(row.capacity - row.signed, 0)}
            for row in rows
        ],
        "today": timezone.localdate(),
        "qr": qr_uri(url) if activity.is_public else "",
    }
    data = render_substituted("volunteers/papers/notice.html", context, base="notice")
    return pdf_response(data, f"招募公告_{activity.title}", inline=True)


activity_step = needs(EDIT)(ActivityStepView.as_view())
shifts_add = needs(EDIT)(ShiftsView.as_view())
