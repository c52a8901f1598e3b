"""新办件 in one screen: applicant, item, materials, and what is done at once."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.ledgers.fields import CleanCharField, DayField, sent_id
from portal.ledgers.forms import NOT_CHOSEN, PLAIN_MESSAGES, recording_units
from residents.models import Resident
from servicecenter.enums.cases import CaseChannel, Outcome
from servicecenter.enums.catalogue import CaseKind
from servicecenter.forms.widgets import dress
from servicecenter.models import (
    Agent,
    Case,
    CaseMaterial,
    ItemMaterial,
    Outsider,
    Reception,
)
from servicecenter.selectors.cases import agents_in_office, own_agent
from servicecenter.selectors.catalogue import versions_for
from servicecenter.workflow import CLERK

REGISTER, ACCEPT, AT_ONCE, SUPPLEMENT = "register", "accept", "at_once", "supplement"
NEW = "new"  # the applicant is typed on this screen


@dataclass
class MaterialRow:
    """One material of the guide as its line of the form: the bound fields and what the guide says."""

    material: ItemMaterial
    given: object
    originals: object
    copies: object
    due: object | None


class EntryForm(forms.Form):
    """``applicant`` is "resident:5", "outsider:7" or "outsider:new"; ``item`` the key of a version."""

    applicant = forms.CharField(label="申请人", required=False, widget=forms.HiddenInput)
    item = forms.CharField(label="事项", required=False, widget=forms.HiddenInput)
    visit = forms.IntegerField(required=False, widget=forms.HiddenInput)
    application = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reception = forms.IntegerField(required=False, widget=forms.HiddenInput)
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)
    unit = forms.ChoiceField(label="单位", required=False)
    occurred_on = DayField(label="申请日期")
    channel = forms.ChoiceField(label="申请渠道", choices=CaseChannel.choices)
    agent = forms.ModelChoiceField(
        Agent.objects.none(), label="代办员", required=False, empty_label=NOT_CHOSEN
    )
    phone = CleanCharField(label="联系电话", max_length=30, required=False)
    request = CleanCharField(
        label="申请内容",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    proxy_name = CleanCharField(label="代理人", max_length=50, required=False)
    proxy_relation = CleanCharField(label="与申请人关系", max_length=20, required=False)
    proxy_phone = CleanCharField(label="代理人电话", max_length=30, required=False)
    accepted_on = DayField(label="受理日期", required=False)
    rights_told = forms.BooleanField(label="已告知权利义务", required=False)
    outcome = forms.ChoiceField(
        label="办理结果",
        required=False,
        choices=[c for c in Outcome.choices if c[0] != Outcome.WITHDRAWN],
    )
    decision = CleanCharField(label="办理意见", max_length=500, required=False)

    def __init__(self, data=None, *, user, initial=None):
        super().__init__(data, initial={"channel": CaseChannel.WINDOW} | (initial or {}))
        self.user = user
        self.fields["occurred_on"].initial = timezone.localdate()
        self.fields["outcome"].initial = Outcome.GRANTED
        self.fields["rights_told"].initial = True
        self._ask_unit()
        self.version = self._version()
        self._offer_agents()
        self.rows = [self._material(each) for each in self._materials()]
        for field in self.fields.values():
            chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
            field.error_messages |= PLAIN_MESSAGES
            field.error_messages["required"] = f"请{'选择' if chosen else '填写'}{field.label}。"
        dress(self)

    @property
    def has_more(self) -> bool:
        """Whether one of the folded fields says something, or something is wrong with it."""
        names = ("proxy_name", "proxy_relation", "proxy_phone", "accepted_on")
        return any(self.said(name) or name in self.errors for name in names)

    # --- building -------------------------------------------------------------------------------

    def said(self, name: str):
        """What the form was sent, or begins with."""
        if self.is_bound:
            return self.data.get(name, "")
        return self.initial.get(name, self.fields[name].initial) or ""

    def _ask_unit(self):
        units = list(recording_units(self.user, CLERK)[:200])
        self.fields["unit"].choices = [(str(unit.pk), unit.name) for unit in units]
        said = sent_id(self.said("unit"))
        self.home = next((unit for unit in units if unit.pk == said), units[0] if units else None)
        if len(units) <= 1:
            del self.fields["unit"]

    @property
    def day(self):
        """The day of application, today where it cannot be read."""
        try:
            return self.fields["occurred_on"].clean(self.said("occurred_on"))
        except ValidationError:
            return timezone.localdate()

    @property
    def versions(self):
        return versions_for(self.home, self.day).order_by("item__department", "item__code")

    def _version(self):
        key = sent_id(self.said("item"))
        return self.versions.filter(pk=key).first() if key and self.home else None

    def _offer_agents(self):
        if self.home is None:
            return
        self.fields["agent"].queryset = agents_in_office(self.home.pk, self.day)
        own = own_agent(self.home.pk, self.day, self.user)
        self.fields["agent"].initial = own and own.pk

    def _materials(self):
        rows = self.version.materials.filter(deleted_at__isnull=True) if self.version else ()
        return sorted(rows, key=lambda row: row.ordinal)

    def _material(self, material: ItemMaterial) -> MaterialRow:
        """Its tick, its counts and, where the guide allows it, the day until which it may follow."""
        names = [f"m{material.pk}", f"m{material.pk}-o", f"m{material.pk}-c", f"m{material.pk}-due"]
        tick, originals, copies, due = names
        self.fields[tick] = forms.BooleanField(label=material.name, required=False)
        for name, label, count in (
            (originals, "原件（份）", material.originals),
            (copies, "复印件（份）", material.copies),
        ):
            self.fields[name] = forms.IntegerField(
                label=f"{material.name}{label}",
                required=False,
                min_value=0,
                max_value=99,
                initial=count,
            )
        if material.may_follow:
            self.fields[due] = DayField(label=f"{material.name}补交期限", required=False)
        bound = [self[name] if name in self.fields else None for name in names]
        return MaterialRow(material, *bound)

    # --- what was picked ------------------------------------------------------------------------

    @property
    def applicant_kind(self) -> str:
        return self.said("applicant").partition(":")[0]

    @property
    def is_new(self) -> bool:
        """Whether an applicant from outside is typed on this screen."""
        return self.said("applicant") == f"outsider:{NEW}"

    @property
    def person(self) -> Resident | Outsider | None:
        """The applicant who was picked, of those whom the user may see."""
        kind, _, key = self.said("applicant").partition(":")
        model = {"resident": Resident, "outsider": Outsider}.get(kind)
        if model is None or not sent_id(key):
            return None
        return model.objects.visible_to(self.user).filter(pk=sent_id(key)).first()

    # --- checking -------------------------------------------------------------------------------

    def clean(self):
        data = super().clean()
        data["reception"] = self.consulted(data.get("reception"))
        if self.home is None:
            raise ValidationError("您没有可以登记办件的单位，请联系系统管理员。")
        if self.person is None and not self.is_new:
            self.add_error("applicant", "请先查找并选择申请人；不在册的，登记为辖区外申请人。")
        if self.version is None:
            self.add_error("item", "请查找并选择事项；列表中没有的，请先在办事指南中登记。")
        return data

    def check_for(self, way: str) -> bool:
        """Whether a clean form can go that way; says at the field what stands against it."""
        if way == AT_ONCE and self.version.kind != CaseKind.ON_SPOT:
            self.add_error("item", "只有即办件可以当场办结。")
        if way in (ACCEPT, AT_ONCE):
            for row in self.rows:
                due = row.due and self.cleaned_data.get(row.due.name)
                if not self.cleaned_data.get(row.given.name) and not due:
                    hint = "；可以容缺的，请填补交期限" if row.due else ""
                    self.add_error(row.given.name, f"还没有收到“{row.material.name}”{hint}。")
        return not self.errors

    def consulted(self, key) -> Reception | None:
        """The consultation that goes on as this case, of those that the user may see."""
        return Reception.objects.visible_to(self.user).filter(pk=key).first() if key else None

    # --- what it makes --------------------------------------------------------------------------

    def case(self, outsider: Outsider | None = None) -> Case:
        """The unsaved case; ``outsider`` is the one that was typed on this screen."""
        data, person = self.cleaned_data, outsider or self.person
        names = ("occurred_on", "channel", "agent", "phone", "request")
        proxy = ("proxy_name", "proxy_relation", "proxy_phone")
        data["phone"] = data["phone"] or (person.phone if person else "")
        case = Case(
            unit=self.home,
            item=self.version,
            resident=person if isinstance(person, Resident) else None,
            outsider=person if isinstance(person, Outsider) else None,
            **{name: data[name] for name in (*names, *proxy)},
        )
        for name in ("visit", "application", "parent"):
            if data.get(name):
                model = Case._meta.get_field(name).related_model
                origin = model.objects.visible_to(self.user).filter(pk=data[name]).first()
                setattr(case, name, origin)
        if case.parent and not case.proxy_name:
            for name in proxy:
                setattr(case, name, getattr(case.parent, name))
        return case

    def materials(self) -> list[CaseMaterial]:
        data, found = self.cleaned_data, []
        for row in self.rows:
            given = data.get(row.given.name)
            found.append(
                CaseMaterial(
                    material=row.material,
                    name=row.material.name,
                    originals=(data.get(row.originals.name) or 0) if given else 0,
                    copies=(data.get(row.copies.name) or 0) if given else 0,
                    given_on=data["occurred_on"] if given else None,
                    due_on=None if given or not row.due else data.get(row.due.name),
                )
            )
        return found

    def values_of(self, way: str) -> dict:
        """What the step is given, on the day of this entry."""
        data = self.cleaned_data
        names = ("agent", "rights_told")
        accepted_on = data["accepted_on"] or timezone.localdate()
        values = {name: data[name] for name in names} | {"accepted_on": accepted_on}
        if way == AT_ONCE:
            values |= {
                "outcome": data["outcome"] or Outcome.GRANTED,
                "decision": data["decision"],
            }
        return values
