"""Forms of the pages on which orders are issued, reported on, rechecked, extended, and cards lifted."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.attachments.refusing import MAX_BYTES, Refused
from portal.attachments.services import Checked, checked
from portal.attachments.showing import ACCEPTED, MOST_AT_ONCE, FilesField, FilesInput
from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, DayField
from portal.ledgers.forms import PLAIN_MESSAGES
from portal.models import Attachment
from portal.text import typed_words
from sanitation.forms.rectification import ask_deadline
from sanitation.selectors.rectification import (
    due_day,
    told_deadline,
    told_place,
    told_problem,
)
from sanitation.services.rectification import LONGEST
from sanitation.services.round_guards import dated_back

MOST_FINDINGS = 60


def long_words(label: str, size: int, **options) -> CleanCharField:
    box = forms.Textarea(attrs={"rows": 3, "maxlength": size})
    return CleanCharField(label=label, max_length=size, widget=box, **options)


class PhotosField(FilesField):
    """Photos, checked and redrawn as all attachments are; its value are those that may be kept."""

    def __init__(self, **kwargs):
        attrs = {"accept": ACCEPTED, "multiple": True}
        super().__init__(required=False, widget=FilesInput(attrs=attrs), **kwargs)

    def clean(self, data, initial=None) -> Sequence[Checked]:
        uploads = [upload for upload in data or [] if upload]
        if len(uploads) > MOST_AT_ONCE:
            raise ValidationError(f"一次最多传 {MOST_AT_ONCE} 张照片。")
        return [self._checked(upload) for upload in uploads]

    def _checked(self, upload) -> Checked:
        try:
            found = checked(upload.read(MAX_BYTES + 1), Attachment.Purpose.PHOTO)
        except Refused as refusal:
            name = typed_words(upload.name[-40:])
            raise ValidationError(f"“{name}”没有保存：{refusal}") from refusal
        if not found.thumbnail:
            raise ValidationError("这里请传照片，不要传 PDF。")
        return found


class PlainForm(GuidedForm):
    """Required fields and limits speak of their labels; ``day`` of something done lies not ahead."""

    days = ("day",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages |= PLAIN_MESSAGES | {"required": f"请填写{field.label}。"}
            if isinstance(field, DayField) and field.required:
                field.initial = timezone.localdate()

    @property
    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "versions"}

    def clean(self):
        data = super().clean()
        for name in self.days:
            if data.get(name) and data[name] > timezone.localdate():
                self.add_error(name, f"{self.fields[name].label}不能晚于今天。")
        return data


class FindingChoices(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple
    hidden_widget = forms.MultipleHiddenInput

    def label_from_instance(self, finding) -> str:
        parts = [
            f"{finding.community} {finding.occurred_on} {finding.inspection.get_kind_display()}",
            told_problem(finding),
            told_place(finding),
            "严重" if finding.is_serious else "",
        ]
        return " · ".join(filter(None, parts))


class IssueForm(PlainForm):
    """One order for each ticked finding; the deadline is told before they are issued."""

    findings = FindingChoices(queryset=None, label="要整改的问题")
    occurred_on = DayField(label="下达日期")
    working_days = forms.IntegerField(
        label="整改期限（工作日）", min_value=1, max_value=LONGEST, initial=5
    )
    responsible = CleanCharField(
        label="整改责任人", max_length=50, required=False, help_text="不填的用点位的责任人。"
    )
    demand = long_words("整改要求", 200)

    days = ("occurred_on",)

    def __init__(self, *args, findings, ticked=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["findings"].queryset = findings
        self.fields["findings"].initial = list(ticked)
        self.fields["findings"].error_messages["required"] = "请选择要整改的问题。"
        self.fields["demand"].initial = "立即清理，保持整洁，整改前后拍照上报。"
        ask_deadline(self)
        self.lay_out(("findings",), ("occurred_on", "working_days", "responsible"), ("demand",))

    def sentences(self):
        data = self.cleaned_data
        due = told_deadline(due_day(data["occurred_on"], data["working_days"]))
        told = [f"限期 {due}，共 {data['working_days']} 个工作日，下达当天不算。"]
        for finding in data["findings"]:
            where = told_place(finding)
            place = f"（{where}）" if where else ""
            told.append(f"向{finding.community}下达整改单：{told_problem(finding)}{place}")
        return told


class ReportForm(PlainForm):
    """The community tells what it did."""

    content = long_words("整改情况", 1000)
    reporter = CleanCharField(label="整改人", max_length=50)
    day = DayField(label="整改日期")
    photos = PhotosField(label="整改后照片", help_text="可以一次选几张；拍摄地点会自动去掉。")

    def __init__(self, *args, order, user, **kwargs):
        super().__init__(*args, rows=[order], **kwargs)
        self.order, self.user = order, user
        self.fields["reporter"].initial = order.responsible or user.name
        self.lay_out(("reporter", "day"), ("content",), ("photos",))

    def clean(self):
        data = super().clean()
        if (day := data.get("day")) and (refusal := dated_back(self.order, day, self.user)):
            self.add_error("day", refusal)
        return data


class RecheckForm(PlainForm):
    """The street looks again. What came of it is told where it passed."""

    passed = forms.TypedChoiceField(
        label="复查结果",
        choices=[("yes", "通过，销号"), ("no", "未通过，继续整改")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        empty_value=None,
    )
    opinion = long_words("复查意见", 200, required=False, help_text="未通过的，写明还要怎样整改。")
    rechecker = CleanCharField(label="复查人", max_length=50)
    day = DayField(label="复查日期")
    result = CleanCharField(label="整改结果", max_length=200, required=False)
    score = forms.DecimalField(
        label="复查得分", required=False, min_value=0, max_value=1000, decimal_places=1
    )
    photos = PhotosField(label="复查照片")

    def __init__(self, *args, round_, user, **kwargs):
        super().__init__(*args, rows=[round_], **kwargs)
        self.fields["passed"].error_messages["required"] = "请选择复查结果。"
        self.fields["rechecker"].initial = user.name
        self.lay_out(
            ("passed",),
            ("rechecker", "day"),
            ("opinion",),
            ("result", "score"),
            ("photos",),
        )

    def clean(self):
        data = super().clean()
        if data.get("passed") is False and not data.get("opinion"):
            self.add_error("opinion", "复查未通过的，请写明还要怎样整改。")
        return data


class ExtendForm(PlainForm):
    """A later deadline, with the reason."""

    due_on = DayField(label="延期后的限期日期")
    extended_for = long_words("延期原因", 200)

    days = ()

    def __init__(self, *args, order, **kwargs):
        super().__init__(*args, rows=[order], **kwargs)
        later = max(order.due_on, timezone.localdate())
        self.fields["due_on"].initial = due_day(later, 3)
        self.lay_out(("due_on",), ("extended_for",))

    def sentences(self):
        return [f"限期改为 {told_deadline(self.cleaned_data['due_on'])}，原限期和原因留在记录里。"]


class ReopenForm(PlainForm):
    reason = long_words("撤回原因", 150)
    days = ()

    def __init__(self, *args, order, **kwargs):
        super().__init__(*args, rows=[order], **kwargs)


class LiftForm(PlainForm):
    """A card is lifted."""

    lifted_on = DayField(label="销牌日期")
    lifted_for = long_words("销牌说明", 200)

    days = ("lifted_on",)

    def __init__(self, *args, card, **kwargs):
        super().__init__(*args, rows=[card], **kwargs)
        self.lay_out(("lifted_on",), ("lifted_for",))
