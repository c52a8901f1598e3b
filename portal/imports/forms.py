"""The upload of a workbook."""

from django import forms

from portal.imports.guarding import SAVE_AS
from portal.ledgers.forms import recording_units
from portal.models import Unit
from portal.scope import access_of


def import_units(user, permissions):
    """Units where the user may both import and record for one of the permissions."""
    access = access_of(user)
    units = frozenset().union(
        *(
            recording_units(user, permission).values_list("pk", flat=True)
            for permission in permissions
        )
    )
    return Unit.objects.filter(pk__in=units & access.units("records.import"))


class UploadForm(forms.Form):
    """``unit`` is asked for only where the user may import for several."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="导入到哪个单位", empty_label=None)
    file = forms.FileField(
        label="Excel 工作簿（.xlsx）",
        widget=forms.ClearableFileInput(
            attrs={
                "accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
        ),
    )

    def __init__(self, *args, units, home=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.only_unit = units[0] if len(units) == 1 else None
        if self.only_unit:
            del self.fields["unit"]
        else:
            self.fields["unit"].queryset = units
            self.fields["unit"].initial = home

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(".xlsx"):
            raise forms.ValidationError(f"只能导入 .xlsx 文件。{SAVE_AS}")
        return file

    @property
    def chosen_unit(self):
        return self.only_unit or self.cleaned_data["unit"]
