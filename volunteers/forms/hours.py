"""The form of a record of service: by the clock, or by the hours that an old register knows."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from portal.days import not_future
from portal.ledgers.fields import DayField
from portal.ledgers.forms import LedgerForm
from volunteers.enums.hours import HoursState, RecordManner
from volunteers.models import HoursRule
from volunteers.models.hours import A_DAY
from volunteers.selectors.hours import day_minutes, rule_on, told_hours
from volunteers.services.hours import moment_on
from volunteers.services.hours_guards import check, check_register, check_times

AT_FIELD = {"came_at": "came", "left_at": "left", "minutes": "hours"}
OF_FILE = "旧登记册补录"


def clock_field(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        input_formats=["%H:%M", "%H:%M:%S", "%H.%M"],
        error_messages={"invalid": "请写成 9:00 这样的时间。"},
    )


def clock_of(moment):
    """The local time of day, to the minute."""
    return timezone.localtime(moment).time().replace(second=0, microsecond=0)


def at_their_fields(error: ValidationError) -> ValidationError:
    """A service's refusal at the fields by which this form asks."""
    if not hasattr(error, "error_dict"):
        return error
    return ValidationError(
        {AT_FIELD.get(name, name): errors for name, errors in error.error_dict.items()}
    )


class ServiceForm(LedgerForm):
    """Times of the day, from which the minutes follow; without times the hours are typed.

    What is typed is 事后补记: only a file says another manner, of records that count already.
    """

    from_file = False

    came = clock_field("签到时间")
    left = clock_field("签退时间")
    next_day = forms.BooleanField(label="签退在次日", required=False)
    hours = forms.DecimalField(
        label="服务时长（小时）",
        required=False,
        min_value=Decimal("0.01"),
        max_value=24,
        max_digits=4,
        decimal_places=2,
        help_text="填了签到和签退时间的不必填。",
    )
    counted = DayField(label="计入日期", required=False, validators=[not_future])
    manner = forms.ChoiceField(label="记录方式", required=False, choices=RecordManner.choices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._begin_with_stored()
        if "pause_minutes" in self.fields:
            self.fields["pause_minutes"].required = False
        if "occurred_on" in self.fields:
            self.fields["occurred_on"].required = False

    def _begin_with_stored(self):
        """What the stored record says in the words of the fields that are no columns of it; a file names
        the hours beside the times."""
        record = self.instance
        if not record.pk:
            return
        came, left = record.came_at, record.left_at
        begins = {"came": came and clock_of(came), "left": left and clock_of(left)}
        begins["next_day"] = bool(left) and timezone.localdate(left) > record.occurred_on
        begins |= {"counted": record.counted_on, "manner": record.manner}
        if record.minutes and (self.from_file or not came):
            begins["hours"] = (Decimal(record.minutes) / 60).quantize(Decimal("0.01"))
        self.initial |= begins

    def clean(self):
        data = super().clean()
        day = data["occurred_on"] = self._day(data)
        if data.get("came") is None and data.get("left") is not None:
            self.add_error("came", "有签退时间的，也要填签到时间。")
        activity, unit = data.get("activity"), self.instance.unit_id
        if activity and unit and activity.unit_id != unit:
            self.add_error("activity", "这次活动由其他单位组织，请由该单位登记服务。")
        data["pause_minutes"] = data.get("pause_minutes") or 0
        data["manner"] = self.instance.manner = self._manner(data)
        if self.from_file and data["manner"] == RecordManner.LATER:
            data["reason"] = data.get("reason") or OF_FILE
        if day and not self.errors:
            self._set_times(data, day)
        return data

    def _manner(self, data):
        if self.instance.pk:
            return self.instance.manner
        told = data.get("manner") if self.from_file and data.get("counted") else ""
        return told or RecordManner.LATER

    def _day(self, data):
        """An activity of one day says itself when it was."""
        day, activity = data.get("occurred_on"), data.get("activity")
        if day or "occurred_on" in self.errors:
            return day
        if activity and (activity.ends_on or activity.starts_on) == activity.starts_on:
            return activity.starts_on
        self.add_error("occurred_on", "请填写服务日期。")
        return None

    def _set_times(self, data, day):
        record = self.instance
        came, left = data.get("came"), data.get("left")
        kept = self.from_file and record.pk and came is None and left is None
        if not kept:
            record.came_at = self._moment(day, came, record.came_at)
            next_day = day + timedelta(days=1) if data.get("next_day") else day
            record.left_at = self._moment(next_day, left, record.left_at)
        if record.left_at is None and not kept:
            self._set_minutes(data)

    @staticmethod
    def _moment(day, at, stored):
        """The typed time on its day; the stored moment where it is the same to the minute."""
        if at is None:
            return None
        moment = moment_on(day, at)
        if stored and stored.replace(second=0, microsecond=0) == moment:
            return stored
        return moment

    def _set_minutes(self, data):
        hours, minutes = data.get("hours"), data.get("minutes")
        of_hours = (
            int((hours * 60).quantize(Decimal(1), ROUND_HALF_UP)) if hours is not None else None
        )
        if minutes is None:
            minutes = of_hours
        elif of_hours is not None and abs(of_hours - minutes) > 1:
            self.add_error("hours", f"与服务时长 {minutes} 分钟不符，请核对。")
        is_open = self.instance.pk and self.instance.state == HoursState.OPEN
        if minutes is None and not is_open:
            asked = "hours" if "hours" in self.fields else "minutes"
            self.add_error(asked, "请填写签到和签退时间，或服务时长。")
        elif minutes is not None and not 1 <= minutes <= A_DAY:
            self.add_error("hours", "一次服务不能少于 1 分钟，也不能超过 24 小时。")
        if minutes is not None and self.instance.came_at:
            self.add_error("left", "填了签到时间的，也要填签退时间；只知道时长的，两个时间都不填。")
        data["minutes"] = self.instance.minutes = minutes

    def check_record(self):
        """What the service will refuse, at the fields of this form."""
        record = self.instance
        if record.pk and record.state not in (HoursState.OPEN, HoursState.RECORDED):
            return
        try:
            check_times(record)
            record.derive()
            check(record)
        except ValidationError as error:
            self._update_errors(at_their_fields(error))
            return
        if record.state == HoursState.OPEN and record.minutes:
            record.state = HoursState.RECORDED
        super().check_record()

    def _post_clean(self):
        super()._post_clean()
        # Only a file says so: the screen shows no such field, nor 记录方式, and who sends it is not heard.
        counted = self.cleaned_data.get("counted") if self.from_file else None
        record = self.instance
        if counted and not record.pk and not self.errors:
            if counted < record.occurred_on:
                self.add_error("counted", "计入日期不能早于服务日期。")
            record.state, record.counted_on = HoursState.COUNTED, counted
            try:
                check_register(record, self.user)
            except ValidationError as error:
                self._update_errors(error)
                return
            self._warn_of_long_day()

    def _warn_of_long_day(self):
        """What a register of former times says counted; a long day is only told of."""
        record = self.instance
        day, limit = record.occurred_on, rule_on(record.unit, record.occurred_on).daily_minutes
        whole = day_minutes(record.volunteer, day) + record.minutes
        if whole > limit:
            told, most = told_hours(whole), told_hours(limit)
            self.warnings = [
                f"{record.volunteer}{day}共{told}小时，超过每日上限{most}小时，请核对。"
            ]


class ServiceFileForm(ServiceForm):
    """A register of former times: 计入日期 says that the hours were posted and counted on paper. So that no
    hours pass by those who confirm and the posting, it is taken only from who approves, or while the unit
    does not keep its hours here yet: then its whole register is brought at once."""

    from_file = True


class RuleForm(LedgerForm):
    """Stars rise; who changes a rule that already holds is told whom it touches."""

    def clean(self):
        data = super().clean()
        levels = [data.get(name) for name in ("one", "two", "three", "four", "five")]
        if all(level is not None for level in levels):
            for name, lower, higher in zip(
                ("two", "three", "four", "five"), levels, levels[1:], strict=False
            ):
                if higher <= lower:
                    self.add_error(name, "各星级的小时数应逐级提高。")
                    break
        if data.get("starts_on") and data["starts_on"] < timezone.localdate():
            newer = HoursRule.objects.kept().filter(
                ~Q(pk=self.instance.pk), unit=self.instance.unit_id,
                starts_on__gt=data["starts_on"],
            )  # fmt: skip
            if newer.exists():
                self.warnings = ["这条规则之后已有更新的规则，以更新的为准。"]
        return data


class CorrectionForm(LedgerForm):
    """Asked on behalf of a volunteer; ``wanted`` are hours, because volunteers speak of hours."""

    def clean(self):
        data = super().clean()
        service = data.get("service")
        if service and service.state == HoursState.OPEN:
            self.add_error("service", "这条记录还没有签退，不能申请更正。")
        return data


class AwardForm(LedgerForm):
    from_file = False


class AwardFileForm(AwardForm):
    """Stars of former times, whose hours were never entered one by one; who may bring them without these
    is asked by ``record_award``."""

    from_file = True
