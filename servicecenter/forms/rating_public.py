"""What an applicant says by the link of a case: one of five levels, and a word if they like."""

from django import forms

from portal.ledgers.fields import CleanCharField
from servicecenter.enums.ratings import RatingLevel


class RateForm(forms.Form):
    """Nothing is chosen beforehand."""

    level = forms.TypedChoiceField(
        label="这次办事您满意吗",
        choices=RatingLevel.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一项。", "invalid_choice": "请选一项。"},
    )
    comment = CleanCharField(
        label="想说的话",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="哪里好、哪里不好，都可以写。",
    )
