"""Pages by which residents apply or ask without signing in, and follow what they sent."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.views.decorators.debug import sensitive_post_parameters

from portal.intake.forms import FollowForm
from portal.intake.services import registration_code
from portal.intake.states import IntakeState
from portal.marks import anonymous, repeatable
from portal.public_pages import not_found, too_often
from portal.public_tries import DAY, TEN_MINUTES, address_of, may_try
from servicecenter.enums.public import LetterKind
from servicecenter.forms.letters import BODY, ApplicationForm, QuestionForm
from servicecenter.models.public import Letter
from servicecenter.selectors import public
from servicecenter.selectors.receipts import receipt_code
from servicecenter.services.public import receive
from servicecenter.views.public import page, unit_of

TYPED = ("name", "phone", "content", "consented", "form_key")


def _may_send(request) -> bool:
    return may_try("letter", address_of(request), settings.PUBLIC_LETTERS_PER_DAY, DAY)


@sensitive_post_parameters()
@repeatable
@anonymous("an application comes in by the public role, which reads none; limited")
def apply(request, code, pk):
    """Apply for a published item. The form's own key makes it come in once (SubmitOnce knows users)."""
    unit = unit_of(code)
    guide = next((g for g in public.guides(unit["id"]) if g.id == pk), None) if unit else None
    if guide is None:
        return not_found(request)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ApplicationForm(*posted, applies_to=guide.applies_to)
    context = {"unit": unit, "guide": guide, "form": form}
    if not form.is_valid():
        return page(request, "apply", context)
    if not _may_send(request):
        return too_often(request)
    data = form.cleaned_data
    if form.is_trapped:
        return _sent(request, unit, registration_code(data["form_key"]))
    files = form.checked_files()
    if not form.errors:
        letter = Letter(
            unit_id=unit["id"],
            kind=LetterKind.APPLICATION,
            item_key=guide.version_id,
            item_name=guide.name,
            id_kind="" if data["id_kind"] == BODY else data["id_kind"],
            id_number=data["id_number"],
            **{name: data[name] for name in TYPED},
        )
        try:
            return _sent(request, unit, receive(letter, files))
        except ValidationError as error:
            form.add_error("files", error)
    return page(request, "apply", context)


@sensitive_post_parameters()
@repeatable
@anonymous(
    "questions that the office answered and published; one comes in, to be moderated; limited"
)
def echoes(request, code):
    """The echo wall, and a question for it."""
    unit = unit_of(code)
    if unit is None:
        return not_found(request)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        shown = public.echoes(unit["id"])
        return page(request, "echoes", {"unit": unit, "form": form, "echoes": shown})
    if not _may_send(request):
        return too_often(request)
    data = form.cleaned_data
    if form.is_trapped:
        return _sent(request, unit, registration_code(data["form_key"]))
    letter = Letter(
        unit_id=unit["id"],
        kind=LetterKind.QUESTION,
        may_publish=data["may_publish"],
        **{name: data[name] for name in TYPED},
    )
    return _sent(request, unit, receive(letter, []))


def _sent(request, unit, code):
    return page(request, "sent", {"unit": unit, "code": code})


@sensitive_post_parameters()
@repeatable
@anonymous("where a letter stands, for whoever has its registration code; limited")
def follow(request):
    """The same answer, after the same work, for every code that is not one."""
    form = FollowForm(request.POST or None)
    if not form.is_valid():
        return page(request, "follow", {"form": form})
    if not may_try("address", address_of(request), settings.PUBLIC_TRIES, TEN_MINUTES):
        return too_often(request)
    letter = public.letter_of(form.cleaned_data["code"])
    if letter["state"] is None:
        return page(request, "follow", {"form": FollowForm(), "not_known": True}, status=404)
    number = letter["number"]
    context = {
        "letter": letter,
        "state": IntakeState(letter["state"]).label,
        "code": receipt_code(number) if number else "",
    }
    return page(request, "letter", context)
