"""Pages by which people join without signing in, and follow what they sent."""

from django.conf import settings
from django.views.decorators.debug import sensitive_post_parameters

from portal.intake.forms import FollowForm
from portal.intake.services import hash_of_registration, receive, registration_code, typed_code
from portal.intake.states import IntakeState
from portal.marks import anonymous, repeatable
from portal.public_functions import rows_of
from portal.public_pages import not_found, too_often
from portal.public_tries import DAY, TEN_MINUTES, address_of, may_try
from volunteers.forms.joining import JoinForm
from volunteers.models import VolunteerApplication
from volunteers.selectors.public import unit_of
from volunteers.views.public import page


@sensitive_post_parameters()
@repeatable
@anonymous("an application comes in by the public role, which reads none; limited")
def join(request, code):
    """The form's own key makes it come in once. Whether somebody is a volunteer already is told to
    staff alone."""
    unit = unit_of(code)
    if unit is None:
        return not_found(request)
    form = JoinForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return page(request, "join", {"unit": unit, "form": form})
    if not may_try("letter", address_of(request), settings.PUBLIC_LETTERS_PER_DAY, DAY):
        return too_often(request)
    if form.is_trapped:
        sent = registration_code(form.cleaned_data["form_key"])
    else:
        sent = receive(VolunteerApplication(unit_id=unit["id"], **form.values))
    return page(request, "joined", {"unit": unit, "code": sent})


@sensitive_post_parameters()
@repeatable
@anonymous("where an application stands, for whoever has its registration code; limited")
def follow(request):
    """The same answer, after the same work, for every code that is not one."""
    form = FollowForm(request.POST or None)
    if not form.is_valid():
        return page(request, "join_follow", {"form": form})
    if not may_try("address", address_of(request), settings.PUBLIC_TRIES, TEN_MINUTES):
        return too_often(request)
    hashed = hash_of_registration(typed_code(form.cleaned_data["code"]))
    [application] = rows_of("volunteers_public_application(%s)", hashed)
    if application["state"] is None:
        return page(request, "join_follow", {"form": FollowForm(), "not_known": True}, status=404)
    state = IntakeState(application["state"])
    context = {
        "application": application,
        "welcome": state == IntakeState.TAKEN and application["number"],
        "state": state.label,
    }
    return page(request, "join_state", context)
