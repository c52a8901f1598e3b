"""The purpose of a look: one of the table, with words where the table has none for it."""

import re

from django import forms
from django.core.exceptions import ValidationError

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField
from portal.unmasking.purposes import LEAST_WORDS, MOST_WORDS, OTHER, PURPOSES

NUMBER = re.compile(r"[0-9０-９]{6}")  # reasons are read by others and kept


class PurposeForm(GuidedForm):
    """``purpose`` and ``words``; ``told`` is what the log keeps of both."""

    purpose = forms.ChoiceField(
        label="查看用途",
        error_messages={"required": "请选择查看用途。", "invalid_choice": "请选择查看用途。"},
    )
    words = CleanCharField(
        label="具体事由",
        required=False,
        max_length=MOST_WORDS,
        help_text="用途选“其他”时必填；不要写证件号、电话等号码。",
        error_messages={"max_length": "最多 %(limit_value)d 个字，现在是 %(show_value)d 个。"},
    )

    def __init__(self, *args, purposes=PURPOSES, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [("", "请选择"), *((each, each) for each in purposes)]

    def clean_words(self):
        words = self.cleaned_data["words"]
        if NUMBER.search(words):
            raise ValidationError("事由里请不要写证件号、电话等号码，写明事由即可。")
        if self.cleaned_data.get("purpose") == OTHER and len(words) < LEAST_WORDS:
            raise ValidationError(f"用途选了“其他”，请写明事由（至少 {LEAST_WORDS} 个字）。")
        return words

    @property
    def told(self) -> str:
        purpose, words = self.cleaned_data["purpose"], self.cleaned_data["words"]
        return f"{purpose}：{words}" if words else purpose
