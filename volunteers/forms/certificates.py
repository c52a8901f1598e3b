"""What is asked for a certificate: by staff, at its steps, and by whoever verifies it."""

from django import forms
from django.utils import timezone

from portal.codes import typed_number
from portal.guided import GuidedForm
from portal.intake.services import typed_code
from portal.ledgers.fields import CleanCharField, DayField
from portal.ledgers.forms import PLAIN_MESSAGES
from portal.ledgers.steps import StepForm
from volunteers.models import ServiceCertificate


class RequestForm(GuidedForm):
    """Purpose and days of a certificate, in the name of the volunteer who asks for it."""

    purpose = CleanCharField(
        label="用途", max_length=80, help_text="由申请人说明，会印在证明上，如升学、就业、评优。"
    )
    starts_on = DayField(label="服务起始日期")
    ends_on = DayField(label="服务截止日期", help_text="只写这段时间内已计入的服务。")

    def __init__(self, *args, volunteer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = volunteer.joined_on
        self.fields["ends_on"].initial = volunteer.left_on or timezone.localdate()
        for field in self.fields.values():
            field.error_messages |= PLAIN_MESSAGES | {"required": f"请填写{field.label}。"}
        self.lay_out(("starts_on", "ends_on"))


class CertificateStepForm(StepForm):
    """A step of a certificate; who issued the unit's last one is offered again."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if "manager" in self.fields:
            last = self._last()
            self.fields["manager"].initial = last.manager if last else ""
            self.fields["phone"].initial = last.phone if last else ""
            self.fields["clerk"].initial = user.name
            self.lay_out(("manager", "clerk", "phone"))
        for field in self.fields.values():
            field.error_messages |= PLAIN_MESSAGES | {"required": f"请填写{field.label}。"}
        if "revoked_for" in self.fields:
            field = self.fields["revoked_for"]
            field.label = "原因"
            field.error_messages["required"] = "请填写原因。"
            field.widget = forms.Textarea(attrs={"rows": 2, "maxlength": field.max_length})

    def _last(self):
        rows = ServiceCertificate.objects.kept().filter(
            unit=self.record.unit_id, number__isnull=False
        )
        return rows.order_by("-issued_on", "-pk").first()


class VerifyForm(forms.Form):
    """Number and code of a certificate, as they are printed or nearly so."""

    number = forms.CharField(
        label="证明编号",
        max_length=80,
        help_text="印在证明右上角，如“〔2026〕12号”；括号用哪一种都可以。",
        error_messages={"required": "请填写证明编号。"},
    )
    code = forms.CharField(
        label="核验码",
        max_length=40,
        help_text="二维码旁的 10 位字母和数字，大小写都可以。",
        error_messages={"required": "请填写核验码。"},
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )

    def clean_number(self):
        return typed_number(self.cleaned_data["number"])

    def clean_code(self):
        return typed_code(self.cleaned_data["code"])
