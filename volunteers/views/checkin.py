"""Check-in and check-out by the QR of a shift, on the volunteer's own phone."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect

from portal.intake.services import typed_code
from portal.marks import repeatable
from portal.public_pages import not_found
from volunteers.enums.hours import HoursState
from volunteers.forms.public import PauseForm
from volunteers.selectors import mine
from volunteers.selectors.hours import told_hours, told_span
from volunteers.selectors.links import checkin_code, same
from volunteers.services import mine as acts
from volunteers.views.mine import for_volunteer, shown
from volunteers.views.mine_records import refuse
from volunteers.views.public_link import ask, known_to


def before_the_poster(request, pk, code):
    """For ``by_link``: the poster's code first, then whom the phone remembers."""
    if not same(checkin_code(pk), typed_code(code)):
        return not_found(request)
    known = known_to(request)
    return known.holder if known else ask(request, shift=f"{pk}/{typed_code(code)}")


@repeatable
@for_volunteer("a volunteer checks in and out at a shift of their own unit", before_the_poster)
def shift(request, me, pk, code):
    found = mine.shifts_of(me).filter(pk=pk).first()
    if found is None:
        return not_found(request)
    form = PauseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            if request.POST.get("act") == "out":
                acts.check_out(me, found, form.cleaned_data["pause"] or 0)
            else:
                acts.check_in(me, found, request.POST.get("after", ""))
            return redirect("public-shift", pk, code)
        except ValidationError as error:
            refuse(form, error, {"pause_minutes": "pause"})
    record = mine.presence(me, found)
    context = {
        "shift": found,
        "record": record,
        "is_here": record is not None and record.state == HoursState.OPEN,
        "span": told_span(record) if record else "",
        "hours": told_hours(record.minutes) if record else "",
        "form": form,
        "row": mine.sign_up_for(me, found),
    }
    return shown(request, "checkin", me, context)
