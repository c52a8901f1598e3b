"""新办件: the window's one screen. Searching and picking re-draw the form; four buttons store it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.generic import View

from portal.errors import TAKEN, is_taken, settle
from portal.ledgers.fields import sent_id
from portal.ledgers.forms import form_class_for
from portal.ledgers.registry import ledgers
from portal.marks import needs, repeatable
from portal.masks import mask_phone
from portal.text import typed_words
from residents.models import Application, Resident, Visit
from residents.selectors import search_residents
from servicecenter.enums.cases import CaseChannel
from servicecenter.enums.catalogue import CaseKind
from servicecenter.forms.cases_entry import (
    ACCEPT,
    AT_ONCE,
    REGISTER,
    SUPPLEMENT,
    EntryForm,
)
from servicecenter.forms.widgets import dress
from servicecenter.models import Case, FolkVisit, Outsider, Reception
from servicecenter.selectors.applicants import search_outsiders
from servicecenter.selectors.cases import matching, other_cases
from servicecenter.services.cases import act, register
from servicecenter.services.reception import became_case
from servicecenter.workflow import CLERK

SHOWN = 8
WAYS = (REGISTER, ACCEPT, AT_ONCE, SUPPLEMENT)
OUTSIDERS = "outsiders"


def found_applicants(user, text: str) -> list[dict]:
    """Residents and outsiders that the typed text may mean; numbers are masked."""
    if not text:
        return []
    people = search_residents(Resident.objects.visible_to(user), text).select_related("unit")
    outsiders = search_outsiders(Outsider.objects.visible_to(user), text).select_related("unit")
    found = [
        {
            "pick": f"resident:{person.pk}",
            "name": person.name,
            "number": person.masked_id,
            "note": " · ".join(filter(None, (str(person.unit), person.is_here and person.address))),
        }
        for person in people.order_by("pinyin", "pk")[:SHOWN]
    ]
    found += [
        {
            "pick": f"outsider:{person.pk}",
            "name": person.name,
            "number": person.masked_number or person.masked_phone,
            "note": f"辖区外{person.get_kind_display()}",
        }
        for person in outsiders.order_by("pinyin", "pk")[: SHOWN - len(found) + 1]
    ]
    return found


@repeatable
@needs(CLERK)
def find_applicant(request):
    """The applicants under the search box, as a fragment."""
    text = typed_words(request.POST.get("find", ""))
    context = {"found": found_applicants(request.user, text), "text": text}
    return render(request, "servicecenter/_applicants.html", context)


@repeatable
@needs(CLERK)
def find_item(request):
    """The items under the search box, as a fragment."""
    form = EntryForm(request.POST, user=request.user)
    text = typed_words(request.POST.get("find_item", ""))
    versions = matching(form.versions, text)[:SHOWN] if form.home else []
    context = {"versions": versions, "item_text": text, "form": form}
    return render(request, "servicecenter/_items.html", context)


class EntryView(View):
    """``?resident=``, ``?outsider=``, ``?visit=``, ``?application=``, ``?reception=`` and ``?parent=`` begin
    with what is known."""

    def get(self, request):
        return self.show(EntryForm(user=request.user, initial=self.known()))

    def known(self) -> dict:
        """The initial values that the address asks for, of records that the user may see."""
        found, user = {}, self.request.user
        for name, model in (("visit", Visit), ("application", Application)):
            if origin := _visible(model, user, self.request.GET.get(name)):
                found |= {name: origin.pk, "applicant": f"resident:{origin.resident_id}"}
                found |= {"unit": origin.unit_id, "request": _told_by(origin)}
                if name == "visit":
                    found["channel"] = CaseChannel.VISIT
        if asked := _visible(Reception, user, self.request.GET.get("reception")):
            found |= {"reception": asked.pk, "unit": asked.unit_id, "request": asked.content[:1000]}
            if asked.resident_id:
                found["applicant"] = f"resident:{asked.resident_id}"
        if parent := _visible(Case, user, self.request.GET.get("parent")):
            found |= {
                "parent": parent.pk,
                "unit": parent.unit_id,
                "applicant": _picked(parent),
                "channel": parent.channel,
            }
        for name, model in (("resident", Resident), ("outsider", Outsider)):
            if person := _visible(model, user, self.request.GET.get(name)):
                found |= {"applicant": f"{name}:{person.pk}"}
        return found

    def post(self, request):
        data = request.POST.copy()
        if "pick" in data:
            data["applicant"] = data["pick"]
            return self.redraw(data)
        if "pick_item" in data:
            data["item"] = data["pick_item"]
            return self.redraw(data)
        if "forget" in data:
            data[data["forget"]] = ""
            return self.redraw(data)
        way = data.get("way", "")
        if way not in WAYS:
            return self.redraw(data)
        return self.store(EntryForm(data, user=request.user), way)

    def redraw(self, data):
        """The screen with what was typed so far, without a word about what is still missing."""
        initial = {name: data.get(name, "") for name in data}
        initial["rights_told"] = bool(data.get("rights_told"))
        form = EntryForm(user=self.request.user, initial=initial)
        for row in form.rows:
            if row.given.name in data:
                form.initial[row.given.name] = True
        return self.show(form, data)

    # --- storing --------------------------------------------------------------------------------

    def store(self, form: EntryForm, way: str):
        outsider_form = self.outsider_form(form, form.data, bound=True) if form.is_new else None
        valid = form.is_valid() and form.check_for(way)
        if outsider_form is not None and not outsider_form.is_valid():
            valid = False
        if not valid:
            return self.show(form, form.data, outsider_form)
        try:
            with transaction.atomic():
                case = self.made(form, outsider_form, way)
                settle()
        except ValidationError as error:
            _add(form, error)
        except IntegrityError as error:
            if not is_taken(error):
                raise
            form.add_error(None, TAKEN)
        else:
            return self.done(case, way, form)
        return self.show(form, form.data, outsider_form)

    def made(self, form, outsider_form, way: str) -> Case:
        user, outsider = self.request.user, None
        if outsider_form is not None:
            outsider = outsider_form.save(commit=False)
            outsider.recorded_by = user
            outsider.save()
        case = register(form.case(outsider), materials=form.materials(), by=user)
        if asked := form.cleaned_data["reception"]:
            became_case(asked, case, by=user)
        if way in (ACCEPT, AT_ONCE):
            case = act(case, way, form.values_of(way), by=user)
        return case

    def done(self, case: Case, way: str, form):
        ledger = ledgers["cases"]
        said = {
            REGISTER: f"已登记：{case.item}。",
            ACCEPT: f"已受理：{case.number}。",
            AT_ONCE: f"已当场办结：{case.number}。",
            SUPPLEMENT: "已登记，请填写要补正的内容。",
        }
        messages.success(self.request, said[way])
        if way == SUPPLEMENT:
            return redirect("case-act", case.pk, "supplement")
        return redirect(ledger.url("detail", case))

    # --- showing --------------------------------------------------------------------------------

    def outsider_form(self, form: EntryForm, data=None, *, bound=False):
        """The fields of an applicant typed here; unbound they show what was typed so far."""
        if form.home is None:
            return None
        ledger, typed = ledgers[OUTSIDERS], data or {}
        initial = {
            name: typed[f"outsider-{name}"]
            for name in ledger.form_fields
            if f"outsider-{name}" in typed
        }
        found = form_class_for(ledger)(
            data if bound else None,
            prefix="outsider",
            initial={"name": typed.get("find", "")} | initial,
            ledger=ledger,
            user=self.request.user,
            unit=form.home,
        )
        dress(found)
        return found

    def show(self, form: EntryForm, data=None, outsider_form=None):
        user, person = self.request.user, form.person
        if form.is_new and outsider_form is None:
            outsider_form = self.outsider_form(form, data)
        text = typed_words(data.get("find", "")) if data else ""
        item_text = typed_words(data.get("find_item", "")) if data else ""
        context = {
            "form": form,
            "person": person,
            "is_resident": form.applicant_kind == "resident",
            "others": self.others(form, person),
            "outsider_form": outsider_form,
            "found": found_applicants(user, text) if data and not person else [],
            "searched": data is not None,
            "text": text,
            "versions": self.items(form, item_text) if not form.version else [],
            "item_text": item_text,
            "on_spot": form.version is not None and form.version.kind == CaseKind.ON_SPOT,
            "phone_hint": _phone_hint(person),
            "list_url": ledgers["cases"].url(),
        }
        name = "_entry" if self.request.htmx else "entry"
        return render(self.request, f"servicecenter/{name}.html", context)

    def items(self, form, text: str):
        """What the unit takes most often, while nothing is typed."""
        return matching(form.versions, text)[:SHOWN] if form.home and text else []

    def others(self, form, person):
        if person is None:
            return []
        applicant = Q(**{form.applicant_kind: person.pk})
        return other_cases(applicant, timezone.localdate(), self.request.user)


def _visible(model, user, key):
    return model.objects.visible_to(user).filter(pk=sent_id(key or "")).first()


def _told_by(origin) -> str:
    if isinstance(origin, Visit):
        need = FolkVisit.objects.kept().filter(visit=origin).values_list("need", flat=True).first()
        return need or origin.follow_up or origin.content[:1000]
    return origin.what


def _picked(case: Case) -> str:
    return f"resident:{case.resident_id}" if case.resident_id else f"outsider:{case.outsider_id}"


def _phone_hint(person) -> str:
    """A number in full is not shown without a purpose; an empty field takes the register's."""
    if person is None or not person.phone:
        return ""
    return f"不填即用登记的电话 {mask_phone(person.phone)}。"


def _add(form, error: ValidationError) -> None:
    """A service's refusal, at its field where this form has it."""
    named = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
    for name, errors in named.items():
        form.add_error(name if name in form.fields else None, errors)


entry = needs(CLERK)(EntryView.as_view())
