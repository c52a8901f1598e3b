"""A volunteer's own records: their state, a correction, a certificate of them; name and leaving."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils import timezone

from portal.marks import repeatable
from portal.public_pages import not_found
from volunteers.enums.hours import CorrectionState
from volunteers.forms.public import CertificateForm, CorrectionForm, LeaveForm
from volunteers.selectors import mine
from volunteers.selectors.hours import told_hours, told_span, what_of
from volunteers.services import mine as acts
from volunteers.views.mine import ON_A_PAGE, done, for_volunteer, front, shown
from volunteers.views.public import page
from volunteers.views.public_link import forget


def told(record) -> dict:
    """A record of mine.services(), as its volunteer reads it."""
    waits = any(each.state == CorrectionState.OPEN for each in record.asked)
    day = record.occurred_on
    past = record.came_at is not None and day.year != timezone.localdate().year
    year = f"{day.year}年" if past else ""
    return {
        "record": record,
        "what": what_of(record),
        "span": year + told_span(record),
        "hours": told_hours(record.minutes),
        "corrections": record.asked,
        "may_correct": record.state in mine.CORRECTABLE and not waits,
    }


@for_volunteer("a volunteer's own records of service")
def records(request, me):
    found = Paginator(mine.services(me), ON_A_PAGE).get_page(request.GET.get("page"))
    return shown(request, "records", me, {"page": found, "rows": [told(row) for row in found]})


@repeatable
@for_volunteer("a volunteer asks that a record of their own be corrected")
def correct(request, me, pk):
    record = mine.services(me).filter(pk=pk).first()
    if record is None:
        return not_found(request)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            acts.ask_correction(record, form.cleaned_data["claim"], form.minutes)
            return done("asked", "public-my-records")
        except ValidationError as error:
            refuse(form, error, {"wanted_minutes": "hours"})
    return shown(request, "correct", me, {"form": form, **told(record)})


@repeatable
@for_volunteer("a volunteer asks for a certificate of their own service")
def certificates(request, me):
    first = {"starts_on": me.joined_on, "ends_on": timezone.localdate()}
    form = CertificateForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        try:
            acts.ask_certificate(me, **form.cleaned_data)
            return done("requested", "public-my-certificates")
        except ValidationError as error:
            refuse(form, error)
    rows = mine.certificates(me)[:ON_A_PAGE]
    return shown(request, "certificates", me, {"form": form, "rows": rows})


@repeatable
@for_volunteer("a volunteer says whether their own name may be public")
def publish(request, me):
    if request.method != "POST":
        return redirect("public-me")
    may = request.POST.get("may") == "yes"
    try:
        acts.publish_name(me, may)
    except ValidationError as error:
        return front(request, me, refused=error.messages)
    return done("public" if may else "private", "public-me")


@repeatable
@for_volunteer("a volunteer leaves by their own will")
def leave(request, me):
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            acts.leave_by_self(me, form.cleaned_data["reason"] or "本人申请退出")
        except ValidationError as error:
            refuse(form, error)
        else:
            response = page(request, "left")
            forget(response)
            return response
    return shown(request, "leave", me, {"form": form})


def refuse(form, error: ValidationError, names=None) -> None:
    """Say a service's refusal at its field, or above the form where the form has no such field."""
    found = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
    for name, errors in found.items():
        field = (names or {}).get(name, name)
        form.add_error(field if field in form.fields else None, errors)
