"""Forms of the pages of subsidies that are no ledger's: the kinds with their rules, a month's run."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from disability.enums import COMPONENTS, Level
from disability.enums.subsidies import FindingOutcome as Outcome
from disability.enums.subsidies import SubsidyRule
from disability.models import SubsidyKind
from portal.guided import GuidedForm
from portal.kinds import KindForm
from portal.ledgers.fields import ChoicesField, CleanCharField, DayField
from portal.ledgers.forms import recording_units
from portal.models import Unit
from portal.months import MonthFormField, chinese_month, first_of
from residents.models import CareKind

# What may be added to the levels: 三级、四级, as some provinces pay 智力 and 精神 of the third level.
LESSER = [(code, words) for code, words in COMPONENTS if code[1] in "34"]


class SubsidyKindForm(KindForm):
    """Name and place of a kind, and the rule of who is entitled."""

    model, taken = SubsidyKind, "已有这个名称的补贴种类。"

    is_due = forms.BooleanField(
        label="符合条件即应享受", required=False, help_text="勾选后，符合条件而没有享受的列入核查。"
    )
    needs_certificate = forms.BooleanField(label="须持有效残疾人证", required=False)
    levels = ChoicesField(
        label="残疾等级", required=False, choices=Level.choices, help_text="不选为不限。"
    )
    also = ChoicesField(
        label="另含的类别等级",
        required=False,
        choices=LESSER,
        help_text="等级之外扩大的对象，如智力三级、精神三级。",
    )
    needs_tags = ChoicesField(
        label="须是其中一类", required=False, help_text="关爱对象的类别；不选为不要求。"
    )
    excluded_tags = ChoicesField(
        label="不得是其中一类", required=False, help_text="与这些待遇不能同时享受。"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "如：重度残疾人护理补贴。"
        if "is_retired" in self.fields:
            self.fields["is_retired"].help_text = "停用后不能再登记享受，已有的不变。"
        tags = list(CareKind.objects.values_list("code", "name"))
        for name in ("needs_tags", "excluded_tags"):
            self.fields[name].choices = tags
        self.lay_out(("name", "ordinal"), ("is_due", "needs_certificate"))

    def clean(self):
        data = super().clean()
        both = set(data.get("needs_tags") or []) & set(data.get("excluded_tags") or [])
        if both:
            self.add_error("excluded_tags", "同一类别不能既是条件又是排除，请核对。")
        if data.get("is_due") and not data.get("needs_certificate"):
            self.add_error("needs_certificate", "应享未享按残疾人证核查，请勾选须持有效残疾人证。")
        if data.get("is_due") and not (data.get("levels") or data.get("needs_tags")):
            self.add_error("is_due", "没有任何条件的补贴不能算作人人应享，请先选择等级或类别。")
        return data


class DraftForm(GuidedForm):
    """Which kinds' runs of which month; the unit where there are several."""

    unit = forms.ModelChoiceField(label="单位", queryset=Unit.objects.none(), empty_label=None)
    kinds = forms.ModelMultipleChoiceField(
        label="补贴种类",
        queryset=SubsidyKind.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选择补贴种类。"},
    )
    month = MonthFormField(label="月份", error_messages={"required": "请填写月份。"})

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = recording_units(user, "disability.edit")
        self.fields["unit"].queryset = units
        if units.count() == 1:
            del self.fields["unit"]
            self.only_unit = units.get()
        self.fields["kinds"].queryset = SubsidyKind.objects.filter(is_retired=False)
        self.told: list[str] = []
        self.lay_out(("month",))

    def clean_month(self):
        month = self.cleaned_data["month"]
        today = first_of(timezone.localdate())
        if month > today:
            raise ValidationError(f"还没有到{chinese_month(month)}，只能编制本月及以前的批次。")
        return month

    @property
    def chosen_unit(self) -> Unit:
        return self.cleaned_data.get("unit") or self.only_unit

    def sentences(self):
        return self.told


class OutcomeForm(GuidedForm):
    """What was found out about one finding; a stop asks for the last month."""

    outcome = forms.ChoiceField(
        label="核查结果", widget=forms.RadioSelect, error_messages={"required": "请选择核查结果。"}
    )
    occurred_on = DayField(label="核查日期", error_messages={"required": "请填写核查日期。"})
    ends_on = MonthFormField(
        label="计发末月", ends=True, required=False, help_text="停发时必填：发放的最后一个月。"
    )
    note = CleanCharField(label="说明", required=False, max_length=200)
    again_on = DayField(
        label="再次提醒日期", required=False, help_text="到这一天情况没有变化的，重新列出。"
    )
    STOPS = {Outcome.STOPPED, Outcome.RECLAIMING}
    SAYS_WHY = {Outcome.UNFIT: "核实后不符合的，请写明原因。"}

    def __init__(self, *args, rule, row, **kwargs):
        rows = [row] if hasattr(row, "stop_reason") else []
        super().__init__(*args, rows=rows, **kwargs)
        self.rule, self.row = rule, row
        self.fields["outcome"].choices = [(each, each.label) for each in rule.outcomes]
        if not self.STOPS & set(rule.outcomes):
            del self.fields["ends_on"]
        self.lay_out(("outcome",), ("occurred_on", "ends_on") if rows else ("occurred_on",))

    def clean(self):
        data = super().clean()
        outcome, day, again = (data.get(n) for n in ("outcome", "occurred_on", "again_on"))
        today = timezone.localdate()
        if day and day > today:
            self.add_error("occurred_on", "核查日期不能晚于今天。")
        last = getattr(self.row, "reviewed_on", None)
        if day and last and self.rule.code == SubsidyRule.REVIEW and day < last:
            self.add_error("occurred_on", f"核查日期不能早于上次复核的{last}。")
        if again and day and again <= day:
            self.add_error("again_on", "再次提醒日期要晚于核查日期。")
        if outcome in self.SAYS_WHY and not data.get("note"):
            self.add_error("note", self.SAYS_WHY[outcome])
        if outcome == Outcome.CONTINUED and self.rule.reason != "other" and not data.get("note"):
            self.add_error("note", "核实后继续享受的，请写明依据。")
        if outcome in self.STOPS:
            self._check_stop(data.get("ends_on"))
        else:
            data["ends_on"] = None
        return data

    def _check_stop(self, ends_on):
        died_on = self.row.resident.died_on
        if ends_on is None:
            if "ends_on" not in self.errors:
                self.add_error("ends_on", "停发的请填写计发末月。")
        elif died_on and first_of(ends_on) > died_on:
            self.add_error("ends_on", f"这位居民已于{died_on}去世，最多发到当月。")
        elif ends_on < self.row.starts_on:
            self.add_error("ends_on", f"计发末月不能早于计发起月{self.row.starts_on:%Y-%m}。")
