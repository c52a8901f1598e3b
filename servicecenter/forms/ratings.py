"""Forms of ratings, and of a redress as a file brings it."""

from django.core.exceptions import ValidationError

from portal.ledgers.forms import LedgerForm
from servicecenter.enums.ratings import RatingChannel, RedressState
from servicecenter.models import Redress

GIVEN = (
    *("case", "occurred_on", "level", "channel", "called_by", "comment"),
    *("efficiency", "ability", "attitude"),
)
LATER = ("later_level", "later_on", "later_comment")
FIXED = "评价登记后不能修改；确属误评、恶意差评的，在差评整改中申诉，由他人复核。"


class RatingForm(LedgerForm):
    """What was rated is never changed afterwards; a supplementary rating is added once.

    On the screen nobody types what comes by a link: that the applicant does.
    """

    takes_links = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk and not self.takes_links:
            field = self.fields["channel"]
            field.choices = [c for c in field.choices if c[0] != RatingChannel.LINK]

    def clean(self):
        data = super().clean()
        changed = {*self.changed_data}
        if self.instance.pk:
            for name in {*GIVEN} & changed:
                self.add_error(name, FIXED)
            if self.initial.get("later_level") and {*LATER} & changed:
                self.add_error("later_level", "这件已经追评过，只能追评一次。")
        if self.instance.voided_on and {*LATER} & changed:
            self.add_error("later_level", "这条评价已经不计入，不能追评。")
        return data


DAYS = (  # the last one that is filled tells how far it got
    ("reviewed_on", RedressState.DONE),
    ("told_on", RedressState.REVIEW),
    ("remedied_on", RedressState.FEEDBACK),
    ("called_on", RedressState.REMEDY),
)
PARTS = (
    ("called_on", "called_by", "heard"),
    ("remedied_on", "remedied_by", "remedy"),
    ("told_on", "told_by", "feedback"),
    ("reviewed_on", "reviewed_by", "review"),
)


class RedressForm(LedgerForm):
    """A redress with the steps that were taken on paper; its state follows from their days."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].required = False
        self.fields["due_on"].help_text = "不填的按规定的工作日计算。"

    def clean(self):
        data = super().clean()
        rating = data.get("rating")
        if rating and not self.instance.pk:
            self._check_new(rating)
        self._check_parts(data)
        state, moved = self.instance.state, {day for day, _ in DAYS} & {*self.changed_data}
        if state in {RedressState.APPEALED, RedressState.VOIDED} and moved:
            self.add_error(None, "这条差评正在申诉或已不计入，请在页面上按步骤办理。")
        elif moved or not self.instance.pk:
            reached = (to for day, to in DAYS if data.get(day))
            self.instance.state = next(reached, RedressState.CALLING)
            done = self.instance.state == RedressState.DONE
            self.instance.closed_on = data.get("reviewed_on") if done else None
        return data

    def _check_new(self, rating):
        if Redress.objects.filter(rating=rating).exists():
            self.add_error("rating", "这条差评已经有整改，请在那一条上按步骤办理。")
        elif not rating.is_bad or rating.voided_on:
            self.add_error("rating", "只有计入的差评（不满意、非常不满意）需要整改。")

    def _check_parts(self, data):
        """A step is told whole, and none is left out before it."""
        missing = ""
        for names in PARTS:
            told = [name for name in names if data.get(name)]
            if told and missing:
                self.add_error(told[0], f"前一步（{missing}）还没有填写。")
            for name in names:
                if told and not data.get(name):
                    label = self.fields[name].label
                    self.add_error(name, ValidationError(f"请填写{label}。"))
            if not told:
                missing = missing or self.fields[names[0]].label
