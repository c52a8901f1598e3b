"""One step with one case, or with several at once; and the late materials and co-handlers of a case."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from portal.guided import GuidedForm, GuidedView
from portal.ledgers.fields import formfield_for
from portal.ledgers.registry import ledgers
from portal.marks import needs, needs_one_of
from portal.scope import Denied, access_of
from servicecenter.forms.cases import NamedChoice
from servicecenter.forms.cases_act import ActForm
from servicecenter.forms.cases_bulk import BULK, BulkForm, cases_for
from servicecenter.models import Case, CaseMaterial, CasePartner
from servicecenter.services.cases import act, may
from servicecenter.services.cases_guards import agents_for, stations_for
from servicecenter.services.cases_parts import ask_partner, finish_partner, give_material
from servicecenter.workflow import CASE, CLERK, HANDLER, STREET, SUPERVISOR

SLUG = "cases"
ANYBODY = needs_one_of(CLERK, HANDLER, STREET, SUPERVISOR)


class OfCase(GuidedView):
    """A guided act on the case of the address, or on what belongs to it."""

    def loaded(self) -> Case:
        rows = ledgers[SLUG].queryset(self.request.user)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def context(self):
        ledger = ledgers[SLUG]
        return {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": ledger.url("detail", self.case),
            "parent_title": ledger.label_of(self.case),
            "explanation": self.explanation(),
        }

    def explanation(self) -> str:
        applicant = self.case.applicant
        return f"{self.case.item} · {applicant.name} · 现在是“{self.case.get_state_display()}”"

    def done(self, form, result):
        messages.success(self.request, f"已{self.title}。")
        return redirect(ledgers[SLUG].url("detail", self.case))


class ActView(OfCase):
    """The page of one step: asked, then taken by the service alone."""

    def dispatch(self, request, *args, **kwargs):
        if kwargs["name"] not in CASE.steps:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def step(self):
        return CASE.steps[self.kwargs["name"]]

    title = property(lambda self: self.step.label)
    button = property(lambda self: self.step.label)

    def form(self, data=None):
        self.case = self.loaded()
        name = self.kwargs["name"]
        if not may(self.request.user, self.case, name):
            raise Denied(f"您的角色不能办理“{self.step.label}”；如确需办理，请联系负责的人员。")
        return ActForm(data, case=self.case, name=name, user=self.request.user)

    def get(self, request, *args, **kwargs):
        form = self.form()
        if self.case.state not in self.step.sources:
            messages.info(request, "这一步已经办过，或现在还不能办。")
            return redirect(ledgers[SLUG].url("detail", self.case))
        return self.show(form)

    def perform(self, form):
        case, name = form.as_loaded(self.case), self.kwargs["name"]
        return act(case, name, form.values, form.note, by=self.request.user)


class MaterialForm(GuidedForm):
    """When and in how many copies a late material came."""

    def __init__(self, *args, material, **kwargs):
        super().__init__(*args, rows=[material], **kwargs)
        for name in ("given_on", "originals", "copies"):
            self.fields[name] = formfield_for(CaseMaterial._meta.get_field(name))
            self.fields[name].initial = getattr(material, name)
        self.fields["given_on"].initial = timezone.localdate()
        guide = material.material
        if guide and not (material.originals or material.copies):
            self.fields["originals"].initial = guide.originals
            self.fields["copies"].initial = guide.copies
        self.lay_out(("given_on", "originals", "copies"))


class MaterialView(OfCase):
    title = button = "补收材料"

    def form(self, data=None):
        self.case = self.loaded()
        rows = self.case.given.filter(deleted_at__isnull=True)
        self.material = get_object_or_404(rows, pk=self.kwargs["row"])
        access_of(self.request.user).check(CLERK, self.case.unit_id)
        return MaterialForm(data, material=self.material)

    def explanation(self):
        return f"{self.material.name} · {super().explanation()}"

    def perform(self, form):
        row = form.as_loaded(self.material)
        for name in ("given_on", "originals", "copies"):
            setattr(row, name, form.cleaned_data[name])
        return give_material(row, by=self.request.user)


class PartnerForm(GuidedForm):
    """A station that is to handle along."""

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, rows=[case], **kwargs)
        today = timezone.localdate()
        stations, agents = stations_for(case, today), agents_for(case, today)
        self.fields["station"] = NamedChoice(
            stations.select_related("unit").exclude(pk=case.station_id),
            home=case.unit_id,
            label="协办站所",
        )
        self.fields["handler"] = NamedChoice(
            agents.select_related("unit"), home=case.unit_id, label="协办人", required=False
        )
        self.fields["asked_on"] = formfield_for(CasePartner._meta.get_field("asked_on"))
        self.fields["asked_on"].initial = today
        self.fields["station"].error_messages["required"] = "请选择协办站所。"
        self.fields["asked_on"].error_messages["required"] = "请填写协办起始日期。"
        self.lay_out(("station", "handler", "asked_on"))


class PartnerView(OfCase):
    title = button = "请站所协办"

    def form(self, data=None):
        self.case = self.loaded()
        access_of(self.request.user).check(HANDLER, self.case.unit_id)
        return PartnerForm(data, case=self.case)

    def perform(self, form):
        names = ("station", "handler", "asked_on")
        values = {name: form.cleaned_data[name] for name in names}
        partner = CasePartner(unit=self.case.unit, case=self.case, **values)
        return ask_partner(partner, by=self.request.user)


class OpinionForm(GuidedForm):
    """What the station that handled along found, and when."""

    def __init__(self, *args, partner, **kwargs):
        super().__init__(*args, rows=[partner], **kwargs)
        for name in ("done_on", "opinion"):
            self.fields[name] = formfield_for(CasePartner._meta.get_field(name))
            self.fields[name].required = True
            self.fields[name].initial = getattr(partner, name)
            self.fields[name].error_messages["required"] = f"请填写{self.fields[name].label}。"
        self.fields["opinion"].widget = forms.Textarea(attrs={"rows": 3, "maxlength": 300})
        self.fields["done_on"].initial = partner.done_on or timezone.localdate()


class OpinionView(OfCase):
    title = button = "填写协办意见"

    def form(self, data=None):
        self.case = self.loaded()
        rows = self.case.partners.filter(deleted_at__isnull=True)
        self.partner = get_object_or_404(rows, pk=self.kwargs["row"])
        access_of(self.request.user).check(HANDLER, self.case.unit_id)
        return OpinionForm(data, partner=self.partner)

    def perform(self, form):
        row = form.as_loaded(self.partner)
        row.done_on, row.opinion = form.cleaned_data["done_on"], form.cleaned_data["opinion"]
        return finish_partner(row, by=self.request.user)


class BulkView(GuidedView):
    """One step with the same values for all cases that are ticked; one that cannot go stops all."""

    def dispatch(self, request, *args, **kwargs):
        if kwargs["name"] not in BULK:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    name = property(lambda self: self.kwargs["name"])
    title = property(lambda self: f"批量{CASE.steps[self.name].label}")
    button = property(lambda self: CASE.steps[self.name].label)

    def context(self):
        ledger = ledgers[SLUG]
        return {"parent_url": ledger.url(), "parent_title": ledger.title}

    def form(self, data=None):
        user, name = self.request.user, self.name
        access_of(user).check(CASE.steps[name].who)
        only = self.request.GET.get("only", "")
        return BulkForm(data, name=name, user=user, rows=list(cases_for(name, user)), only=only)

    def perform(self, form):
        chosen = form.cleaned_data["cases"]
        for case in chosen:
            try:
                act(case, self.name, form.values, form.note, by=self.request.user)
            except ValidationError as error:
                if hasattr(error, "error_dict") and error.error_dict.keys() <= form.fields.keys():
                    raise
                who = f"{case.number or case.item}（{case.applicant.name}）："
                raise ValidationError([who + message for message in error.messages]) from None
        return chosen

    def done(self, form, result):
        messages.success(self.request, f"已{self.button} {len(result)} 件。")
        return redirect(ledgers[SLUG].url())


take_step = ANYBODY(ActView.as_view())
material = needs(CLERK)(MaterialView.as_view())
partner = needs(HANDLER)(PartnerView.as_view())
opinion = needs(HANDLER)(OpinionView.as_view())
bulk = ANYBODY(BulkView.as_view())
