"""Asking, a later deadline, ending; the answer's own form stands on its page."""

from datetime import datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.utils import timezone

from portal.accounts.forms import UnitChoice
from portal.asks import counting, deadlines
from portal.asks.workflow import SENDS
from portal.closing.forms import CloseForm
from portal.figures import figures
from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, ClockField, DayField
from portal.ledgers.filters import period_choices
from portal.models import Ask, Unit, UnitGroup
from portal.models.units import UnitKind
from portal.roles import DOMAINS
from portal.scope import access_of, below
from portal.workdays import after_workdays, calendar

DAYS, EVENING = 3, time(17)  # what a form offers
ALL, CHOSEN = "all", "chosen"
ORDER = (
    *("unit", "title", "figures", "category", "period", "other", "whom", "units"),
    *("due_on", "due_time", "urgent_for", "reason", "questions", "reuse"),
)


def asking_units(user):
    """Streets and districts for which the user may ask."""
    units = access_of(user).units(SENDS)
    return Unit.objects.filter(pk__in=units, kind__in=[UnitKind.STREET, UnitKind.DISTRICT])


def figures_for(user, unit_ids) -> list:
    """Those that the user sees at all these units."""
    access = access_of(user)
    if not set(unit_ids) <= access.units("figures.view"):
        return []
    return [each for each in figures if set(unit_ids) <= access.units(each.permission)]


class FigureTicks(forms.CheckboxSelectMultiple):
    """Figures to tick, found by their words; the list of people to tick is the same one."""

    template_name = "widgets/ticks.html"
    use_fieldset = True

    class Media:
        js = [Script("js/ticks.js", defer=True)]

    def id_for_label(self, id_, index=None):
        return id_ if index is None else super().id_for_label(id_, index)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        offered = [figures[code] for code, _ in self.choices]
        domains = dict.fromkeys(figure.domain for figure in offered)
        context["widget"] |= {
            "people": [
                {
                    "pk": figure.code,
                    "name": figure.label,
                    "hint": f"{figure.measure} · {figure.date_basis}",
                    "words": figure.label.lower(),
                    "keys": [[figure.domain]],
                }
                for figure in offered
            ],
            "ticked": list(value or ()),
            "narrowed_by": [("业务", [(key, DOMAINS[key]) for key in domains])],
            "find_hint": "指标名称",
            "nobody": "没有这样的指标。",
            "counted_in": "项",
        }
        return context


def local_moment(day, clock) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


class DueFields(GuidedForm):
    due_on = DayField(label="期限")
    due_time = ClockField(label="钟点", initial=EVENING)

    @property
    def due_at(self) -> datetime:
        return local_moment(self.cleaned_data["due_on"], self.cleaned_data["due_time"])


class AskForm(DueFields):
    unit = UnitChoice(label="要数单位", queryset=Unit.objects.none(), empty_label=None)
    title = CleanCharField(
        label="标题", min_length=2, max_length=60, help_text="如：上半年走访情况。"
    )
    whom = forms.ChoiceField(label="向谁要", widget=forms.RadioSelect, initial=ALL)
    units = forms.ModelMultipleChoiceField(
        label="选定的社区",
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="选了“选定的社区”才用得到。",
    )
    figures = forms.MultipleChoiceField(label="指标", widget=FigureTicks)
    category = forms.ChoiceField(
        label="分列", required=False, help_text="每项指标再按这个分类列出；所选指标都要有这个分类。"
    )
    period = forms.ChoiceField(label="时段")
    other = forms.CharField(
        label="其他时段",
        required=False,
        max_length=24,
        help_text="如 2024、2025Q2、2025-08；填写后以此为准。",
    )
    reason = CleanCharField(label="用途", max_length=200, help_text="做什么用，社区会看到。")
    questions = CleanCharField(
        label="请社区说明",
        required=False,
        max_length=320,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一条，最多三条；系统里没有的情况才问，数字不用问。",
    )
    urgent_for = CleanCharField(
        label="为什么这样急", required=False, max_length=200, help_text="期限不足一个工作日时填写。"
    )
    reuse = forms.BooleanField(
        label="已经确认过同样数字的社区不再要，沿用其确认的数字",
        required=False,
        initial=True,
        help_text="最多报一次：同样的指标、时段、口径，90 天内确认过的。",
    )

    clean_other = CloseForm.clean_other
    chosen = CloseForm.chosen

    def __init__(self, data=None, *, user, initial=None, domain: str = ""):
        """``domain`` narrows the figures that are offered."""
        super().__init__(data, initial=initial)
        units = asking_units(user)
        self.fields["unit"].queryset = units.select_related("parent")
        reach = below(list(units))
        communities = Unit.objects.filter(
            pk__in=reach, kind=UnitKind.COMMUNITY, valid_to__isnull=True
        ).order_by("code")
        self.fields["units"].queryset = communities
        groups = UnitGroup.objects.kept().filter(unit__in=units)
        self.groups = {f"group:{each.pk}": each for each in groups}
        self.fields["whom"].choices = [
            (ALL, "全部社区"),
            *((key, f"社区组：{group}") for key, group in self.groups.items()),
            (CHOSEN, "选定的社区"),
        ]
        seen = figures_for(user, communities.values_list("pk", flat=True))
        self.domains = {each.domain: DOMAINS[each.domain] for each in seen}
        offered = [each for each in seen if domain in ("", each.domain)]
        self.fields["figures"].choices = [(each.code, each.label) for each in offered]
        divisions = {
            f"{name}:{label}": label
            for each in offered
            for name, label in counting.fixed_categories(each.code).items()
        }
        self.fields["category"].choices = [("", "不分列"), *divisions.items()]
        self.fields["period"].choices = period_choices()
        self.fields["due_on"].initial = after_workdays(timezone.localdate(), DAYS)
        if units.count() < 2:
            self.only_unit = units.first()
            del self.fields["unit"]
        else:
            self.only_unit = None
        self.order_fields(ORDER)
        rows = [("title", "reason"), ("figures",), ("period", "other"), ("category",)]
        rows += [("whom", "units"), ("due_on", "due_time"), ("urgent_for",)]
        self.lay_out(*([] if self.only_unit else [("unit",)]), *rows)

    def clean_questions(self):
        lines = [line.strip() for line in self.cleaned_data["questions"].split("\n")]
        lines = [line for line in lines if line]
        if len(lines) > 3 or any(len(line) > 100 for line in lines):
            raise ValidationError("最多三条，每条 100 个字以内。")
        return lines

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("whom") == CHOSEN and not cleaned.get("units"):
            self.add_error("units", "请选择社区。")
        self._check_category(cleaned)
        return cleaned

    def _check_category(self, cleaned) -> None:
        """Figures have categories of the same name that mean different things."""
        name, _, label = cleaned.get("category", "").partition(":")
        others = [
            figures[code].label
            for code in cleaned.get("figures", ())
            if name and counting.fixed_categories(code).get(name) != label
        ]
        if others:
            told = "、".join(others)
            self.add_error(
                "category", f"这些指标没有“{label}”这个分类：{told}。请分开要，或不分列。"
            )

    @property
    def asking_unit(self) -> Unit:
        return self.only_unit or self.cleaned_data["unit"]

    @property
    def group(self) -> UnitGroup | None:
        return self.groups.get(self.cleaned_data["whom"])

    @property
    def communities(self) -> list[Unit]:
        if self.cleaned_data["whom"] == CHOSEN:
            return list(self.cleaned_data["units"])
        known = self.fields["units"].queryset
        if self.group:
            return list(known.filter(pk__in=self.group.members))
        return list(known.filter(pk__in=below([self.asking_unit])))

    def ask(self) -> Ask:
        """Unsaved, of the cleaned values."""
        chosen = self.cleaned_data
        return Ask(
            unit=self.asking_unit,
            whole=chosen["whom"] == ALL,
            group=self.group,
            title=chosen["title"],
            figures=[
                code for code, _ in self.fields["figures"].choices if code in chosen["figures"]
            ],
            category=chosen["category"].partition(":")[0],
            period_key=self.chosen.key,
            reason=chosen["reason"],
            questions=chosen["questions"],
            due_at=self.due_at,
            urgent_for=chosen["urgent_for"],
        )

    def sentences(self):
        ask = self.ask()
        labels = "、".join(figures[code].label for code in ask.figures)
        now, due = timezone.localtime(), timezone.localtime(ask.due_at)
        found = [f"注意：{warning}" for warning in deadlines.warnings(now, due, calendar())]
        found.append(
            f"向{len(self.communities)}个社区要{ask.period.label}的“{labels}”，"
            f"{deadlines.told(due)}前答复。社区只核对系统已统计的数字，不另填表。"
        )
        return found


class ExtendForm(DueFields):
    reason = CleanCharField(label="延长的原因", max_length=200)

    def __init__(self, data=None, *, ask: Ask):
        super().__init__(data, rows=[ask])
        due = timezone.localtime(ask.due_at)
        self.fields["due_on"].initial = after_workdays(due.date(), 1)
        self.fields["due_time"].initial = due.time()
        self.lay_out(("due_on", "due_time"))


class EndForm(GuidedForm):
    reason = CleanCharField(label="说明", max_length=200, required=False)

    def __init__(self, data=None, *, ask: Ask, needed: bool):
        super().__init__(data, rows=[ask])
        self.fields["reason"].required = needed
