"""Certificates with their seal, and the seal register."""

from django import forms
from django.core.exceptions import ValidationError

from portal.ledgers.fields import CleanCharField
from portal.ledgers.forms import LedgerForm
from portal.office.enums import SealKind


class CertificateForm(LedgerForm):
    """The seal is asked for along with the certificate, so that nobody types it a second time."""

    seal = forms.ChoiceField(label="印章", choices=SealKind.choices, initial=SealKind.OFFICE)
    copies = forms.IntegerField(label="份数", min_value=1, max_value=99, initial=1)
    approver = CleanCharField(label="批准人", max_length=50)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        use = getattr(self.instance, "seal_use", None) if self.instance.pk else None
        for name in ("seal", "copies", "approver"):
            if use is not None:
                self.initial[name] = getattr(use, name)
        if not self.instance.pk:
            for name in ("voided_on", "void_reason"):
                self.fields.pop(name, None)
        self.helper.layout = self._layout()

    def clean_occurred_on(self):
        day = self.cleaned_data["occurred_on"]
        if self.instance.pk and day.year != self.instance.year:
            raise ValidationError("证明已按年度编号，开具日期不能改到另一年。")
        return day

    def check_record(self):
        if not self.instance.pk:
            self.instance.year = self.instance.occurred_on.year
        super().check_record()

    def clean(self):
        data = super().clean()
        if data.get("voided_on") and not data.get("void_reason"):
            self.add_error("void_reason", "作废的证明请写明原因。")
        return data


class SealUseForm(LedgerForm):
    """A seal on a certificate is changed where the certificate is."""

    def clean(self):
        data = super().clean()
        if self.instance.certificate_id:
            raise ValidationError("这次用印随证明登记，请在“开具证明”中修改。")
        return data
