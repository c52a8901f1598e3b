"""Forms of rubrics: an edition, its items and faults, taking over a template, the next edition."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, DayField
from portal.ledgers.forms import LedgerForm, recording_units
from portal.scope import Denied
from sanitation.models import RubricFault
from sanitation.rubric_templates import TEMPLATES
from sanitation.services.rubrics import check_unused
from sanitation.workflow import MANAGE


class UnusedForm(LedgerForm):
    """Of what belongs to an edition that no inspection used yet; ``of`` names its rubric."""

    of = "rubric"

    def clean(self):
        data = super().clean()
        rubric = self.rubric_of(data)
        if rubric is not None:
            try:
                check_unused(rubric)
            except Denied as denial:
                raise ValidationError({self.of: str(denial)}) from denial
        return data

    def rubric_of(self, data):
        return data.get("rubric")


class RubricForm(UnusedForm):
    of = "name"

    def rubric_of(self, data):
        return self.instance if self.instance.pk else None


class ItemForm(UnusedForm):
    def clean(self):
        data = super().clean()
        maximum, cap = data.get("maximum"), data.get("cap")
        if maximum is not None and not maximum:
            self.add_error("maximum", "分值应当大于 0。")
        if maximum is not None and cap is not None and cap > maximum:
            self.add_error("cap", f"扣分上限不能高于分值（{maximum} 分）。")
        if data.get("by_rate") and self.instance.pk and self.instance.faults.kept().exists():
            self.add_error("by_rate", "这个项目已有扣分情形，不能按比率计分。")
        return data


class FaultForm(UnusedForm):
    of = "item"

    def rubric_of(self, data):
        item = data.get("item")
        return item and item.rubric

    def clean(self):
        data = super().clean()
        item, points = data.get("item"), data.get("points")
        if item and item.by_rate:
            self.add_error("item", "这个项目按比率计分，没有扣分情形。")
        if item and points is not None and points > item.maximum:
            self.add_error("points", f"每处扣分不能高于项目的分值（{item.maximum} 分）。")
        named = RubricFault.objects.kept().filter(item=item, title=data.get("title", ""))
        if item and named.exclude(pk=self.instance.pk).exists():
            self.add_error("title", "这个项目已有同名的扣分情形。")
        return data


class TemplateForm(GuidedForm):
    """Which template, for which unit, from when."""

    template = forms.ChoiceField(
        label="模板", choices=[(code, each.name) for code, each in TEMPLATES.items()]
    )
    name = CleanCharField(
        label="名称", max_length=60, required=False, help_text="不填即用模板的名称。"
    )
    starts_on = DayField(label="启用日期", error_messages={"required": "请填写启用日期。"})
    unit = forms.ModelChoiceField(None, label="单位", empty_label=None)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate()
        units = recording_units(user, MANAGE).order_by("code")
        self.fields["unit"].queryset = units
        self.fields["unit"].initial = units.first()
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
        self.lay_out(("template", "name"), ("unit", "starts_on"))

    def sentences(self):
        data = self.cleaned_data
        template = TEMPLATES[data["template"]]
        return [
            f"在{data['unit']}建立“{data['name'] or template.name}”第 1 版，{data['starts_on']} 起启用。",
            f"共 {len(template.items)} 个项目，合计 {template.full} 分；建立后可以逐项修改。",
        ]


class EditionForm(GuidedForm):
    """From when the next edition is in force."""

    starts_on = DayField(label="新版启用日期", error_messages={"required": "请填写启用日期。"})

    def __init__(self, *args, rubric, **kwargs):
        super().__init__(*args, **kwargs)
        self.rubric = rubric
        self.fields["starts_on"].initial = timezone.localdate()

    def sentences(self):
        return [
            f"照“{self.rubric}”的项目和扣分情形建立第 {self.rubric.edition + 1} 版，"
            f"{self.cleaned_data['starts_on']} 起启用，建立后可以逐项修改。",
            "本版在前一天停用；已有的检查和得分不变。",
        ]
