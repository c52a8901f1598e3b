"""What residents send in without signing in: an application for a published item, a question."""

from django import forms

from portal.attachments import services as attachments
from portal.attachments.refusing import Refused
from portal.attachments.showing import ACCEPTED, FilesField, FilesInput
from portal.intake.forms import IntakeForm
from portal.ledgers.fields import CleanCharField
from portal.models import Attachment
from portal.text import clean_name, parse_phone, typed_words
from portal.width import to_halfwidth
from residents.id_numbers import IdKind, parse_id
from servicecenter.enums.catalogue import AppliesTo
from servicecenter.forms.applicants import checked_code
from servicecenter.services.public import MOST_FILES

BODY = "body"
FILE_BYTES = 5 * 1024 * 1024


class ApplicationForm(IntakeForm):
    """``applies_to`` of the item decides whether a firm or body may apply."""

    name = CleanCharField(
        label="姓名",
        max_length=50,
        error_messages={"required": "请填写申请人的姓名。"},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    id_kind = forms.ChoiceField(label="证件类型", error_messages={"required": "请选择证件类型。"})
    id_number = CleanCharField(
        label="证件号码",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    phone = forms.CharField(
        label="联系电话",
        max_length=40,
        error_messages={"required": "请填写能联系到您的电话。"},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    content = CleanCharField(
        label="申请内容",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写清要办什么、家里的情况，最多 1000 字。",
        error_messages={"required": "请写明要办什么。"},
    )
    files = FilesField(
        label="材料照片",
        required=False,
        widget=FilesInput(attrs={"accept": f"{ACCEPTED},application/pdf", "multiple": True}),
        help_text=f"最多 {MOST_FILES} 个，每个不超过 5 MB，照片或 PDF。",
    )

    def __init__(self, *args, applies_to, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, kind.label) for kind in IdKind]
        body = [(BODY, "统一社会信用代码（企业、组织）")]
        if applies_to == AppliesTo.BODIES:
            kinds = body
        elif applies_to == AppliesTo.BOTH:
            kinds += body
        if applies_to != AppliesTo.PERSONS:
            self.fields["name"].label = "姓名或名称"
        self.fields["id_kind"].choices = [("", "请选择"), *kinds]

    def clean_phone(self):
        return parse_phone(self.cleaned_data["phone"])

    def clean(self):
        data = super().clean()
        kind = data.get("id_kind")
        if kind:
            self.judge("id_number", lambda text: _number(kind, text))
        if kind and kind != BODY and data.get("name"):
            self.judge("name", clean_name)
        if len(data.get("files") or []) > MOST_FILES:
            self.add_error("files", f"最多 {MOST_FILES} 个，请减少几个。")
        return data

    def checked_files(self) -> list[attachments.Checked]:
        """What will be kept of the files, looked at only when all else is right; a refused one is told
        at its field."""
        found = []
        for upload in self.cleaned_data["files"]:
            try:
                content = upload.read(FILE_BYTES + 1)
                if len(content) > FILE_BYTES:
                    raise Refused("文件超过 5 MB，请压缩或拍小一些再传。")
                found.append(attachments.checked(content, Attachment.Purpose.SCAN))
            except Refused as refusal:
                self.add_error("files", f"“{typed_words(upload.name[-40:])}”没有收下：{refusal}")
        return found


def _number(kind: str, text: str) -> str:
    if kind != BODY:
        return parse_id(kind, text).number
    code = to_halfwidth(text).replace(" ", "").upper()
    return checked_code(code)


class QuestionForm(IntakeForm):
    content = CleanCharField(
        label="您的问题或建议",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="请不要写别人的姓名、电话和门牌号；最多 1000 字。",
        error_messages={"required": "请写下您的问题。"},
    )
    name = CleanCharField(label="怎么称呼您", max_length=50, required=False)
    phone = forms.CharField(
        label="联系电话",
        max_length=40,
        required=False,
        help_text="留了电话，方便直接答复您；不会公开。",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    may_publish = forms.BooleanField(
        label="同意把问题和回复公开给大家看（不显示姓名）", required=False
    )

    def clean_phone(self):
        text = self.cleaned_data["phone"]
        return parse_phone(text) if text else ""
