"""What a record's page shows of its files, and the upload's form."""

from django import forms
from django.urls import reverse

from portal.attachments.services import bound_to
from portal.ledgers.fields import CleanCharField
from portal.models import Attachment

MOST_AT_ONCE = 20
ACCEPTED = "image/jpeg,image/png,image/webp"


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each is checked by the service, not here."""

    widget = FilesInput

    def clean(self, data, initial=None):
        return [super(FilesField, self).clean(item) for item in data or []]


class UploadForm(forms.Form):
    """``camera`` takes one photo on the spot, ``files`` what lies on the machine or phone; ``optional``
    where they only go along with a form of something else."""

    camera = FilesField(
        label="拍照",
        required=False,
        widget=FilesInput(attrs={"accept": ACCEPTED, "capture": "environment"}),
    )
    files = FilesField(
        label="选文件",
        required=False,
        widget=FilesInput(attrs={"accept": f"{ACCEPTED},application/pdf", "multiple": True}),
    )
    purpose = forms.ChoiceField(label="用途", choices=Attachment.Purpose.choices)
    caption = CleanCharField(label="说明", max_length=60, required=False)

    def __init__(self, *args, with_portrait=False, optional=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.optional = optional
        if not with_portrait:
            choices = self.fields["purpose"].choices
            self.fields["purpose"].choices = [
                pair for pair in choices if pair[0] != Attachment.Purpose.PORTRAIT
            ]

    def clean(self):
        data = super().clean()
        chosen = [*data.get("camera", []), *data.get("files", [])]
        if not chosen and not self.errors and not self.optional:
            raise forms.ValidationError("请先拍照或选择文件。")
        if len(chosen) > MOST_AT_ONCE:
            raise forms.ValidationError(f"一次最多传 {MOST_AT_ONCE} 个文件，请分几次传。")
        data["chosen"] = chosen
        return data


def url_of(action: str, ledger, record, row=None) -> str:
    args = [ledger.slug, record.pk] + ([row.pk] if row else [])
    return reverse(f"ledger-{action}", args=args)


def shown_files(ledger, record, *, may_edit: bool, form=None) -> dict:
    """The files of a record that the user sees in this ledger; deleted ones for its editors only."""
    rows = list(bound_to(record).select_related("recorded_by", "deleted_by"))
    kept = [_item(ledger, record, row) for row in rows if row.deleted_at is None]
    portraits = [item for item in kept if item["row"].purpose == Attachment.Purpose.PORTRAIT]
    return {
        "items": kept,
        "deleted": [_item(ledger, record, row) for row in rows if row.deleted_at]
        if may_edit
        else [],
        "portrait": portraits[-1] if portraits else None,
        "url": url_of("files", ledger, record),
        "print_url": url_of("files-print", ledger, record),
        "printable": any(item["row"].is_image for item in kept),
        "form": (form or UploadForm(with_portrait=ledger.has_portrait)) if may_edit else None,
    }


def _item(ledger, record, row) -> dict:
    return {
        "row": row,
        "url": url_of("file", ledger, record, row),
        "thumbnail": url_of("file-thumbnail", ledger, record, row) if row.is_image else "",
        "caption_url": url_of("file-caption", ledger, record, row),
        "delete_url": url_of("file-delete", ledger, record, row),
        "restore_url": url_of("file-restore", ledger, record, row),
    }
