"""The pages of the work calendar: a year, its notices, and a further notice."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from portal.guided import GuidedView
from portal.marks import needs
from portal.models import NoticeSource, WorkNotice
from portal.scope import access_of
from portal.workcalendar.forms import FIRST_YEAR, LAST_YEAR, NoticeForm
from portal.workcalendar.months import months_of
from portal.workcalendar.reading import told
from portal.workcalendar.services import (
    PERMISSION,
    are_all_in_reach,
    calendar_after,
    changes_by,
    days_of_notice,
    store_notice,
)
from portal.workcalendar.statute import statutory_days
from portal.workdays import calendar

SHOWN = 200


def asked_year(text: str) -> int:
    """The year of an address; this year for anything that is none."""
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else timezone.localdate().year


@needs(PERMISSION)
def work_calendar(request):
    """Twelve months of ``?year=``, and the notices that they follow from."""
    year, known = asked_year(request.GET.get("year", "")), calendar()
    months = months_of(known, year)
    context = {
        "year": year,
        "before": year - 1 if year > FIRST_YEAR else None,
        "next": year + 1 if year < LAST_YEAR else None,
        "is_settled": known.is_settled(year),
        "months": months,
        "workdays": sum(month.workdays for month in months),
        "notices": WorkNotice.objects.filter(year=year).prefetch_related("days"),
    }
    return render(request, "workcalendar/year.html", context)


class NoticeAdd(GuidedView):
    """A notice as pasted or by hand; what was understood and what it moves is shown before it is stored."""

    template_name = "workcalendar/notice.html"
    title, button = "导入放假通知", "导入"
    confirms = True
    preview = None

    def form(self, data=None):
        year = self.request.GET.get("year", "")
        initial = {"year": asked_year(year)} if year else {}
        return NoticeForm(data, self.request.FILES or None, initial=initial)

    def perform(self, form):
        given = form.cleaned_data
        return store_notice(
            source=given["source"],
            year=given["year"],
            title=given["title"],
            document_number=given["document_number"],
            published_on=given["published_on"],
            text=given["text"],
            days=form.told,
            replaces=form.replaces,
            by=self.request.user,
        )

    def done(self, form, notice):
        messages.success(self.request, f"已导入“{notice}”。")
        return redirect(reverse("work-calendar") + "?" + urlencode({"year": notice.year}))

    def context(self):
        return {
            "parent_url": reverse("work-calendar"),
            "parent_title": "工作日历",
            "preview": self.preview,
        }

    def show(self, form, *, confirming=False, status=200):
        self.preview = self._preview(form) if confirming else None
        return super().show(form, confirming=confirming, status=status)

    def _preview(self, form) -> dict:
        """What was understood, what becomes of the calendar, and the records that it moves."""
        given, user = form.cleaned_data, self.request.user
        source, year = given["source"], given["year"]
        known = calendar(fresh=True)  # the trial that was rolled back had stored the notice
        said = days_of_notice(source, year, form.told, replaces=form.replaces)
        after = calendar_after(source, year, said)
        moved = changes_by(after, access_of(user).units(PERMISSION))
        differing = [day for day in sorted(said) if known.is_workday(day) != after.is_workday(day)]
        return {
            "notice": given,
            "source": NoticeSource(source).label,
            "understood": told(form.told),
            "missed": _missed(source, year, after),
            "differing": [(known.day(day), after.day(day)) for day in differing],
            "moved": [
                {"title": kind.title, "changes": changes[:SHOWN], "count": len(changes)}
                for kind, changes in moved
            ],
            "shown": SHOWN,
            "elsewhere": not are_all_in_reach(user),
        }


def _missed(source: str, year: int, after) -> list[str]:
    """Statutory days on which offices would work by a national notice: it was read or typed wrongly."""
    if source != NoticeSource.NATIONAL:
        return []
    days = statutory_days(year).items()
    return [f"{day.month}月{day.day}日{name}" for day, name in days if after.is_workday(day)]


notice_add = needs(PERMISSION)(NoticeAdd.as_view())
