"""课表执行: which lessons of the timetable took place in a month, and which did not."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from disability.selectors.programmes import planned_and_held
from disability.views.programme_marks import month_asked, next_month
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.scope import access_of


@needs("disability.view")
def timetable_page(request, pk):
    """Each lesson with its days until today: held ones open, missing ones can be recorded."""
    ledger = ledgers["programmes"]
    programme = get_object_or_404(ledger.queryset(request.user), pk=pk)
    month, today = month_asked(request.GET), timezone.localdate()
    sessions = ledgers["programme-sessions"]
    lessons = [
        {
            "slot": slot,
            "days": [
                {"day": day, "url": sessions.url("detail", session) if session else ""}
                for day, session in days
            ],
            "held": [day for day, session in days if session],
        }
        for slot, days in planned_and_held(programme, month.start, min(month.end, today))
    ]
    following = next_month(month)
    context = {
        "programme": programme,
        "lessons": lessons,
        "month": month,
        "before": month.previous(),
        "after": following if following.start <= today else None,
        "programmes": ledger,
        "back": ledger.url("detail", programme),
        "add_url": sessions.url("add"),
        "timetable": ledgers["timetable"],
        "may_edit": access_of(request.user).may("disability.edit", programme.unit_id),
    }
    return render(request, "disability/timetable.html", context)
