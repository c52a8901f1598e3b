"""Taking a rubric over from a template, and publishing its next edition."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from portal.guided import GuidedView
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.scope import access_of
from sanitation.forms.rubrics import EditionForm, TemplateForm
from sanitation.models import Rubric
from sanitation.rubric_templates import TEMPLATES
from sanitation.services.rubrics import from_template, new_edition
from sanitation.workflow import MANAGE

SLUG = "rubrics"


class TemplateView(GuidedView):
    title, button = "从模板新建评分表", "建立"
    confirms = True

    def form(self, data=None):
        return TemplateForm(data, user=self.request.user)

    def context(self):
        ledger = ledgers[SLUG]
        return {
            "parent_url": ledger.url(),
            "parent_title": ledger.title,
            "explanation": "模板共 100 分，农村版 12 项，城市版 14 项；建立后可以按本地办法逐项修改。",
        }

    def perform(self, form):
        data = form.cleaned_data
        return from_template(
            data["unit"],
            TEMPLATES[data["template"]],
            starts_on=data["starts_on"],
            name=data["name"],
            by=self.request.user,
        )

    def done(self, form, result):
        messages.success(self.request, f"已建立：{result}。请核对各项分值和扣分标准。")
        return redirect(ledgers[SLUG].url("detail", result))


class EditionView(GuidedView):
    title, button = "发布新版", "发布新版"
    confirms = True

    @cached_property
    def rubric(self) -> Rubric:
        rows = ledgers[SLUG].queryset(self.request.user)
        rubric = get_object_or_404(rows, pk=self.kwargs["pk"])
        access_of(self.request.user).check(MANAGE, rubric.unit_id)
        return rubric

    def form(self, data=None):
        return EditionForm(data, rubric=self.rubric)

    def context(self):
        ledger = ledgers[SLUG]
        return {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": ledger.url("detail", self.rubric),
            "parent_title": str(self.rubric),
            "explanation": "新版先照本版抄一份，再修改；检查按检查当天有效的版次计分。",
        }

    def perform(self, form):
        starts_on = form.cleaned_data["starts_on"]
        return new_edition(self.rubric, starts_on=starts_on, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, f"已发布：{result}，{result.starts_on} 起启用。")
        return redirect(ledgers[SLUG].url("detail", result))


template = needs(MANAGE)(TemplateView.as_view())
edition = needs(MANAGE)(EditionView.as_view())
