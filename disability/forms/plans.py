"""Forms of rehabilitation plans, begun from a template, and of their reviews."""

from disability.forms.people import PersonForm
from disability.models import PlanTemplate, RehabPlan
from portal.ledgers.fields import sent_id
from portal.ledgers.forms import LedgerForm
from residents.forms import refuse_future

FROM_TEMPLATE = ("group", "goals", "measures", "review_months")


class PlanForm(PersonForm):
    """What is left empty is filled from the chosen template; ``?template=`` shows it filled."""

    days = ("made_on", "consented_on")
    plans = ("starts_on",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in (*FROM_TEMPLATE, "starts_on"):
            self.fields[name].required = False
        if not self.instance.pk and self.initial.get("template"):
            self._begin_from(self.initial["template"])

    def _begin_from(self, template) -> None:
        key = sent_id(getattr(template, "pk", template))
        found = PlanTemplate.objects.visible_to(self.user).filter(pk=key).first()
        if found is not None:
            self.initial |= {name: getattr(found, name) for name in FROM_TEMPLATE}

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        template = data.get("template")
        for name in FROM_TEMPLATE:
            if data.get(name) in (None, "") and name not in self.errors:
                data[name] = getattr(template, name, None) or self._otherwise(name)
        if template and data.get("group") and data["group"] != template.group:
            self.add_error(
                "template", f"这个范本适用于{template.get_group_display()}，与方案类别不同。"
            )
        if not data.get("starts_on") and "starts_on" not in self.errors:
            data["starts_on"] = data.get("made_on")
        return data

    def _otherwise(self, name):
        """What stands there without a template; a plan needs a group, goals and measures."""
        if name == "review_months":
            return self._meta.model._meta.get_field(name).default
        self.add_error(name, f"请填写{self.fields[name].label}，或选择方案范本。")
        return ""


class ReviewForm(LedgerForm):
    """Within the time of the plan, and of the person's life. A day before the plan began means the
    person's former plan of the same group."""

    _meant = None

    def judges_alone(self):
        return self._meant == self.cleaned_data.get("plan")

    def clean(self):
        data = super().clean()
        refuse_future(self, data, "occurred_on")
        plan, day = data.get("plan"), data.get("occurred_on")
        self._meant = plan
        if plan and day:
            data["plan"] = plan = plan_begun_by(plan, day) or plan
        if plan and day and "occurred_on" not in self.errors:
            died_on = plan.resident.died_on
            if day < plan.starts_on:
                self.add_error("occurred_on", f"复评日期早于方案的开始日期{plan.starts_on}。")
            elif died_on and day > died_on:
                self.add_error("occurred_on", f"这位居民已于{died_on}去世，复评日期不能在此之后。")
        return data


def plan_begun_by(plan, day) -> RehabPlan | None:
    """This plan or, if it began later, the newest of the same person and group that had begun."""
    if plan.starts_on <= day:
        return plan
    former = RehabPlan.objects.kept().filter(
        resident=plan.resident_id, group=plan.group, unit=plan.unit_id, starts_on__lte=day
    )
    return former.select_related("resident").order_by("-starts_on").first()


class TemplateForm(LedgerForm):
    """A template says one thing a line; lines that say nothing are left out."""

    def judges_alone(self):
        return True

    def clean_goals(self):
        return without_blank_lines(self.cleaned_data["goals"])

    def clean_measures(self):
        return without_blank_lines(self.cleaned_data["measures"])


def without_blank_lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
