"""Forms that name a figure: tasks whose progress is counted, and totals of former times."""

from django import forms
from django.core.exceptions import ValidationError

from portal.figures import Ratio, figures
from portal.ledgers.forms import NOT_CHOSEN, LedgerForm
from portal.office.past import first_day
from portal.periods import Period


def figure_choices(*, of=lambda figure: True) -> list[tuple[str, str]]:
    return [(figure.code, figure.label) for figure in figures if of(figure)]


class WorkTaskForm(LedgerForm):
    """A task may name the figure that tells its progress."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["figure"] = forms.ChoiceField(
            label="对应指标",
            required=False,
            choices=[("", NOT_CHOSEN), *figure_choices()],
            help_text=self.fields["figure"].help_text,
        )

    def clean(self):
        data = super().clean()
        if data.get("done_on") and data.get("cancelled_on"):
            self.add_error("cancelled_on", "任务不能既完成又取消。")
        plan = data.get("plan")
        if plan and data.get("due_on") and not plan.starts_on <= data["due_on"] <= plan.ends_on:
            self.add_error(
                "due_on", f"完成期限应在计划的 {plan.starts_on} 至 {plan.ends_on} 之内。"
            )
        if data.get("figure") and data.get("target") is None:
            self.add_error("target", "选了对应指标的，请填写目标数。")
        return data


class HistoricTotalForm(LedgerForm):
    """A total of a time before the first record; what the records can tell is never typed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["figure"] = forms.ChoiceField(
            label="指标",
            choices=[("", NOT_CHOSEN), *figure_choices(of=lambda f: not isinstance(f, Ratio))],
            help_text="比率不录入，录入它的两项即可自动得出。",
        )

    def clean_period(self):
        try:
            return Period.parse(self.cleaned_data["period"].strip()).key
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def clean(self):
        data = super().clean()
        code, key = data.get("figure"), data.get("period")
        unit = data.get("unit") or getattr(self.instance, "unit", None)
        if not (code and key and unit):
            return data
        known_from = first_day(code, unit)
        if known_from and Period.parse(key).end >= known_from:
            self.add_error(
                "period", f"这个指标自 {known_from} 起已有记录，只能录入在此之前的时段。"
            )
        return data


class EvaluationForm(LedgerForm):
    """The period is written as everywhere: 2025, 2025H1, 2025Q3."""

    def clean_period(self):
        try:
            return Period.parse(self.cleaned_data["period"].strip()).key
        except ValueError as error:
            raise ValidationError(str(error)) from None
