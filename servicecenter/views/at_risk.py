"""快到期和超期办件: what has used most of its time or all of it, with its light and whose it is; from
here several are supervised at once."""

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from portal.ledgers.presenting import page_of
from portal.marks import needs
from portal.scope import access_of
from portal.today.days import told_late
from portal.workdays import calendar
from servicecenter.models import Supervision
from servicecenter.selectors import clock
from servicecenter.selectors.clock_working import told_light
from servicecenter.selectors.supervision import target_of

PAGE_SIZE = 30
RISK, LATE = "risk", "late"


def cases_of(which: str, units, today):
    rows = clock.open_cases(units)
    rows = clock.overdue(rows, today) if which == LATE else clock.at_risk(rows, today)
    related = ("item__item", "unit", "handler", "station", "agent")
    return rows.select_related(*related).order_by("due_on", "pk")


@needs("cases.supervise")
def at_risk(request):
    """The cases of the units where the user supervises."""
    today, units = timezone.localdate(), access_of(request.user).units("cases.supervise")
    chosen = LATE if request.GET.get("which") == LATE else RISK
    tabs = [
        {
            "code": code,
            "label": label,
            "count": cases_of(code, units, today).count(),
            "chosen": code == chosen,
        }
        for code, label in (
            (RISK, f"快到期（已用 {settings.CASE_RISK_PERCENT}% 时间）"),
            (LATE, "超期"),
        )
    ]
    pages = Paginator(cases_of(chosen, units, today), PAGE_SIZE)
    page = pages.get_page(request.GET.get("page", "1"))
    context = {
        "tabs": tabs,
        "chosen": next(tab for tab in tabs if tab["chosen"]),
        "found": rows_of(list(page.object_list), request.user, today),
        "page": page,
        "several_units": len(units) > 1,
        "supervise_url": reverse("case-supervise"),
    }
    return render(request, "servicecenter/at_risk.html", context)


def rows_of(cases, user, today) -> list[dict]:
    """Each case with its light, the working days that are left, and whether it is supervised."""
    asked = Supervision.objects.kept().filter(case__in=cases, closed_on__isnull=True)
    supervised = dict(asked.order_by("pk").values_list("case", "pk"))
    known, found = calendar(), []
    for case in cases:
        told = told_light(clock.light_of(case, today))
        days = known.between(*sorted([case.due_on, today]))
        found.append(
            {
                "pk": case.pk,
                "name": str(case),
                "url": page_of(case, "servicecenter", user),
                "light": told["value"],
                "tone": told["badge"],
                "icon": told["icon"],
                "due_on": case.due_on,
                "left": told_late(case.due_on, today, known) or f"剩 {days} 个工作日",
                "who": target_of(case),
                "state": case.get_state_display(),
                "unit": str(case.unit),
                "supervised": supervised.get(case.pk),
            }
        )
    return found
