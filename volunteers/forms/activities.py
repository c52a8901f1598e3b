"""The form of an activity: announced while its day lies ahead, entered as held where it has passed."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, formfield_for
from portal.ledgers.forms import LedgerForm
from portal.observances import check_ordinal
from residents.models import Activity
from volunteers.enums.activities import ActivityState as S
from volunteers.models import VolunteerActivity, VolunteerActivityType
from volunteers.services.activities import OF_THE_FACT, needs_telling

COUNTS = ("participants", "consultations")
ONLY_HELD = "活动举办以后再填；还没有举办的，请留空。"


def fact_field(name: str) -> forms.Field:
    """A field of the shared fact, as its own ledger asks for it."""
    field = formfield_for(Activity._meta.get_field(name))
    field.required = False
    return field


class VolunteerActivityForm(LedgerForm):
    """``held`` says of a valid form that the activity took place, ``told`` what only the fact knows.

    A day that has passed means held, unless a reason tells that it was called off; today means held where
    somebody counted who came.
    """

    held = False

    def __init__(self, *args, **kwargs):
        self.warnings = []
        super().__init__(*args, **kwargs)
        kept = Q(is_retired=False) | Q(pk=self.instance.type_id)
        self.fields["type"].queryset = VolunteerActivityType.objects.filter(kept)
        also = self.fields["also"]
        also.choices = [pair for pair in also.choices if pair[0] != "volunteers"]
        fact = self.instance.activity if self.instance.pk else None
        for name in OF_THE_FACT:
            self.fields[name] = fact_field(name)
            if fact is not None:
                self.initial[name] = getattr(fact, name)
        self.fields["participants"].help_text = ONLY_HELD
        self.fields["cancelled_for"].help_text = "没有举办的才填；填了即登记为已取消。"
        self._speak_plainly()  # of the fields added here too
        self.helper.layout = self._layout()

    @property
    def told(self) -> dict:
        return {name: self.cleaned_data.get(name) for name in OF_THE_FACT}

    def clean(self):
        data = super().clean()
        day, reason = data.get("starts_on"), data.get("cancelled_for")
        for name in ("title", "content"):
            for message in check_ordinal(data.get(name) or "", day.year) if day else ():
                self.add_error(name, message)
        if day is None:
            return data
        today = timezone.localdate()
        counted = any(data.get(name) is not None for name in COUNTS)
        if self.instance.pk and self.instance.state == S.HELD:
            self.held = True
            if reason:
                self.add_error("cancelled_for", "已举办的活动不填取消原因。")
        elif reason:
            self.instance.state = S.CANCELLED
            if counted:
                self.add_error("cancelled_for", "已取消的活动没有参加人次，请核对。")
        else:
            if self.instance.state == S.CANCELLED:
                self.add_error("cancelled_for", "这次活动已取消，请保留取消原因。")
            self.held = counted or (not self.instance.pk and day < today)
        if self.held and day > today:
            self.add_error("starts_on", "活动日期还没有到，不能登记为已举办。")
            if counted:
                self.add_error("participants", ONLY_HELD)
        return data

    def _post_clean(self):
        super()._post_clean()
        if self.instance.type_id is None or self.errors:
            return
        missing = needs_telling(self.instance)
        if self.asks_risks and not self.held and self.instance.state != S.CANCELLED:
            for name, message in missing.items():
                self.add_error(name, message)
        else:
            self.warnings += missing.values()

    asks_risks = True

    def check_record(self):
        """A held row refers to its fact, which is stored along with it."""
        if not self.held:
            super().check_record()
            return
        state, self.instance.state = self.instance.state, S.PLANNED
        fact, self.instance.activity_id = self.instance.activity_id, None
        try:
            super().check_record()
        finally:
            self.instance.state, self.instance.activity_id = state, fact


def activity_of_file(form_class):
    """An old register says neither risks nor insurance; the quality page asks for them."""
    return type("ActivityOfFile", (form_class,), {"asks_risks": False})


class ActivityStepForm(GuidedForm):
    """What a step asks: a reason for calling off, how many came when it was held."""

    def __init__(self, *args, record: VolunteerActivity, step: str, came: int, **kwargs):
        super().__init__(*args, rows=[record], **kwargs)
        if step == "hold":
            for name in COUNTS:
                self.fields[name] = fact_field(name)
            self.fields["participants"].initial = came or None
            self.fields[
                "participants"
            ].help_text = "到场的志愿者和居民一共多少人次；不清楚的可以后再补。"
            self.fields["theme_day"] = fact_field("theme_day")
            self.lay_out(COUNTS)
        if step == "cancel":
            self.fields["cancelled_for"] = CleanCharField(
                label="取消原因",
                max_length=100,
                error_messages={"required": "请填写取消原因。"},
                help_text="报名的志愿者会看到。",
            )

    @property
    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "versions"}
