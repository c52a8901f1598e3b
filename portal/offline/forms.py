"""What the forms of the phone share: key and moment of an entry, photos, and a list to choose from."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from portal.attachments.refusing import MAX_BYTES, Refused
from portal.attachments.scans import BEGIN
from portal.attachments.services import Checked, checked
from portal.attachments.showing import FilesField, FilesInput
from portal.days import FIRST_YEAR, LAST_YEAR
from portal.ledgers.fields import PickerWidget
from portal.models import Attachment
from portal.offline.times import AHEAD

MOST_PHOTOS = 6


def moment_in(text):
    """A moment with its zone, of a year in which days lie; None for anything else.

    At the ends of what can be counted, another zone is beyond them.
    """
    try:
        moment = parse_datetime(text or "")
    except ValueError:
        return None
    if moment is None or not FIRST_YEAR < moment.year < LAST_YEAR:
        return None
    return moment if timezone.is_aware(moment) else None


class EntryForm(forms.Form):
    """Which entry it is, and when it was typed. What a phone's clock cannot be right about is left out."""

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"invalid": "页面不完整，请刷新。", "required": "页面不完整，请刷新。"},
    )
    typed_at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, data=None):
        super().__init__(data, initial={"key": uuid.uuid4()})

    def clean_typed_at(self):
        moment = moment_in(self.cleaned_data["typed_at"])
        return moment if moment and moment <= timezone.now() + AHEAD else None


def photos_field() -> FilesField:
    return FilesField(
        label="照片",
        required=False,
        widget=FilesInput(attrs={"accept": "image/*", "capture": "environment"}),
    )


def read_photos(photos) -> list[bytes]:
    """The contents as they were sent. Raises ValidationError for too many, and for a PDF."""
    if len(photos) > MOST_PHOTOS:
        raise ValidationError(f"一次最多 {MOST_PHOTOS} 张照片。")
    contents = [photo.read(MAX_BYTES + 1) for photo in photos]
    if any(content.startswith(BEGIN) for content in contents):
        raise ValidationError("这里只收照片，不收 PDF。")
    return contents


class Photographed(forms.Form):
    """A form with photos, which are checked with it and kept with the record."""

    photos = photos_field()

    def clean_photos(self) -> list[Checked]:
        try:
            return [
                checked(content, Attachment.Purpose.PHOTO)
                for content in read_photos(self.cleaned_data["photos"])
            ]
        except Refused as refusal:
            raise ValidationError(f"照片没有保存：{refusal}") from refusal


class ListedPicker(PickerWidget):
    """Choose from a short list that lies in the page, which needs no server, or write the name: the field
    finds the person when the entry arrives. ``listed()`` gives pairs of key and label."""

    template_name = "widgets/listed.html"

    def __init__(self, listed, field):
        super().__init__()
        self.listed, self.asked = listed, field.label
        self.is_required = field.required

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        # Nobody typed the label of whoever was picked.
        text = value[1] if isinstance(value, list) else ""
        context["widget"] |= {"listed": self.listed(), "asked": self.asked, "text": text}
        return context
