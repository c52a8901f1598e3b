"""签到: who signed up for a shift, one tap in and one tap out, for the leader on a phone."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from portal.ledgers.fields import RecordField, sent_id
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.scope import access_of
from volunteers.enums.activities import SignUpState
from volunteers.enums.hours import HoursState, RecordManner
from volunteers.models import ServiceRecord, Shift, Volunteer
from volunteers.models.hours import VOID
from volunteers.selectors.hours import told_hours
from volunteers.selectors.shifts import standing
from volunteers.services.hours import check_in, check_out
from volunteers.services.hours_guards import EARLY, GRACE
from volunteers.workflow import EDIT

TOLD = 5  # refusals that one message names
BROKEN = "页面不完整，请刷新后再试。"


@dataclass(frozen=True)
class Line:
    """One person of the shift: their newest record there, how they signed up, in words, and whether they
    only wait for a place."""

    volunteer: Volunteer
    record: ServiceRecord | None
    signed: str
    waits: bool = False

    @property
    def is_in(self) -> bool:
        return self.record is not None and self.record.state == HoursState.OPEN

    @property
    def is_out(self) -> bool:
        return self.record is not None and not self.is_in

    @property
    def hours(self) -> str:
        return told_hours(self.record.minutes) if self.record else ""


class AttendanceView(View):
    """GET shows the list; POST takes one of in, out, all-in, all-out, add."""

    @cached_property
    def shift(self) -> Shift:
        access = access_of(self.request.user)
        rows = Shift.objects.kept().filter(unit__in=access.units(EDIT))
        return get_object_or_404(rows.select_related("activity", "unit"), pk=self.kwargs["pk"])

    @cached_property
    def lines(self) -> list[Line]:
        records = {}
        rows = self.shift.services.kept().exclude(state__in=VOID)
        for record in rows.select_related("volunteer__resident").order_by("came_at", "pk"):
            records[record.volunteer_id] = record
        signed = standing().filter(shift=self.shift)
        found = [
            Line(
                each.volunteer,
                records.pop(each.volunteer_id, None),
                each.get_state_display(),
                each.state == SignUpState.WAITING,
            )
            for each in signed.select_related("volunteer__resident")
        ]
        return found + [Line(each.volunteer, each, "现场参加") for each in records.values()]

    def post(self, request, pk):
        access_of(request.user).check(EDIT, self.shift.unit_id)
        for name, act in (
            ("in", self.let_in),
            ("out", self.let_out),
            ("all-in", self.all_in),
            ("all-out", self.all_out),
            ("add", self.add),
        ):
            if name in request.POST:
                act(request.POST[name])
                break
        else:
            messages.error(request, BROKEN)
        return redirect("shift-attendance", pk=self.shift.pk)

    # --- acts -----------------------------------------------------------------------------------

    def let_in(self, sent):
        line = next((x for x in self.lines if x.volunteer.pk == sent_id(sent)), None)
        self._act([line] if line else [], self._in, "签到")

    def let_out(self, sent):
        line = next((x for x in self.lines if x.is_in and x.record.pk == sent_id(sent)), None)
        self._act([line] if line else [], self._out, "签退")

    def all_in(self, sent):
        lines = [x for x in self.lines if x.record is None and not x.waits]
        self._act(lines, self._in, "签到")

    def all_out(self, sent):
        self._act([line for line in self.lines if line.is_in], self._out, "签退")

    def add(self, sent):
        """Somebody who came without signing up."""
        try:
            person = self.field.clean(
                [self.request.POST.get("volunteer"), self.request.POST.get("volunteer_text")]
            )
        except ValidationError as error:
            messages.error(self.request, error.messages[0])
            return
        self._act([Line(person, None, "")], self._in, "签到")

    def _in(self, line):
        check_in(self.shift, line.volunteer, manner=RecordManner.LEADER, by=self.request.user)

    def _out(self, line):
        check_out(line.record, by=self.request.user)

    def _act(self, lines, act, word):
        """Each by itself: who cannot be taken does not keep the others out."""
        done, refused = [], []
        for line in lines:
            try:
                with transaction.atomic():
                    act(line)
                done.append(str(line.volunteer))
            except ValidationError as error:
                refused.append(f"{line.volunteer}：{error.messages[0]}")
        if done:
            told = done[0] if len(done) == 1 else f"{len(done)} 人"
            messages.success(self.request, f"{told}已{word}。")
        for text in refused[:TOLD]:
            messages.error(self.request, text)
        if len(refused) > TOLD:
            messages.error(self.request, f"还有 {len(refused) - TOLD} 人没有{word}，请逐个办理。")
        if not lines:
            messages.info(self.request, f"没有要{word}的人。")

    # --- page -----------------------------------------------------------------------------------

    @cached_property
    def field(self) -> RecordField:
        return RecordField(ledger=ledgers["volunteers"], user=self.request.user, label="志愿者")

    def get(self, request, pk):
        shift, now = self.shift, timezone.now()
        shifts, lines = ledgers["shifts"], self.lines
        context = {
            "shift": shift,
            "title": f"签到：{shift}",
            "lines": lines,
            "count_in": sum(line.is_in for line in lines),
            "count_out": sum(line.is_out for line in lines),
            "count_none": sum(line.record is None for line in lines),
            "too_early": now < shift.starts_at - EARLY,
            "may_come": shift.starts_at - EARLY <= now <= shift.ends_at,
            "begins": shift.starts_at - EARLY,
            "is_late": now > shift.ends_at + GRACE,
            "picker": self.field.widget.render(
                "volunteer", None, {"id": "id_volunteer", "class": "textinput form-control"}
            ),
            "parent_url": shifts.url("detail", shift),
            "shifts": shifts,
            "hours_url": reverse("activity-hours", args=[shift.activity_id]),
        }
        return render(request, "volunteers/attendance.html", context)


attendance = needs(EDIT)(AttendanceView.as_view())
