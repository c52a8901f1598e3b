"""The short page of one step with a case: what the step asks, its day and an opinion."""

from django import forms
from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, DayField, formfield_for
from portal.ledgers.forms import NOT_CHOSEN, PLAIN_MESSAGES
from portal.workdays import after_workdays
from servicecenter.enums.cases import Outcome, PauseReason
from servicecenter.forms.cases import NamedChoice
from servicecenter.models import Case, CasePause
from servicecenter.selectors.cases import own_agent
from servicecenter.services.cases_effects import own_handler
from servicecenter.services.cases_guards import agents_for, stations_for
from servicecenter.workflow import CASE, NOTE_NEEDED, ON, PAUSING, day_field

SUPPLY_WITHIN = 5  # working days that an applicant is usually given to supply what is missing
AHEAD = frozenset({"supply_by"})
LONG = frozenset({"missing", "decision", "reply"})


class ActForm(GuidedForm):
    """The values of a step as the service takes them, beginning with what is known."""

    def __init__(self, *args, case: Case, name: str, user, **kwargs):
        super().__init__(*args, rows=[case], **kwargs)
        self.case, self.name, self.step, self.user = case, name, CASE.steps[name], user
        for field in self.step.asks:
            self.fields[field] = self._field(field)
            self.fields[field].required = field in self.step.needs
        if name == "pause":
            self._ask_pause()
        if day_field(name) == ON:
            self.fields[ON] = DayField(label="日期")
        self.fields["note"] = CleanCharField(
            label="意见",
            max_length=500,
            required=name in NOTE_NEEDED,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self._begin()
        for field in self.fields.values():
            chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
            field.error_messages |= PLAIN_MESSAGES
            field.error_messages["required"] = f"请{'选择' if chosen else '填写'}{field.label}。"

    # --- building -------------------------------------------------------------------------------

    def _field(self, name: str) -> forms.Field:
        column, today = Case._meta.get_field(name), timezone.localdate()
        label = column.verbose_name
        if name == "station":
            rows = stations_for(self.case, today).select_related("unit")
            return NamedChoice(rows, home=self.case.unit_id, label=label)
        if name in ("agent", "handler"):
            rows = agents_for(self.case, today).select_related("unit", "station")
            return NamedChoice(rows, home=self.case.unit_id, label=label)
        if name == "outcome":
            choices = [c for c in Outcome.choices if c[0] != Outcome.WITHDRAWN]
            return forms.ChoiceField(label=label, choices=[("", NOT_CHOSEN), *choices])
        if column.choices:
            return forms.ChoiceField(
                label=label, choices=[("", NOT_CHOSEN), *column.flatchoices], required=False
            )
        field = formfield_for(column)
        if name in LONG:
            field.widget = forms.Textarea(attrs={"rows": 3, "maxlength": column.max_length})
        return field

    def _ask_pause(self) -> None:
        choices = [("", NOT_CHOSEN), *PauseReason.choices]
        evidence = CasePause._meta.get_field("evidence")
        self.fields["reason"] = forms.ChoiceField(label="挂起原因", choices=choices)
        self.fields["evidence"] = formfield_for(evidence)

    def _begin(self) -> None:
        """What the fields begin with: what the case has, and today for what is done today."""
        case, today = self.case, timezone.localdate()
        for name, field in self.fields.items():
            if name in self.step.asks:
                value = getattr(case, name)
                field.initial = getattr(value, "pk", value)
            if isinstance(field, DayField) and name not in AHEAD and not field.initial:
                field.initial = today
        begin = {
            "rights_told": True,
            "agent": case.agent_id or _key(own_agent(case.unit_id, today, self.user)),
            "supply_by": case.supply_by or after_workdays(today, SUPPLY_WITHIN),
            "missing": case.missing or self._not_given(),
            "extended_days": case.extended_days or None,
        }
        if self.name == "assign":
            begin["station"] = case.item.item.station_id
        if self.name == "transfer":
            begin |= {"station": None, "handler": None}
        if self.name == "take":
            begin["handler"] = _key(own_handler(case, self.user)) or case.handler_id
        for name, value in begin.items():
            if name in self.fields:
                self.fields[name].initial = value

    def _not_given(self) -> str:
        rows = self.case.given.filter(deleted_at__isnull=True, given_on__isnull=True)
        return "\n".join(rows.values_list("name", flat=True))

    # --- what was sent --------------------------------------------------------------------------

    @property
    def values(self) -> dict:
        names = (*self.step.asks, *PAUSING, ON)
        return {name: self.cleaned_data[name] for name in names if name in self.fields}

    @property
    def note(self) -> str:
        return self.cleaned_data["note"]


def _key(record):
    return record and record.pk
