"""Whose cards or letters are printed, ticked on a list."""

from dataclasses import replace
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.guided import GuidedForm
from volunteers.forms.ticks import VolunteersField

MOST = 80  # at once: ten sheets of cards
SINCE = {"30": "最近 30 天加入", "365": "最近一年加入"}
PAPERS = (("cards", "志愿者证（一张 A4 纸 8 张）"), ("letters", "欢迎信（每人一页）"))


class NewcomersField(VolunteersField):
    """Narrowed by when they joined, too: cards are mostly for the new."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.narrowed_by = [("加入时间", list(SINCE.items())), *self.widget.narrowed_by]

    def offered(self):
        return [
            replace(each, keys=(self._since(each.pk), *each.keys)) for each in super().offered()
        ]

    def _since(self, key) -> tuple[str, ...]:
        joined, today = self.rows[key].joined_on, timezone.localdate()
        return tuple(days for days in SINCE if joined >= today - timedelta(days=int(days)))

    def clean(self, value):
        chosen = super().clean(value)
        if len(chosen) > MOST:
            raise ValidationError(f"一次最多 {MOST} 人，现在是 {len(chosen)} 人，请分几次打印。")
        return chosen


class CardsForm(GuidedForm):
    """What to print, and for whom."""

    paper = forms.ChoiceField(label="打印", choices=PAPERS, initial="cards")

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["volunteers"] = NewcomersField(rows=rows)
        self.lay_out(("paper",))
