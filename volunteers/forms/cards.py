"""Whose cards or letters are printed, ticked on a list."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.guided import GuidedForm
from residents.people_ticks import Candidate, Chosen, RowTicks, parts_of

MOST = 80  # at once: ten sheets of cards
OFFERED = 1000
SINCE = (("30", "最近 30 天加入"), ("365", "最近一年加入"))
PAPERS = (("cards", "志愿者证（一张 A4 纸 8 张）"), ("letters", "欢迎信（每人一页）"))


class VolunteersField(forms.Field):
    """The ticked volunteers among those offered."""

    def __init__(self, rows, **kwargs):
        super().__init__(widget=RowTicks(), **kwargs)
        self.rows = {row.pk: row for row in rows}
        self.widget.offered = self.offered
        self.widget.narrowed_by = [("加入时间", SINCE)]

    def offered(self):
        today = timezone.localdate()
        several = len({row.unit_id for row in self.rows.values()}) > 1
        return [
            Candidate(
                row.pk,
                row.called,
                f"{row.called}{(row.resident or row).name_keys}{row.serial_number}".lower(),
                f"{row.serial_number} · {row.joined_on:%Y-%m-%d} 加入"
                + (f" · {row.unit.name}" if several else ""),
                (
                    tuple(
                        days
                        for days, _ in SINCE
                        if row.joined_on >= today - timedelta(days=int(days))
                    ),
                ),
            )
            for row in self.rows.values()
        ]

    def clean(self, value):
        ticked, _ = parts_of(value) if isinstance(value, Chosen) else (set(value or ()), "")
        chosen = [self.rows[key] for key in self.rows if key in ticked]
        if len(chosen) != len(ticked):
            raise ValidationError("名单已有变化，请刷新后重新勾选。")
        if not chosen:
            raise ValidationError("请勾选要打印的志愿者。")
        if len(chosen) > MOST:
            raise ValidationError(f"一次最多 {MOST} 人，现在是 {len(chosen)} 人，请分几次打印。")
        return chosen


class CardsForm(GuidedForm):
    """What to print, and for whom."""

    paper = forms.ChoiceField(label="打印", choices=PAPERS, initial="cards")

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["volunteers"] = VolunteersField(rows, label="志愿者")
        self.lay_out(("paper",))
