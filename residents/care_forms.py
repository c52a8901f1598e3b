"""Forms by which the table of care kinds is kept."""

from django import forms
from django.core.exceptions import ValidationError

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField
from residents.models import CareKind


class CareKindForm(GuidedForm):
    """Name and place of a kind, and whether it may still be given."""

    name = CleanCharField(label="名称", max_length=20, help_text="如：低保、独居老人。")
    ordinal = forms.IntegerField(
        label="顺序", min_value=1, max_value=9999, help_text="数小的排在前面。"
    )
    is_retired = forms.BooleanField(
        label="停用", required=False, help_text="停用后不能再认定，已有的认定不变。"
    )

    def __init__(self, *args, kind=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind is None:
            del self.fields["is_retired"]
        self.lay_out(("name", "ordinal"))

    def clean_name(self):
        name = self.cleaned_data["name"]
        same = CareKind.objects.filter(name=name)
        if self.kind is not None:
            same = same.exclude(pk=self.kind.pk)
        if same.exists():
            raise ValidationError("已有这个名称的类别。")
        return name
