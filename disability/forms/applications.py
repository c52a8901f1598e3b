"""Forms of 办证申请: one, many at once, and a step taken with one or many."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from disability.application_workflow import ASSESSED, OF_CERTIFICATE, WORKFLOWS, ways_to
from disability.enums import Category
from disability.enums.applications import Applicant, Business, Stage, StepKind
from disability.forms.people import PersonForm
from disability.models import Certificate, CertificateApplication, DisabilityFile
from disability.services.applications import (
    components_of,
    current_certificate,
    earliest_approval,
    needs_guardian,
)
from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, DayField, formfield_for
from portal.ledgers.forms import recording_units
from portal.scope import access_of
from residents.people_ticks import Candidate, Chosen, RowTicks, TickedPeopleField, parts_of

# The days of steps that were taken before the application was typed in, by their form fields.
PAST = {
    "accepted_on": (StepKind.ACCEPT,),
    "assessed_on": (StepKind.ASSESS,),
    "published_on": (StepKind.PUBLISH,),
    "approved_on": (StepKind.APPROVE,),
    "made_on": (StepKind.MAKE,),
    "issued_on": (StepKind.ISSUE, StepKind.FINISH),
}
BY_GUARDIAN = "未成年人、智力和精神残疾人由监护人申请。"
EXPIRING = (("12", "12 个月内到期"), ("6", "6 个月内到期"), ("1", "1 个月内到期"), ("0", "已过期"))


class ApplicationForm(PersonForm):
    """One application, with the days of steps already taken where it was kept on paper before."""

    accepted_on = DayField(label="受理日期", required=False)
    assessed_on = DayField(label="评定日期", required=False)
    published_on = DayField(label="公示日期", required=False, help_text="公示的第一天。")
    approved_on = DayField(label="审批日期", required=False)
    made_on = DayField(label="制证日期", required=False)
    issued_on = DayField(label="发放（办结）日期", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in PAST:
                del self.fields[name]
            self.helper.layout = self._layout()
        self.fields["applicant"].required = False

    def clean(self):
        data = super().clean()
        resident, business = data.get("resident"), data.get("business")
        data["applicant"] = data.get("applicant") or Applicant.SELF
        if resident is None or not business:
            return data
        if self.instance.pk:
            self._refuse_other_matter(data)
        else:
            self._check_certificate(resident, business)
            self._check_past(Business(business), data)
        self._check_applicant(resident, data)
        return data

    def judges_alone(self):
        return False

    def _refuse_beyond_life(self, resident, data):
        if data.get("business") != Business.CANCEL:  # whose holder died is cancelled afterwards
            super()._refuse_beyond_life(resident, data)

    def _unit(self):
        return self.cleaned_data.get("unit") or self.instance.unit

    def _refuse_other_matter(self, data):
        for name in ("business", "resident"):
            if name in self.changed_data and self.instance.stage != Stage.APPLIED:
                self.add_error(name, "已经受理的申请不能再改这一项；确实有误的，请撤回后重新申请。")
        later = [s.occurred_on for s in self.instance.steps.all() if s.kind != StepKind.APPLY]
        if later and data.get("occurred_on") and data["occurred_on"] > min(later):
            self.add_error("occurred_on", f"不能晚于下一步的日期{min(later)}。")

    def _check_certificate(self, resident, business):
        held = current_certificate(resident, self._unit())
        if business in OF_CERTIFICATE and held is None:
            label = Business(business).label
            self.add_error("business", f"本单位没有这位居民在用的残疾人证，不能办理{label}。")
        elif business == Business.NEW and held is not None:
            self.add_error("business", "这位居民已有在用的残疾人证，请改选换领、补办或变更。")
        self.instance.certificate = held if business in OF_CERTIFICATE else None

    def _check_applicant(self, resident, data):
        unit, day = self._unit(), data.get("occurred_on") or timezone.localdate()
        components = components_of([resident], [unit]).get(resident.pk, ())
        if data["applicant"] == Applicant.GUARDIAN:
            if not data.get("guardian_name"):
                data["guardian_name"] = guardians([resident], [unit]).get(resident.pk, "")
            if not data["guardian_name"]:
                self.add_error("guardian_name", "请填写监护人姓名。")
        elif needs_guardian(resident, day, [*components, *data.get("conclusion", ())]):
            self.add_error("applicant", BY_GUARDIAN)

    def _check_past(self, business, data):
        """The days given must be of steps that follow one another."""
        workflow, stage, last = WORKFLOWS[business], Stage.APPLIED, data.get("occurred_on")
        for name, kinds in PAST.items():
            day, label = data.get(name), self.fields[name].label
            if not day or name in self.errors:
                continue
            kind = next((kind for kind in kinds if kind in workflow.steps), None)
            if kind is None:
                self.add_error(name, f"{business.label}没有这一步。")
                return
            if stage not in workflow.steps[kind].sources:
                self.add_error(name, f"{label}之前的步骤还没有填写日期。")
                return
            if last and day < last:
                self.add_error(name, f"不能早于上一步的日期{last}。")
                return
            if day > timezone.localdate():
                self.add_error(name, f"{label}不能晚于今天。")
                return
            noticed = data.get("published_on") if business in ASSESSED else None
            earliest = earliest_approval(noticed) if noticed else day
            if kind == StepKind.APPROVE and day < earliest:
                self.add_error(name, f"公示期满前不能审批，最早{earliest}。")
                return
            if kind == StepKind.ASSESS and business in ASSESSED and not data.get("conclusion"):
                self.add_error("conclusion", "请选择评定结论。")
                return
            stage, last = workflow.steps[kind].target, day

    def past_steps(self) -> list[tuple[str, str, object]]:
        """(form field, kind, day) of the steps already taken, in order."""
        workflow = WORKFLOWS[Business(self.cleaned_data["business"])]
        return [
            (name, kind, self.cleaned_data[name])
            for name, kinds in PAST.items()
            for kind in kinds
            if self.cleaned_data.get(name) and kind in workflow.steps
        ]


def guardians(residents, units) -> dict[int, str]:
    """Who the open files of these people name as guardian."""
    files = DisabilityFile.objects.kept().filter(
        resident__in=residents, unit__in=units, closed_on__isnull=True
    )
    return dict(files.exclude(guardian_name="").values_list("resident", "guardian_name"))


def holders(user):
    """Certificates in use of the living, in units where the user may record."""
    return (
        Certificate.objects.kept()
        .filter(
            unit__in=access_of(user).units("disability.edit"),
            ended_on__isnull=True,
            resident__died_on__isnull=True,
        )
        .select_related("resident", "unit")
        .order_by("expires_on", "resident__pinyin", "pk")
    )


def _nearness(certificate, today) -> list[str]:
    """Within how many months it runs out, as keys of EXPIRING."""
    day = certificate.expires_on
    if day is None:
        return []
    if day < today:
        return ["0"]
    return [
        key for key in ("12", "6", "1") if day <= today + timedelta(days=int(365 * int(key) / 12))
    ]


class ManyApplicationsForm(GuidedForm):
    """One kind of business, one day, one agent; for everybody ticked on the list of holders."""

    business = forms.ChoiceField(
        label="业务类型",
        choices=[(b.value, b.label) for b in Business if b in OF_CERTIFICATE],
        initial=Business.RENEW,
    )
    occurred_on = DayField(label="申请日期")
    agent = CleanCharField(label="经办人", max_length=50, required=False)
    note = CleanCharField(label="备注", max_length=200, required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        units = list(recording_units(user, "disability.edit")[:200])
        narrowed_by = [("有效期", EXPIRING), ("残疾类别", Category.choices)]
        if len(units) > 1:
            narrowed_by.append(("单位", [(str(unit.pk), unit.name) for unit in units]))

        def offered():
            today = timezone.localdate()
            return [
                Candidate.of(
                    card.resident,
                    f"{card.get_category_display()}{card.get_level_display()}"
                    f" · {f'{card.expires_on:%Y-%m-%d} 到期' if card.expires_on else '有效期未填'}"
                    + (f" · {card.unit.name}" if len(units) > 1 else ""),
                    _nearness(card, today),
                    card.category,
                    *([str(card.unit_id)] if len(units) > 1 else []),
                )
                for card in holders(user)
            ]

        self.fields["people"] = TickedPeopleField(
            user=user, label="申请的人", offered=offered, narrowed_by=narrowed_by
        )
        self.fields["occurred_on"].initial = timezone.localdate()
        self.fields["agent"].initial = user.name
        for name, field in self.fields.items():
            field.error_messages["required"] = f"请填写{field.label}。"
            if name == "people":
                field.error_messages["required"] = "请勾选申请的人。"
        self.lay_out(("business", "occurred_on"), ("agent", "note"), ("people",))

    def clean_occurred_on(self):
        day = self.cleaned_data["occurred_on"]
        if day > timezone.localdate():
            raise ValidationError("申请日期不能晚于今天。")
        return day

    def clean(self):
        data = super().clean()
        if data.get("people") and data.get("occurred_on") and data.get("business"):
            self.drafts = self._drafts(data)
        return data

    def _drafts(self, data) -> list[CertificateApplication]:
        people, day = data["people"], data["occurred_on"]
        cards = {card.resident_id: card for card in holders(self.user).filter(resident__in=people)}
        units = {card.unit_id for card in cards.values()}
        components, named = components_of(people, units), guardians(people, units)
        open_ones = CertificateApplication.objects.kept().filter(
            resident__in=people, business=data["business"], closed_on__isnull=True
        )
        pending = set(open_ones.values_list("resident", flat=True))
        wrong, drafts = [], []
        for person in people:
            card = cards.get(person.pk)
            ward = needs_guardian(person, day, components.get(person.pk, ()))
            if card is None:
                wrong.append(f"{person.name}没有在用的残疾人证。")
            elif person.pk in pending:
                wrong.append(f"{person.name}已有同一业务的申请在办。")
            elif person.born_on and day < person.born_on:
                wrong.append(f"{person.name}在{day}还没有出生。")
            elif day < card.counts_from:
                wrong.append(f"{person.name}的残疾人证{card.counts_from}才开始计入。")
            elif ward and not named.get(person.pk):
                wrong.append(f"{person.name}要由监护人申请，档案中没有监护人。")
            else:
                drafts.append(
                    CertificateApplication(
                        unit=card.unit,
                        resident=person,
                        business=data["business"],
                        occurred_on=day,
                        agent=data["agent"],
                        note=data["note"],
                        applicant=Applicant.GUARDIAN if ward else Applicant.SELF,
                        guardian_name=named[person.pk] if ward else "",
                        certificate=card,
                    )
                )
        if wrong:
            more = [f"另有 {len(wrong) - 20} 人。"] if len(wrong) > 20 else []
            self.add_error("people", [*wrong[:20], *more])
        return drafts


class ApplicationsField(forms.Field):
    """The ticked applications among those offered."""

    def __init__(self, rows, *, narrowed_by=(), **kwargs):
        super().__init__(widget=RowTicks(), **kwargs)
        self.rows = {row.pk: row for row in rows}
        self.widget.offered = self.offered
        self.widget.narrowed_by = narrowed_by

    def offered(self):
        several = len({row.unit_id for row in self.rows.values()}) > 1
        return [
            Candidate(
                row.pk,
                row.resident.name,
                f"{row.resident.name}{row.resident.name_keys}".lower(),
                f"{row.get_business_display()} · {row.occurred_on:%Y-%m-%d} 申请"
                f" · {row.get_stage_display()}" + (f" · {row.unit.name}" if several else ""),
                ((row.business,), (row.stage,)),
            )
            for row in self.rows.values()
        ]

    def clean(self, value):
        ticked, _ = parts_of(value) if isinstance(value, Chosen) else (set(value or ()), "")
        chosen = [self.rows[key] for key in self.rows if key in ticked]
        if len(chosen) != len(ticked):
            raise ValidationError("所选的申请中有的已经办过这一步，请刷新后重新选择。")
        if not chosen:
            raise ValidationError("请勾选要办理的申请。")
        return chosen


class StepManyForm(GuidedForm):
    """One step with one date for all that are ticked."""

    on = DayField(label="办理日期")
    actor = CleanCharField(label="办理人", max_length=50, required=False)
    note = CleanCharField(label="说明", max_length=200, required=False)

    def __init__(self, *args, user, kind, rows, only=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        sources = set().union(*ways_to(kind).values())
        narrowed_by = [
            ("业务类型", [(b, Business(b).label) for b in ways_to(kind)]),
            ("办理阶段", [(s.value, s.label) for s in Stage if s in sources]),
        ]
        self.fields["applications"] = ApplicationsField(rows, label="申请", narrowed_by=narrowed_by)
        if only:
            self.fields["applications"].initial = [only]
        steps = [WORKFLOWS[b].steps[kind] for b in WORKFLOWS if kind in WORKFLOWS[b].steps]
        asked = steps[0].asks
        for name in asked:
            column = CertificateApplication._meta.get_field(name)
            field = self.fields[name] = formfield_for(column)
            field.required = name != "conclusion"
        self.fields["note"].required = "note" in steps[0].needs
        self.fields["on"].initial = timezone.localdate()
        self.fields["actor"].initial = user.name
        for field in self.fields.values():
            field.error_messages["required"] = f"请填写{field.label}。"
        if "conclusion" in asked:
            self.fields["conclusion"].help_text += "换领时等级没有变化的可不选。"
        rest = [("provider", "doctor", "second_doctor"), ("conclusion",)] if asked else []
        self.lay_out(("on", "actor"), ("note",), *rest, ("applications",))

    def clean(self):
        data = super().clean()
        if "conclusion" in self.fields and not data.get("conclusion"):
            needed = [a for a in data.get("applications") or () if a.business in ASSESSED]
            if needed:
                self.add_error("conclusion", "请选择评定结论。")
        return data

    @property
    def values(self) -> dict:
        names = ("provider", "doctor", "second_doctor", "conclusion")
        return {
            name: self.cleaned_data[name]
            for name in names
            if name in self.fields and self.cleaned_data.get(name)
        }


def of_step(rows, kind):
    """Of these applications, those that may take the step."""
    may = Q(pk__in=[])
    for business, sources in ways_to(kind).items():
        may |= Q(business=business, stage__in=sorted(sources))
    return rows.filter(may)
