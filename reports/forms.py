"""Starting a draft, filtering the list, and editing a draft in figures' Chinese names."""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField
from portal.ledgers.filters import period_choices
from portal.models import Unit, UnitGroup
from portal.models.units import UnitKind
from portal.periods import Period
from portal.scope import Denied, access_of
from portal.summaries import outlines
from portal.text import clean_text
from reports.models import DRAFT_LENGTH, SECTION_LENGTH, TITLE_LENGTH, Section, Summary
from reports.permissions import (
    check_suits,
    check_tokens,
    drafting_groups,
    drafting_outlines,
    drafting_units,
)
from reports.tokens import shown, stored
from reports.workflow import SummaryState


def plain_helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class NoteForm(forms.Form):
    """Why what was issued before is issued ``again``; a first issue is asked nothing."""

    note = CleanCharField(
        label="更正说明",
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text="这段时间的同类总结已经签发过。写明这次更正了什么、为什么，会印在签发件的页面上。",
        error_messages={"required": "请写明这次更正了什么、为什么。"},
    )

    def __init__(self, *args, again: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()
        if not again:
            self.fields["note"].required = False
            self.fields["note"].widget = forms.HiddenInput()


class WithdrawForm(GuidedForm):
    reason = CleanCharField(
        label="撤回理由",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "请写明撤回的理由，会一直保留。"},
    )

    def sentences(self):
        return [
            "签发件标为“已撤回”，正文、数字、依据和校验码都保留，任何人都能看到撤回理由；",
            "PDF 不再提供下载，只有能签发的人还能取用；",
            "需要重新签发的，另起草稿，作为下一次签发，并写更正说明。",
        ]


class GroupChoice(forms.ModelChoiceField):
    def label_from_instance(self, group):
        return f"{group.unit} · {group}"


class StartForm(forms.Form):
    """Which summary: kind, unit or one of its groups of communities, and a period from the list or
    typed."""

    kind = forms.ChoiceField(label="种类")
    unit = forms.ModelChoiceField(label="单位", queryset=Unit.objects.none(), empty_label=None)
    group = GroupChoice(
        label="社区组",
        queryset=UnitGroup.objects.none(),
        required=False,
        empty_label="不按社区组",
        help_text="选了社区组，就只汇总组里的社区。",
    )
    period = forms.ChoiceField(label="时段")
    other = forms.CharField(
        label="其他时段",
        required=False,
        max_length=24,
        help_text="上面没有的时段写在这里，如 2024、2025Q2、2025-08 或 2025-03-01..2025-06-30；"
        "填写后以此为准。",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()
        kinds = drafting_outlines(user)
        self.fields["kind"].choices = [(o.kind, f"{o.kind} {o.name}") for o in kinds]
        self.fields["unit"].queryset = drafting_units(user)
        self.fields["group"].queryset = groups = drafting_groups(user)
        if not groups:
            del self.fields["group"]
        self.fields["period"].choices = period_choices()

    def clean_other(self):
        return parsed(self.cleaned_data["other"].strip())

    def clean_kind(self):
        return outlines[self.cleaned_data["kind"]]

    def clean(self):
        cleaned = super().clean()
        if group := cleaned.get("group"):
            cleaned["unit"] = group.unit
        if (outline := cleaned.get("kind")) and cleaned.get("unit"):
            try:
                check_suits(outline, cleaned["unit"], group)
            except Denied as denied:
                self.add_error("kind", str(denied))
        return cleaned

    @property
    def chosen_period(self) -> Period:
        return self.cleaned_data["other"] or Period.parse(self.cleaned_data["period"])


def parsed(key: str) -> Period | None:
    """The period typed; None for nothing. Raises ValidationError naming the ways to write it."""
    try:
        return Period.parse(key) if key else None
    except ValueError as error:
        raise ValidationError(str(error)) from error


class ListFilter(forms.Form):
    """Narrow the list by unit, kind, year and state; every field is optional."""

    unit = forms.ModelChoiceField(
        label="单位", queryset=Unit.objects.none(), required=False, empty_label="全部单位"
    )
    kind = forms.ChoiceField(label="种类", required=False)
    year = forms.ChoiceField(label="年份", required=False)
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部状态"), *SummaryState.choices]
    )

    def __init__(self, params, *, user, years):
        super().__init__(params)
        units = access_of(user).units("figures.view")
        self.fields["unit"].queryset = (
            Unit.objects.filter(pk__in=units).exclude(kind=UnitKind.GRID).order_by("code")
        )
        kinds = [(outline.kind, f"{outline.kind} {outline.name}") for outline in outlines]
        self.fields["kind"].choices = [("", "全部种类"), *kinds]
        self.fields["year"].choices = [("", "全部年份"), *((y, f"{y}年") for y in years)]

    def applied(self, summaries):
        """The summaries that match; a foreign or misspelt choice matches none."""
        if not self.is_valid():
            return summaries.none()
        chosen = self.cleaned_data
        if chosen["unit"]:
            summaries = summaries.filter(unit=chosen["unit"])
        if chosen["kind"]:
            summaries = summaries.filter(kind=chosen["kind"])
        if chosen["year"]:
            summaries = summaries.filter(period_key__startswith=chosen["year"])
        if chosen["state"]:
            summaries = summaries.filter(state=chosen["state"])
        return summaries

    @property
    def in_use(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())


class DraftForm(forms.Form):
    """Title and sections of a draft; texts are shown with Chinese names and kept with codes. Figures that
    ``by`` may not see are refused at their part, so that no page counts them."""

    title = forms.CharField(
        label="标题", max_length=TITLE_LENGTH, widget=forms.Textarea(attrs={"rows": 1})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, summary: Summary, sections: list[Section], by):
        initial = {"title": summary.title, "version": summary.version}
        initial |= {field_name(s.key): shown(s.text) for s in sections}
        super().__init__(data, initial=initial)
        self.helper = plain_helper()
        self.summary, self.sections, self.by = summary, sections, by
        for section in sections:
            self.fields[field_name(section.key)] = forms.CharField(
                label=section.heading or "导语",
                max_length=SECTION_LENGTH,
                required=False,
                strip=False,
                widget=forms.Textarea(
                    attrs={
                        "rows": rows_for(section.text),
                        "data-tokens": "",
                        "data-part": section.key,
                    }
                ),
            )

    def clean_title(self):
        return clean_text(self.cleaned_data["title"])

    def clean(self):
        cleaned = super().clean()
        for section in self.sections:
            name = field_name(section.key)
            if name in cleaned:
                try:
                    cleaned[name] = stored(clean_text(cleaned[name], multiline=True))
                except ValidationError as error:
                    self.add_error(name, error)
        self._check_total(cleaned)
        self._check_tokens(cleaned)
        return cleaned

    def _check_total(self, cleaned) -> None:
        """All parts together, told at the longest: printing them must not hold everybody up."""
        names = (field_name(section.key) for section in self.sections)
        lengths = {name: len(cleaned.get(name) or "") for name in names}
        if (total := sum(lengths.values())) > DRAFT_LENGTH:
            message = f"各部分合计 {total:,} 字，最多 {DRAFT_LENGTH:,} 字，请先删减。"
            self.add_error(max(lengths, key=lengths.get), message)

    def _check_tokens(self, cleaned):
        present = {s.key: s.text for s in self.sections}
        typed = {key: cleaned[field_name(key)] for key in present if field_name(key) in cleaned}
        try:
            check_tokens(self.by, self.summary, typed, present)
        except ValidationError as refusal:
            for key, errors in refusal.error_dict.items():
                self.add_error(field_name(key), errors)

    @property
    def texts(self) -> dict[str, str]:
        """Stored texts by section key, of a valid form."""
        return {s.key: self.cleaned_data[field_name(s.key)] for s in self.sections}


def field_name(key: str) -> str:
    return f"section-{key}"


def rows_for(text: str) -> int:
    """Lines of a text area that shows the text without scrolling, within reason."""
    lines = sum(1 + len(line) // 30 for line in text.split("\n"))
    return min(max(lines + 1, 3), 16)
