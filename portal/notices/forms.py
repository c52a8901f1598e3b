"""Writing a notice: to whom, the words, and until when everybody is to say 已阅."""

from django import forms

from portal.accounts.forms import UnitChoice
from portal.attachments.showing import ACCEPTED, FilesField, FilesInput
from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, DayField
from portal.models import Notice, Unit, UnitGroup
from portal.models.notices import speaks_for
from portal.models.units import UnitKind
from portal.scope import below

ALL, OFFICE, CHOSEN = "all", "office", "chosen"


def publishing_units(user):
    """The offices in whose name the user publishes."""
    return Unit.objects.filter(pk__in=speaks_for(user)).exclude(kind=UnitKind.GRID)


class NoticeForm(GuidedForm):
    unit = UnitChoice(label="发布单位", queryset=Unit.objects.none(), empty_label=None)
    title = CleanCharField(label="标题", min_length=2, max_length=80)
    whom = forms.ChoiceField(label="发给", widget=forms.RadioSelect)
    units = forms.ModelMultipleChoiceField(
        label="选定的单位",
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="选了“选定的单位”才用得到。",
    )
    text = CleanCharField(label="正文", max_length=5000, widget=forms.Textarea(attrs={"rows": 12}))
    receipt_by = DayField(
        label="签阅期限",
        required=False,
        help_text="要求每个人点“已阅”的最后一天；不要求签阅的留空。",
    )

    def __init__(self, data=None, *, user, notice: Notice | None = None):
        initial = {}
        if notice:
            initial = {
                "unit": notice.unit_id,
                "title": notice.title,
                "text": notice.text,
                "receipt_by": notice.receipt_by,
                "whom": CHOSEN,
                "units": notice.audience,
            }
        super().__init__(data, initial=initial, rows=[notice] if notice else ())
        units = publishing_units(user)
        if notice:
            units = Unit.objects.filter(pk=notice.unit_id)
        self.fields["unit"].queryset = units.select_related("parent")
        offered = Unit.objects.filter(pk__in=below(list(units)), valid_to__isnull=True)
        offered = offered.exclude(kind=UnitKind.GRID).order_by("code")
        self.fields["units"].queryset = offered
        groups = UnitGroup.objects.kept().filter(unit__in=units)
        self.groups = {f"group:{each.pk}": each for each in groups}
        several = len(offered) > len(units)
        self.fields["whom"].choices = [
            *([(ALL, "本单位和全部社区")] if several else []),
            (OFFICE, "只发本单位"),
            *((key, f"社区组：{group}") for key, group in self.groups.items()),
            *([(CHOSEN, "选定的单位")] if several else []),
        ]
        if not several:
            del self.fields["units"]
            self.fields["whom"].initial = OFFICE
            self.initial["whom"] = OFFICE
        elif not notice:
            self.fields["whom"].initial = ALL
        self.only_unit = units[0] if len(units) == 1 else None
        if self.only_unit:
            del self.fields["unit"]
        self.lay_out(
            *([] if self.only_unit else [("unit",)]),
            ("title",),
            ("whom", "units") if several else ("whom",),
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("whom") == CHOSEN and not cleaned.get("units"):
            self.add_error("units", "请选择单位。")
        return cleaned

    @property
    def publishing_unit(self) -> Unit:
        return self.only_unit or self.cleaned_data["unit"]

    @property
    def audience(self) -> list[Unit]:
        whom, unit = self.cleaned_data["whom"], self.publishing_unit
        if whom == OFFICE:
            return [unit]
        offered = self.fields["units"].queryset.filter(pk__in=below([unit]))
        if whom == CHOSEN:
            return list(self.cleaned_data["units"])
        if group := self.groups.get(whom):
            return list(offered.filter(pk__in=group.members))
        return list(offered)


class WithdrawForm(GuidedForm):
    reason = CleanCharField(label="撤回的理由", max_length=200)

    def __init__(self, data=None, *, notice: Notice):
        super().__init__(data, rows=[notice])


class FilesForm(forms.Form):
    files = FilesField(
        label="选文件",
        widget=FilesInput(attrs={"accept": f"{ACCEPTED},application/pdf", "multiple": True}),
        help_text="图片或 PDF。",
    )
