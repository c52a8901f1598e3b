"""Forms of profiles: what the table is, and what it is used for this time."""

from django import forms
from django.core.exceptions import ValidationError

from portal.exports.definition import ChoiceStyle, DateStyle, Definition, IdStyle
from portal.exports.tables import bases_of
from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField
from portal.ledgers.filters import parsed_period, period_choices
from portal.ledgers.listing import Listing
from portal.scope import access_of
from portal.text import clean_text

MOST_TITLES, LONGEST_TITLE = 3, 60
MOST_PLACES, LONGEST_PLACE = 4, 20
USUAL_TITLES = "{单位}名册\n{时段}　填报日期：{日期}"
USUAL_SIGNATURE = "填表人：\n审核人：\n日期："


def filter_choices(ledger, user) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Label and choices of each of the ledger's own filters."""
    form = Listing(ledger, user, {}).filter.form
    found = {}
    for name in ledger.filters:
        if name not in form.fields:
            continue
        offered = form.fields[name].widget.choices
        choices = [(str(value), str(label)) for value, label in offered if str(value)]
        found[name] = (form.fields[name].label, choices)
    return found


def lines_of(text: str, most: int, longest: int) -> tuple[str, ...]:
    lines = tuple(clean_text(line) for line in text.splitlines() if line.strip())
    if len(lines) > most:
        raise ValidationError(f"最多 {most} 行。")
    if any(len(line) > longest for line in lines):
        raise ValidationError(f"每行最多 {longest} 个字。")
    return lines


class ProfileForm(forms.Form):
    """All but the columns, which FieldsEditor reads."""

    name = CleanCharField(label="模板名称", max_length=60)
    recipient = CleanCharField(
        label="报送给", max_length=60, required=False, help_text="例如：街道残联、区民政局。"
    )
    note = CleanCharField(label="说明", max_length=200, required=False)
    titles = forms.CharField(
        label="表头标题",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一个，最多三行。可用 {单位}、{时段}、{日期}、{条数}，使用时自动换成实际内容。",
    )
    id_style = forms.ChoiceField(label="号码", choices=IdStyle.choices)
    date_style = forms.ChoiceField(label="日期", choices=DateStyle.choices)
    choice_style = forms.ChoiceField(label="选项", choices=ChoiceStyle.choices)
    basis = forms.ChoiceField(
        label="取哪些行",
        required=False,
        help_text="按指标取数时，名单就是该指标统计的记录，条数与指标核对一致才能导出。",
    )
    sort = forms.ChoiceField(label="排序", required=False)
    signature = forms.CharField(
        label="落款",
        required=False,
        max_length=100,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一项，最多四项，印在表后。",
    )
    change_note = CleanCharField(
        label="改动说明", max_length=200, required=False, help_text="这一版改了什么，便于以后核对。"
    )

    def __init__(self, *args, ledger, user, **kwargs):
        super().__init__(*args, **kwargs)
        dated = "按台账日期在所选时段内" if ledger.date else "列表中的全部"
        self.fields["basis"].choices = [
            ("", dated),
            *((code, f"按指标：{label}") for code, label in bases_of(ledger)),
        ]
        sorts = [(c.sort, c.label) for c in ledger.shown_columns if c.sort]
        self.fields["sort"].choices = [
            ("", "与列表相同"),
            *((path, f"{label}，从小到大") for path, label in sorts),
            *((f"-{path}", f"{label}，从大到小") for path, label in sorts),
        ]
        self.filter_names = []
        for name, (label, choices) in filter_choices(ledger, user).items():
            self.filter_names.append(name)
            self.fields[f"filter_{name}"] = forms.MultipleChoiceField(
                label=f"只要{label}",
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean_titles(self):
        return lines_of(self.cleaned_data["titles"], MOST_TITLES, LONGEST_TITLE)

    def clean_signature(self):
        return lines_of(self.cleaned_data["signature"], MOST_PLACES, LONGEST_PLACE)

    @property
    def filter_fields(self):
        return [self[f"filter_{name}"] for name in self.filter_names]

    def definition(self, fields) -> Definition:
        data = self.cleaned_data
        chosen = {name: tuple(data[f"filter_{name}"]) for name in self.filter_names}
        return Definition(
            fields=fields,
            titles=data["titles"],
            id_style=data["id_style"],
            date_style=data["date_style"],
            choice_style=data["choice_style"],
            filters={name: values for name, values in chosen.items() if values},
            basis=data["basis"],
            sort=data["sort"],
            signature=data["signature"],
        )

    @staticmethod
    def initial_of(profile, definition) -> dict:
        return {
            "name": profile.name,
            "recipient": profile.recipient,
            "note": profile.note,
            "titles": "\n".join(definition.titles),
            "id_style": definition.id_style,
            "date_style": definition.date_style,
            "choice_style": definition.choice_style,
            "basis": definition.basis,
            "sort": definition.sort,
            "signature": "\n".join(definition.signature),
            **{f"filter_{name}": list(values) for name, values in definition.filters.items()},
        }


class UseForm(GuidedForm):
    """For which unit and period; ``sends`` says that the file is registered as sent."""

    unit = forms.ModelChoiceField(label="单位", queryset=None, empty_label=None)
    period = forms.ChoiceField(label="时段", required=False)
    recipient = CleanCharField(label="报送给", max_length=60, required=False)
    note = CleanCharField(label="备注", max_length=200, required=False)

    def __init__(self, *args, profile, units, user, sends=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.sends = sends
        self.fields["unit"].queryset = units
        home = access_of(user).home
        if home in units:
            self.fields["unit"].initial = home.pk
        chosen = self.data.get("period", "")
        known = chosen if parsed_period(chosen) else ""
        self.fields["period"].choices = [("", "不限（到今天）"), *period_choices(known)]
        self.fields["recipient"].initial = profile.recipient

    def clean(self):
        data = super().clean()
        if self.sends and not data.get("recipient"):
            self.add_error("recipient", "登记报送要写明报送给谁。")
        return data

    @property
    def period_value(self):
        return parsed_period(self.cleaned_data["period"])
