"""Stars: who rises to which, what is revoked, and what a volunteer served by year."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views.generic import View

from portal.guided import GuidedView
from portal.ledgers.fields import sent_id
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.scope import access_of
from volunteers.forms.hours_steps import DayForm, RevokeStarForm
from volunteers.selectors.hours import (
    counted_minutes,
    minutes_by_year,
    rule_on,
    told_hours,
    told_span,
    what_of,
)
from volunteers.selectors.stars import next_star, present_star, promotions
from volunteers.services.stars import grant, revoke
from volunteers.workflow import APPROVE, EDIT

STARS = "star-awards"


class RevokeStarView(GuidedView):
    title = button = "撤销星级"

    @cached_property
    def award(self):
        return get_object_or_404(ledgers[STARS].queryset(self.request.user), pk=self.kwargs["pk"])

    def form(self, data=None):
        access_of(self.request.user).check(APPROVE, self.award.unit_id)
        return RevokeStarForm(data, award=self.award)

    def context(self):
        ledger = ledgers[STARS]
        return {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": ledger.url("detail", self.award),
            "parent_title": ledger.label_of(self.award),
            "explanation": "星级只因弄虚作假撤销；规则提高不影响已有的星级。",
        }

    def perform(self, form):
        reason = form.cleaned_data["revoked_for"]
        revoke(form.as_loaded(self.award), reason, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, "已撤销星级。")
        return redirect(ledgers[STARS].url("detail", self.award))


class PromotionsView(View):
    """Who reached which star by a day; the ticked are given it."""

    def post(self, request):
        form = DayForm(request.POST, user=request.user)
        if not form.is_valid():
            messages.error(request, "页面不完整，请刷新后再试。")
            return redirect("star-promotions")
        unit, day = form.cleaned_data["unit"], form.cleaned_data["day"]
        chosen = [sent_id(value) for value in request.POST.getlist("volunteer")]
        try:
            given = grant(unit, chosen, day, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, f"已授予 {len(given)} 人星级。")
        query = urlencode({"unit": unit.pk, "day": day})
        return redirect(f"{reverse('star-promotions')}?{query}")

    def get(self, request):
        today = timezone.localdate()
        form = DayForm(user=request.user)
        units = list(form.fields["unit"].queryset)
        home = access_of(request.user).home
        unit = next((u for u in units if str(u.pk) == request.GET.get("unit")), None)
        unit = unit or next((u for u in units if home and u.pk == home.pk), units[0])
        asked = DayForm({"unit": unit.pk, "day": request.GET.get("day", "")}, user=request.user)
        day = asked.cleaned_data["day"] if asked.is_valid() else today
        day = min(day, today)
        volunteers, stars = ledgers["volunteers"], ledgers[STARS]
        found = [
            {
                "pk": each.volunteer.pk,
                "name": str(each.volunteer),
                "number": each.volunteer.serial_number,
                "hours": told_hours(each.minutes),
                "present": each.present.label if each.present else "未评星级",
                "level": each.level.label,
                "url": volunteers.url("detail", each.volunteer),
            }
            for each in promotions(unit, day)
        ]
        context = {
            "title": "晋升名单",
            "units": units,
            "unit": unit,
            "day": day,
            "found": found,
            "rule": rule_on(unit, day),
            "stars": stars,
        }
        return render(request, "volunteers/promotions.html", context)


def volunteer_hours(request, pk):
    """What one volunteer served: counted hours by year, the star, how far it is to the next one."""
    ledger, services = ledgers["volunteers"], ledgers["service-records"]
    volunteer = get_object_or_404(ledger.queryset(request.user), pk=pk)
    rows = services.queryset(request.user).filter(volunteer=volunteer).order_by(*services.order)
    star, following = present_star(volunteer), next_star(volunteer)
    context = {
        "title": f"{volunteer}的时长与星级",
        "volunteer": volunteer,
        "total": told_hours(counted_minutes(volunteer)),
        "star": star.label if star else "未评星级",
        "years": [
            {"year": year, "hours": told_hours(minutes)}
            for year, minutes in minutes_by_year(volunteer)
        ],
        "next": following and {"label": following[0].label, "hours": told_hours(following[1])},
        "records": [
            {
                "span": told_span(record),
                "what": what_of(record),
                "hours": told_hours(record.minutes),
                "state": record.get_state_display(),
                "url": services.url("detail", record),
            }
            for record in rows[:50]
        ],
        "volunteers": ledger,
        "parent_url": ledger.url("detail", volunteer),
    }
    return render(request, "volunteers/volunteer_hours.html", context)


star_revoke = needs(APPROVE)(RevokeStarView.as_view())
star_promotions = needs(EDIT)(PromotionsView.as_view())
hours_of_volunteer = needs("volunteers.view")(volunteer_hours)
