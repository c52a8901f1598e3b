"""Steps of one record, and 认定时长: the records of a whole activity, confirmed at once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.views.generic import View

from portal.errors import StaleRecord
from portal.guided import VERSIONS, GuidedView
from portal.ledgers.registry import ledgers
from portal.marks import needs_one_of
from portal.scope import access_of
from volunteers.enums.hours import HoursState
from volunteers.forms.hours_steps import CheckOutForm, RecordStepForm
from volunteers.models import ServiceRecord, VolunteerActivity
from volunteers.selectors.hours import barred, over_limit, told_hours, told_span
from volunteers.services.hours import BY_HAND, check_out, take
from volunteers.workflow import APPROVE, EDIT, HOURS

SLUG = "service-records"
ALREADY = "这一步已经办过，或现在还不能办。"
CHANGED = "您打开页面之后，别人改过其中的记录，请核对后再办理。"
MASS = ("confirm", "approve")


class RecordStepView(GuidedView):
    """One step of one record, on a short page."""

    @cached_property
    def record(self) -> ServiceRecord:
        return get_object_or_404(ledgers[SLUG].queryset(self.request.user), pk=self.kwargs["pk"])

    @property
    def name(self) -> str:
        if self.kwargs["step"] not in {"check_out", *BY_HAND}:
            raise Http404
        return self.kwargs["step"]

    step = property(lambda self: HOURS.steps[self.name])
    title = property(lambda self: self.step.label)
    button = property(lambda self: self.step.label)

    def form(self, data=None):
        access_of(self.request.user).check(self.step.who or EDIT, self.record.unit_id)
        if self.name == "check_out":
            return CheckOutForm(data, record=self.record)
        return RecordStepForm(data, record=self.record, step=self.step)

    def get(self, request, *args, **kwargs):
        form = self.form()
        if self.record.state not in self.step.sources:
            messages.info(request, ALREADY)
            return redirect(ledgers[SLUG].url("detail", self.record))
        return self.show(form)

    def context(self):
        ledger = ledgers[SLUG]
        told = f"{self.record.volunteer}，{told_span(self.record)}。"
        return {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": ledger.url("detail", self.record),
            "parent_title": ledger.label_of(self.record),
            "explanation": told + barred(self.record, self.name, self.request.user),
        }

    def perform(self, form):
        record, user = form.as_loaded(self.record), self.request.user
        if self.name == "check_out":
            data = form.cleaned_data
            check_out(
                record,
                by=user,
                at=form.left,
                pause=data["pause_minutes"] or 0,
                reason=data["reason"],
            )
            return
        take([record], self.name, by=user, note=form.note)

    def done(self, form, result):
        messages.success(self.request, f"已{self.step.label}。")
        return redirect(ledgers[SLUG].url("detail", self.record))


class ActivityHoursView(View):
    """All records of an activity: what may be confirmed is ticked, what may not says why."""

    @cached_property
    def activity(self) -> VolunteerActivity:
        access = access_of(self.request.user)
        units = access.units(EDIT) | access.units(APPROVE)
        rows = VolunteerActivity.objects.kept().filter(unit__in=units).select_related("unit")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def records(self) -> list[ServiceRecord]:
        rows = self.activity.services.kept().select_related(
            "volunteer__resident", "shift", "unit__parent__parent", "activity"
        )
        return list(rows.order_by("state", "occurred_on", "came_at", "pk"))

    def post(self, request, pk):
        step = request.POST.get("step", "")
        if step not in MASS:
            raise Http404
        sent = [text for text in request.POST.getlist("record") if VERSIONS.fullmatch(text)]
        versions = dict(map(int, text.split(":")) for text in sent if "," not in text)
        chosen = [record for record in self.records if record.pk in versions]
        for record in chosen:
            record.version = versions[record.pk]
        if not chosen:
            messages.error(request, "请勾选要办理的服务记录。")
            return redirect(request.path)
        try:
            with transaction.atomic():
                taken = take(chosen, step, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        except StaleRecord:
            messages.error(request, CHANGED)
        else:
            messages.success(request, f"已{HOURS.steps[step].label} {len(taken)} 条。")
        return redirect(request.path)

    def get(self, request, pk):
        access, unit = access_of(request.user), self.activity.unit_id
        may = {"confirm": access.may(EDIT, unit), "approve": access.may(APPROVE, unit)}
        ledger, above = ledgers[SLUG], ledgers["volunteer-activities"]
        over = over_limit(r for r in self.records if r.state == HoursState.RECORDED)
        waiting, others = [], []
        for record in self.records:
            is_waiting = record.state == HoursState.RECORDED
            line = self._line(record, may, ledger, record.pk in over)
            (waiting if is_waiting else others).append(line)
        context = {
            "title": f"认定时长：{self.activity.title}",
            "activity": self.activity,
            "waiting": waiting,
            "others": others,
            "may": may,
            "can_confirm": may["confirm"] and any(line["ready"] for line in waiting),
            "can_approve": may["approve"] and any(line["over"] for line in waiting),
            "total": told_hours(
                sum(r.minutes or 0 for r in self.records if r.state == HoursState.COUNTED)
            ),
            "parent_url": above.url("detail", self.activity),
            "activities": above,
        }
        return render(request, "volunteers/activity_hours.html", context)

    def _line(self, record, may, ledger, over) -> dict:
        waiting = record.state == HoursState.RECORDED
        reason = barred(record, "confirm", self.request.user, over) if waiting else ""
        over = waiting and not record.approved_by_id and over
        return {
            "pk": record.pk,
            "sent": f"{record.pk}:{record.version}",
            "name": str(record.volunteer),
            "number": record.volunteer.serial_number,
            "span": told_span(record),
            "hours": told_hours(record.minutes),
            "state": record.get_state_display(),
            "reason": reason,
            "over": over,
            "ready": waiting and not reason,
            "tickable": (may["confirm"] and not reason) or (may["approve"] and over),
            "url": ledger.url("detail", record),
        }


record_step = needs_one_of(EDIT, APPROVE)(RecordStepView.as_view())
activity_hours = needs_one_of(EDIT, APPROVE)(ActivityHoursView.as_view())
