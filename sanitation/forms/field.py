"""Input from the phone: what a patrol begins with, and one finding.

What a phone says by itself (moment, position) never refuses a finding: what cannot be is left out.
"""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.attachments.traces import plausible
from portal.guided import GuidedForm
from portal.ledgers.fields import formfield_for
from portal.models import Unit
from portal.offline.forms import moment_in, photos_field, read_photos
from sanitation.enums.inspections import InspectionKind, ProblemType
from sanitation.models import Finding, Inspection, InspectionPoint, Rubric, RubricFault
from sanitation.selectors import field as shown
from sanitation.selectors.inspections import inspectors_of
from sanitation.selectors.rubrics import in_force
from sanitation.services.findings import MOST, add, believable

KINDS = [(kind.value, kind.label) for kind in shown.BY_PHONE]
ON_PHONE = ("place", "household", "description")


def _words(name):
    field = formfield_for(Finding._meta.get_field(name))
    field.widget.attrs |= {"autocomplete": "off", "class": "form-control"}
    return field


def _choice(model, label):
    return forms.ModelChoiceField(
        model.objects.none(),
        label=label,
        required=False,
        empty_label="不填",
        widget=forms.Select(attrs={"class": "form-select"}),
    )


class StartForm(GuidedForm):
    """What the user chose last time is offered again; ``keeper`` is the unit that will keep it."""

    community = forms.ModelChoiceField(
        Unit.objects.none(), label="社区（村）", empty_label="请选择社区（村）"
    )
    kind = forms.ChoiceField(label="检查方式", choices=KINDS, initial=InspectionKind.ROUTINE)
    inspectors = formfield_for(Inspection._meta.get_field("inspectors"))
    rubric = forms.ModelChoiceField(
        Rubric.objects.none(),
        label="检查评分表",
        required=False,
        empty_label="不用评分表，只记问题类型",
    )

    def __init__(self, *args, user, keeper, **kwargs):
        super().__init__(*args, **kwargs)
        today, last = timezone.localdate(), shown.last_begun(user)
        rubrics = in_force(keeper, today)
        self.fields["community"].queryset = shown.communities(user, today)
        self.fields["rubric"].queryset = rubrics
        self.initial = {"inspectors": user.name, "rubric": self._usual(rubrics, last)}
        if last is not None:
            self.initial |= {"inspectors": last.inspectors, "community": last.community_id}
        elif len(only := list(self.fields["community"].queryset[:2])) == 1:
            self.initial["community"] = only[0].pk

    def _usual(self, rubrics, last):
        """The newest edition of what was used last; of a single one, that."""
        found = list(rubrics)
        if last is not None and last.rubric is not None:
            found = [each for each in found if each.name == last.rubric.name] or found
        return found[0] if found else None

    def clean_inspectors(self):
        told = self.cleaned_data["inspectors"]
        if len(inspectors_of(Inspection(inspectors=told))) < 2:
            raise ValidationError("检查人应当两人以上，用顿号隔开。")
        return told


class FindingForm(GuidedForm):
    """One finding of ``inspection``; ``finding()`` gives it, not stored."""

    key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"invalid": "页面不完整，请刷新。"}
    )
    fault = forms.ModelChoiceField(
        RubricFault.objects.none(), label="扣分情形", required=False, widget=forms.HiddenInput
    )
    problem = forms.ChoiceField(
        label="问题类型",
        required=False,
        choices=[("", ""), *ProblemType.choices],
        widget=forms.HiddenInput,
    )
    occurrences = forms.IntegerField(
        label="处数",
        min_value=1,
        max_value=MOST,
        initial=1,
        error_messages={"max_value": f"处数须在 1 到 {MOST} 之间，请核对。"},
    )
    photos = photos_field()
    place = _words("place")
    located = forms.BooleanField(label="记录位置", required=False)
    grid = _choice(Unit, "网格（小组）")
    point = _choice(InspectionPoint, "检查点位")
    household = _words("household")
    description = _words("description")
    is_serious = forms.BooleanField(label="严重问题", required=False)
    found_at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    latitude = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    longitude = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)

    def __init__(self, *args, inspection, **kwargs):
        super().__init__(*args, **kwargs)
        self.inspection = inspection
        self.fields["fault"].queryset = RubricFault.objects.kept().filter(
            item__rubric=inspection.rubric_id, item__deleted_at__isnull=True
        )
        self.fields["grid"].queryset = shown.groups_of(
            inspection.community_id, inspection.occurred_on
        )
        self.fields["point"].queryset = shown.points_of(inspection)
        if not self.is_bound:
            self.initial["key"] = uuid.uuid4()

    def clean_photos(self):
        return read_photos(self.cleaned_data["photos"])

    def clean(self):
        data = super().clean()
        if not self.errors and data.get("fault") is None and not data.get("problem"):
            raise ValidationError("请先选择发现了什么问题。")
        return data

    def finding(self) -> Finding:
        data = self.cleaned_data
        names = ("key", "fault", "problem", "occurrences", "grid", "point", "is_serious", *ON_PHONE)
        finding = Finding(**{name: data[name] for name in names})
        moment = moment_in(data["found_at"])
        finding.found_at = moment if believable(moment, self.inspection) else None
        if data["located"]:
            where = plausible(data["latitude"] or None, data["longitude"] or None)
            finding.latitude, finding.longitude = where or (None, None)
        return finding

    def store(self, *, by) -> Finding:
        """Raises what ``findings.add`` raises."""
        data = self.cleaned_data
        return add(
            self.inspection, self.finding(), by=by, photos=data["photos"], located=data["located"]
        )
