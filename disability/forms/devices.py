"""Forms of assistive devices; what each stage needs is said by the model."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from disability.enums.devices import LEAVING, DeviceUse
from disability.forms.people import PersonForm
from disability.models import DeviceClass, DeviceKind
from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField
from portal.ledgers.forms import LedgerForm


class OfCatalogue:
    """Offers the kinds that are in use, and the record's own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = Q(is_retired=False) | Q(pk=self.instance.kind_id)
        self.fields["kind"].queryset = DeviceKind.objects.filter(offered)


class EntryForm(OfCatalogue, LedgerForm):
    MOST = 100_000  # the store adds up, and a slip of the finger must not fill it for good

    def clean_quantity(self):
        quantity = self.cleaned_data["quantity"]
        if quantity is not None and quantity > self.MOST:
            raise ValidationError("数字太大，请核对。")
        return quantity

    def judges_alone(self):
        """What leaves is held against the store."""
        return self.cleaned_data.get("move") not in LEAVING


class CaseForm(OfCatalogue, PersonForm):
    def judges_alone(self):
        """What is given out of the store is held against it."""
        return not self.cleaned_data.get("from_stock")


class DeviceTrainingForm(OfCatalogue, PersonForm):
    def judges_alone(self):
        return True


class KindForm(GuidedForm):
    """An entry of the catalogue."""

    name = CleanCharField(label="辅具名称", max_length=30, help_text="如：盲杖、手动轮椅。")
    family = forms.ModelChoiceField(label="大类", queryset=DeviceClass.objects.none())
    use = forms.ChoiceField(label="用途", choices=DeviceUse.choices, help_text="总结中按用途说明。")
    measure = CleanCharField(label="计量单位", max_length=4, initial="件")
    low_mark = forms.IntegerField(
        label="最低库存",
        min_value=0,
        max_value=9999,
        initial=0,
        help_text="库存不多于这个数时提醒；0 为不提醒。",
    )
    is_returnable = forms.BooleanField(label="可借用归还", required=False)
    needs_training = forms.BooleanField(label="需使用指导", required=False)
    is_retired = forms.BooleanField(
        label="停用", required=False, help_text="停用后不能再选，已有的记录不变。"
    )

    def __init__(self, *args, kind=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["family"].queryset = DeviceClass.objects.all()
        if kind is None:
            del self.fields["is_retired"]
        self.lay_out(
            ("name", "family"), ("use", "measure", "low_mark"), ("is_returnable", "needs_training")
        )

    def clean_name(self):
        name = self.cleaned_data["name"]
        same = DeviceKind.objects.filter(name=name)
        if self.kind is not None:
            same = same.exclude(pk=self.kind.pk)
        if same.exists():
            raise ValidationError("目录里已有这个名称的辅具。")
        return name


class ClassForm(GuidedForm):
    """A main class: its words change with the edition of the standard."""

    code = CleanCharField(label="大类代码", max_length=8)
    name = CleanCharField(label="大类名称", max_length=40)
    edition = CleanCharField(label="版本", max_length=40, help_text="如：GB/T 16432—2016。")

    def __init__(self, *args, family=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.family = family
        self.lay_out(("code", "edition"))

    def clean(self):
        data = super().clean()
        same = DeviceClass.objects.filter(code=data.get("code"), edition=data.get("edition"))
        if self.family is not None:
            same = same.exclude(pk=self.family.pk)
        if data.get("code") and same.exists():
            self.add_error("code", "这个版本已有这个代码。")
        return data
