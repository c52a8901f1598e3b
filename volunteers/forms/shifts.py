"""Forms of shifts and sign-ups."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django import forms
from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, ClockField, DayField
from portal.ledgers.forms import LedgerForm
from volunteers.enums.volunteers import Skill
from volunteers.forms.ticks import VolunteersField
from volunteers.models import Shift, VolunteerActivity
from volunteers.selectors.shifts import signable, told_time

SLOTS = 6
MOST = 60


def moments(day: date, begins: time, ends: time) -> tuple[datetime, datetime]:
    """From when to when; a shift that ends before it begins ends on the next day."""
    last = day if ends > begins else day + timedelta(days=1)
    return tuple(
        timezone.make_aware(datetime.combine(*each)) for each in ((day, begins), (last, ends))
    )


class ShiftForm(LedgerForm):
    """Day and times; without a day it is the activity's own."""

    day = DayField(label="日期", required=False, help_text="不填则与活动日期相同。")
    begins = ClockField(label="开始", help_text="如 9:00。")
    ends = ClockField(label="结束", help_text="早于开始的，算到第二天。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            begins, ends = map(timezone.localtime, (self.instance.starts_at, self.instance.ends_at))
            self.initial |= {"day": begins.date(), "begins": begins.time(), "ends": ends.time()}

    def clean(self):
        data = super().clean()
        activity, begins, ends = (data.get(name) for name in ("activity", "begins", "ends"))
        if activity is None or begins is None or ends is None or "day" in self.errors:
            return data
        if begins == ends:
            self.add_error("ends", "结束时间应晚于开始时间。")
            return data
        data["day"] = data.get("day") or activity.starts_on
        self.instance.starts_at, self.instance.ends_at = moments(data["day"], begins, ends)
        same = Shift.objects.kept().filter(activity=activity, name=data.get("name") or "")
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", "这次活动已有同名的班次，请写不同的名称，如“上午班”。")
        return data


class SignUpForm(LedgerForm):
    """Who signs up for which shift; the rules are the service's, asked when it is stored."""


class ShiftsForm(GuidedForm):
    """Several shifts of an activity at once: every chosen day with each of the times."""

    capacity = forms.IntegerField(
        label="每班需要人数",
        min_value=1,
        max_value=999,
        error_messages={"required": "请填写每班需要人数。"},
    )
    skill = forms.ChoiceField(
        label="需要的技能", required=False, choices=[("", "（不要求）"), *Skill.choices]
    )
    place = CleanCharField(label="集合地点", required=False, max_length=80)

    def __init__(self, *args, activity: VolunteerActivity, **kwargs):
        super().__init__(*args, **kwargs)
        self.activity = activity
        days = self._days()
        self.fields["days"] = forms.MultipleChoiceField(
            label="日期",
            choices=[(f"{day}", f"{day}") for day in days],
            initial=[f"{day}" for day in days],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "请选择日期。"},
        )
        self.fields["place"].initial = activity.place
        for n in range(1, SLOTS + 1):
            self.fields[f"name{n}"] = CleanCharField(
                label=f"班次{n}", required=False, max_length=20
            )
            self.fields[f"begins{n}"] = ClockField(label="开始", required=False)
            self.fields[f"ends{n}"] = ClockField(label="结束", required=False)
        self.fields["name1"].initial, self.fields["name2"].initial = "上午班", "下午班"
        times = (f"name{n} begins{n} ends{n}".split() for n in range(1, SLOTS + 1))
        self.lay_out(("days",), *map(tuple, times), ("capacity", "skill"), ("place",))

    def _days(self) -> list[date]:
        first = self.activity.starts_on
        last = self.activity.ends_on or first
        return [first + timedelta(days=n) for n in range(min((last - first).days + 1, MOST))]

    def clean(self):
        data = super().clean()
        slots = []
        for n in range(1, SLOTS + 1):
            begins, ends = data.get(f"begins{n}"), data.get(f"ends{n}")
            if {f"begins{n}", f"ends{n}"} & set(self.errors):
                continue
            if (begins is None) != (ends is None):
                self.add_error(f"begins{n}", "开始和结束要一起填。")
            elif begins is not None:
                if begins == ends:
                    self.add_error(f"ends{n}", "结束时间应晚于开始时间。")
                slots.append((data.get(f"name{n}") or f"第{n}班", begins, ends))
        if not slots and not self.errors:
            self.add_error("begins1", "请至少填写一个班次的开始和结束时间。")
        if len({name for name, *_ in slots}) < len(slots):
            self.add_error("name1", "班次名称不能重复。")
        self.slots = slots
        return data

    @property
    def shifts(self) -> list[Shift]:
        """The shifts that a valid form describes, unsaved."""
        data, made = self.cleaned_data, []
        several = len(data["days"]) > 1
        for text in sorted(data["days"]):
            day = date.fromisoformat(text)
            for name, begins, ends in self.slots:
                starts_at, ends_at = moments(day, begins, ends)
                made.append(
                    Shift(
                        unit=self.activity.unit,
                        activity=self.activity,
                        name=f"{day.month}月{day.day}日{name}" if several else name,
                        starts_at=starts_at,
                        ends_at=ends_at,
                        capacity=data["capacity"],
                        skill=data["skill"],
                        place=data["place"],
                    )
                )
        return made

    def sentences(self):
        return [
            f"{each.name}：{told_time(each)}，需要 {each.capacity} 人。" for each in self.shifts
        ]


class SignUpPeopleField(VolunteersField):
    """Those free at the shift's time; who has the skill that it asks for stands first, and is marked."""

    def __init__(self, *, shift: Shift, **kwargs):
        self.skill, self.skill_label = shift.skill, shift.get_skill_display()
        super().__init__(rows=signable(shift), **kwargs)

    def offered(self):
        found = super().offered()
        if not self.skill:
            return found
        marked = [
            replace(each, hint=f"{each.hint} · 有{self.skill_label}技能")
            if self.skill in self.rows[each.pk].skills
            else each
            for each in found
        ]
        return sorted(marked, key=lambda each: self.skill not in self.rows[each.pk].skills)


class SignUpManyForm(GuidedForm):
    """The volunteers whom the leader signs up for a shift."""

    def __init__(self, *args, shift: Shift, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"] = SignUpPeopleField(shift=shift)
