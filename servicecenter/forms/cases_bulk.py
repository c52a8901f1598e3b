"""One step with several cases: which may be ticked, and what is asked once for all."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, DayField, formfield_for, sent_id
from portal.ledgers.forms import NOT_CHOSEN, PLAIN_MESSAGES
from portal.office.models import Station
from portal.scope import access_of
from residents.people_ticks import Candidate, Chosen, RowTicks, parts_of
from servicecenter.enums.cases import CaseState
from servicecenter.enums.catalogue import CaseKind
from servicecenter.forms.cases import NamedChoice
from servicecenter.models import Agent, Case
from servicecenter.services.cases_guards import agents_for, stations_for
from servicecenter.workflow import CASE, NOTE_NEEDED, ON, day_field

BULK = ("assign", "receive", "archive")  # those done many at once, in one way for all
MOST = 300  # on one page, the longest waiting first


def cases_for(name: str, user):
    """The cases with which the user may take the step, the longest waiting first."""
    step = CASE.steps[name]
    rows = Case.objects.visible_to(user).filter(
        unit__in=access_of(user).units(step.who), state__in=sorted(step.sources)
    )
    rows = rows.select_related("item__item", "resident", "outsider", "unit", "station", "handler")
    return rows.order_by("occurred_on", "pk")[:MOST]


class CasesField(forms.Field):
    """The ticked cases among those offered, as they were loaded."""

    def __init__(self, rows, **kwargs):
        super().__init__(widget=RowTicks(), **kwargs)
        self.rows = {row.pk: row for row in rows}
        self.widget.offered = self.offered
        self.widget.narrowed_by = [
            ("办件类型", CaseKind.choices),
            ("状态", [(s, CaseState(s).label) for s in sorted({r.state for r in rows})]),
        ]

    def offered(self):
        several = len({row.unit_id for row in self.rows.values()}) > 1
        return [
            Candidate(
                row.pk,
                row.applicant.name,
                f"{row.applicant.name}{row.applicant.name_keys}{row.number or ''}".lower(),
                f"{row.item} · {row.number or '未受理'} · {row.occurred_on:%Y-%m-%d} 申请"
                + (f" · {row.unit.name}" if several else ""),
                ((row.kind,), (row.state,)),
            )
            for row in self.rows.values()
        ]

    def clean(self, value):
        ticked, _ = parts_of(value) if isinstance(value, Chosen) else (set(value or ()), "")
        chosen = [self.rows[key] for key in self.rows if key in ticked]
        if len(chosen) != len(ticked):
            raise ValidationError("所选的办件中有的已经办过这一步，请刷新后重新选择。")
        if not chosen:
            raise ValidationError("请勾选要办理的办件。")
        return chosen


class BulkForm(GuidedForm):
    """What the step asks, once for all; each case keeps its own agent where none is chosen."""

    def __init__(self, *args, name, user, rows, only="", **kwargs):
        super().__init__(*args, **kwargs)
        self.name, self.step, self.all_rows = name, CASE.steps[name], rows
        for field in self.step.asks:
            made = self._field(field)
            if made is not None:
                made.required = field in self.step.needs
                self.fields[field] = made
        if day_field(name) == ON:
            self.fields[ON] = DayField(label="日期", initial=timezone.localdate())
        self.fields["note"] = CleanCharField(
            label="意见", max_length=500, required=name in NOTE_NEEDED
        )
        self.fields["cases"] = CasesField(rows, label="办件")
        self.fields["cases"].initial = [sent_id(only)]
        for field in self.fields.values():
            chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
            field.error_messages |= PLAIN_MESSAGES
            field.error_messages["required"] = f"请{'选择' if chosen else '填写'}{field.label}。"
        asked = tuple(n for n in self.fields if n not in ("note", "cases"))
        self.lay_out(*(asked[i : i + 3] for i in range(0, len(asked), 3)), ("note",), ("cases",))

    def _field(self, name: str) -> forms.Field | None:
        column, today = Case._meta.get_field(name), timezone.localdate()
        if name in ("agent", "handler") and self.name != "assign":
            return None
        if name in ("station", "handler"):
            return self._hand(name, column.verbose_name, today)
        if column.choices:
            return forms.ChoiceField(
                label=column.verbose_name, choices=[("", NOT_CHOSEN), *column.flatchoices]
            )
        field = formfield_for(column)
        if isinstance(field, DayField):
            field.initial = today
        if name == "rights_told":
            field.initial = True
        return field

    def _hand(self, name, label, today):
        """Stations and handlers that fit all units of the list; the service checks each case."""
        model = Station if name == "station" else Agent
        if not self.all_rows:
            return NamedChoice(model.objects.none(), label=label)
        of = stations_for if name == "station" else agents_for
        found = of(self.all_rows[0], today)
        for row in {row.unit_id: row for row in self.all_rows[1:]}.values():
            found = found | of(row, today)
        return NamedChoice(found.select_related("unit"), label=label, home=self.all_rows[0].unit_id)

    @property
    def values(self) -> dict:
        names = (*self.step.asks, ON)
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    @property
    def note(self) -> str:
        return self.cleaned_data["note"]
