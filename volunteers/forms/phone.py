"""签到 on the phone: a volunteer came to a shift at a moment."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import RecordField
from portal.ledgers.registry import ledgers
from portal.offline.forms import ListedPicker
from portal.offline.times import AHEAD
from portal.scope import access_of
from volunteers.models import Shift
from volunteers.selectors.shifts import close_at_hand, volunteers_at_hand
from volunteers.workflow import EDIT

BACK, ON = timedelta(days=1), timedelta(days=2)  # the shifts that a page names which is used later


class CheckInForm(GuidedForm):
    """A moment left empty is now; one of a phone that is a little fast too."""

    shift = forms.ModelChoiceField(
        Shift.objects.none(),
        label="班次",
        empty_label="请选择班次",
        error_messages={
            "required": "请选择班次。",
            "invalid_choice": "没有找到这个班次，可能已取消，或不在您的工作范围内。",
        },
    )
    came_at = forms.DateTimeField(
        label="签到时间",
        required=False,
        help_text="不填的，按保存的时刻。",
        widget=forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M",
            attrs={"type": "datetime-local", "data-now": "", "data-tell": ""},
        ),
        error_messages={"invalid": "请填写正确的日期和时间。"},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = access_of(user).units(EDIT)
        shifts = Shift.objects.kept().filter(unit__in=units)
        self.fields["shift"].queryset = shifts.select_related("activity", "unit")
        field = RecordField(ledger=ledgers["volunteers"], user=user, label="志愿者")
        self.fields["volunteer"] = field
        near = self._near(units)
        if not self.is_bound:
            self.fields["shift"].queryset = near
        field.widget = ListedPicker(lambda: volunteers_at_hand(units, near), field)
        self.fields["shift"].widget.attrs["data-tell"] = ""
        self.lay_out(("shift",), ("volunteer",), ("came_at",))

    def _near(self, units):
        today = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
        return close_at_hand(units, today - BACK, today + ON)

    def clean_came_at(self):
        now = timezone.now()
        came = self.cleaned_data["came_at"] or now
        return now if now < came <= now + AHEAD else came
