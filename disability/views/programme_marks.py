"""点名 and 服药: a grid of the month or a list of one day, stored by one button."""

from abc import ABC, abstractmethod
from dataclasses import replace
from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views.generic import View

from disability.enums.programmes import AttendanceMark, DoseResult, DoseTime
from disability.forms.programme_marks import Cell, Line, changes_in
from disability.models import Attendance, MedicationLog
from disability.selectors.programmes import enrolled_between, opening_days
from disability.services.programme_marks import store_attendance, store_doses
from portal.days import parse_date
from portal.figures import engine
from portal.ledgers.registry import ledgers
from portal.ledgers.services import log_access
from portal.marks import needs, writing_get
from portal.models import AccessLog
from portal.pdf import missing_glyphs, render_pdf
from portal.pdf.response import pdf_response
from portal.periods import Period
from portal.scope import access_of

WEEKDAYS = "一二三四五六日"


def month_asked(params) -> Period:
    """The month of ``?month=2025-03``; this month for anything else."""
    try:
        period = Period.parse(params.get("month", ""))
    except ValueError:
        period = None
    if period is None or period.key != f"{period.start:%Y-%m}":
        period = Period.month_of(timezone.localdate())
    return period


def day_asked(params) -> date:
    """The day of ``?day=``, no later than today; today for anything else."""
    today = timezone.localdate()
    try:
        return min(parse_date(params.get("day", "")), today)
    except ValidationError:
        return today


def next_month(period: Period) -> Period:
    return Period.month_of(period.end + timedelta(days=1))


class MarksView(ABC, View):
    """What both pages do: read the cells, show them, store those that were changed."""

    model = choices = store = None
    field = slug = title = ""
    times = ("",)

    @cached_property
    def programme(self):
        ledger = ledgers["programmes"]
        return get_object_or_404(ledger.queryset(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def may_edit(self) -> bool:
        return access_of(self.request.user).may("disability.edit", self.programme.unit_id)

    def get(self, request, pk):
        return self.page()

    def post(self, request, pk):
        access_of(request.user).check("disability.edit", self.programme.unit_id)
        people = {line.enrolment.pk: line.enrolment for line in self.lines()}
        try:
            changes = changes_in(request.POST, people, self.choices.values, self.times)
            count = type(self).store(self.programme, changes, by=request.user)
        except ValidationError as error:
            return self.page(typed=request.POST, errors=error.messages)
        if count:
            messages.success(request, f"已保存 {count} 格。")
        else:
            messages.info(request, "没有改动。")
        return redirect(request.get_full_path())

    def cells_stored(self, people, first, last) -> dict:
        rows = self.model.objects.kept().filter(
            enrolment__in=people, occurred_on__range=(first, last)
        )
        return {
            (row.enrolment_id, row.occurred_on, getattr(row, "time", "")): getattr(row, self.field)
            for row in rows
        }

    @abstractmethod
    def lines(self) -> list[Line]:
        """The people of the page with their cells."""

    def again(self, lines, typed) -> list[Line]:
        """The lines with what was typed on top of what is stored now."""
        said = {name.rsplit("-", 1)[0]: (name, value) for name, value in typed.items()}

        def cell_again(cell):
            name, value = said.get(cell.name.rsplit("-", 1)[0], ("", ""))
            changed = name and value != name.rsplit("-", 1)[1] and value in self.choices.values
            return replace(cell, chosen=value) if changed else cell

        return [Line(line.enrolment, [cell_again(c) for c in line.cells]) for line in lines]

    def page(self, typed=None, errors=()):
        lines = self.lines()
        if typed is not None:
            lines = self.again(lines, typed)
        ledger, request = ledgers["programmes"], self.request
        context = {
            "programme": self.programme,
            "title": f"{self.programme.name}{self.title}",
            "lines": lines,
            "choices": self.choices.choices,
            "errors": errors,
            "may_edit": self.may_edit,
            "programmes": ledger,
            "back": ledger.url("detail", self.programme),
            "list": ledgers[self.slug],
            "today": timezone.localdate(),
        }
        return render(request, self.template, context | self.context())

    def figures(self, codes, period) -> list[dict]:
        """Figures of this programme alone, each opening its records, for who may see figures."""
        access, unit, pk = access_of(self.request.user), self.programme.unit_id, self.programme.pk
        if not access.may("figures.view", unit):
            return []
        query = urlencode({"unit": unit, "period": period.key, "programme": pk})
        readings = [engine.read(code, [unit], period, {"programme": str(pk)}) for code in codes]
        return [
            {
                "label": reading.figure.label,
                "value": reading.full if reading.numerator else reading.text,
                "unit": reading.measure,
                "url": f"{reverse('figure-detail', args=[reading.figure.code])}?{query}",
            }
            for reading in readings
        ]


class DayView(MarksView):
    """The list of one day."""

    template = "disability/marks_day.html"

    @cached_property
    def day(self) -> date:
        return day_asked(self.request.GET)

    def context(self):
        day = self.day
        return {
            "day": day,
            "weekday": WEEKDAYS[day.weekday()],
            "is_open": bool(opening_days(self.programme, day, day)),
            "before": day - timedelta(days=1),
            "after": day + timedelta(days=1) if day < timezone.localdate() else None,
            "fill": self.choices.choices[0],
        }


class AttendanceMonthView(MarksView):
    model, choices, field, slug = Attendance, AttendanceMark, "mark", "attendance"
    title, template = "点名", "disability/attendance_month.html"
    store = staticmethod(store_attendance)
    short = {"": "", "P": "√", "L": "假", "A": "缺"}

    @cached_property
    def month(self) -> Period:
        return month_asked(self.request.GET)

    @cached_property
    def people(self):
        return list(enrolled_between(self.programme, self.month.start, self.month.end))

    @cached_property
    def stored(self):
        return self.cells_stored(self.people, self.month.start, self.month.end)

    @cached_property
    def days(self) -> list[date]:
        """Its opening days, and others on which somebody was marked all the same."""
        opening = opening_days(self.programme, self.month.start, self.month.end)
        return sorted({*opening, *(day for _, day, _ in self.stored)})

    def lines(self):
        today = timezone.localdate()
        return [
            Line(
                person,
                [
                    Cell(
                        person,
                        day,
                        self.stored.get((person.pk, day, ""), ""),
                        label=f"{person.resident.name} {day.month}月{day.day}日",
                        open=self.may_edit and person.covers(day) and day <= today,
                    )
                    for day in self.days
                ],
            )
            for person in self.people
        ]

    def context(self):
        month, today = self.month, timezone.localdate()
        codes = ("attendance_days", "attendance_expected", "attendance_rate")
        following = next_month(month)
        return {
            "month": month,
            "before": month.previous(),
            "after": following if following.start <= today else None,
            "heads": [
                {"day": day, "weekday": WEEKDAYS[day.weekday()], "open": day <= today}
                for day in self.days
            ],
            "short": self.short.items(),
            "footer": self.figures([f"disability.{code}" for code in codes], month),
        }


class AttendanceDayView(DayView):
    model, choices, field, slug = Attendance, AttendanceMark, "mark", "attendance"
    title = "点名"
    store = staticmethod(store_attendance)

    def lines(self):
        day = self.day
        people = list(enrolled_between(self.programme, day, day))
        stored = self.cells_stored(people, day, day)
        return [
            Line(p, [Cell(p, day, stored.get((p.pk, day, ""), ""), open=self.may_edit)])
            for p in people
        ]

    def context(self):
        return super().context() | {
            "nobody": "这一天没有在托人员。",
            "month_url": f"?month={self.day:%Y-%m}",
        }


class MedicationView(DayView):
    """Who takes medicine in the programme, at the times that the enrolment says."""

    model, choices, field, slug = MedicationLog, DoseResult, "result", "medication"
    title, times = "服药登记", DoseTime.values
    store = staticmethod(store_doses)

    def lines(self):
        day = self.day
        people = list(enrolled_between(self.programme, day, day))
        stored = self.cells_stored(people, day, day)
        times = {p.pk: {*p.dose_times, *(t for key, _, t in stored if key == p.pk)} for p in people}
        return [
            Line(
                p,
                [
                    Cell(
                        p,
                        day,
                        stored.get((p.pk, day, time), ""),
                        time,
                        DoseTime(time).label,
                        self.may_edit,
                    )
                    for time in sorted(times[p.pk])
                ],
            )
            for p in people
            if times[p.pk]
        ]

    def context(self):
        return super().context() | {
            "nobody": "这一天没有需要在项目中服药的人；需要的，请在入托登记中勾选服药时段。"
        }


def attendance(request, pk):
    """The month's grid, or with ``?day=`` the list of one day."""
    view = AttendanceDayView if "day" in request.GET else AttendanceMonthView
    return view.as_view()(request, pk=pk)


def attendance_sheet(request, pk):
    """The month's grid on paper, blank, with the names of those enrolled; printing is logged."""
    programme = get_object_or_404(ledgers["programmes"].queryset(request.user), pk=pk)
    month = month_asked(request.GET)
    people = [p.resident.name for p in enrolled_between(programme, month.start, month.end)]
    days = opening_days(programme, month.start, month.end)
    if not days:
        raise Http404
    context = {
        "title": f"{programme.name}{month.label}点名表",
        "unit": programme.unit,
        "people": people,
        "days": [(day.day, WEEKDAYS[day.weekday()]) for day in days],
        "share": round(78 / len(days), 3),
        "unprintable": "、".join(missing_glyphs("".join(people))),
    }
    log_access(
        AccessLog.Action.PDF,
        by=request.user,
        subject=programme._meta.label_lower,
        subject_id=programme.pk,
        unit_id=programme.unit_id,
        rows=len(people),
    )
    data = render_pdf("disability/attendance_sheet.html", context, base="sheet")
    return pdf_response(data, context["title"], inline=True)


attendance_page = needs("disability.view")(attendance)
attendance_paper = writing_get(needs("disability.edit")(attendance_sheet))
medication_page = needs("disability.view")(MedicationView.as_view())
