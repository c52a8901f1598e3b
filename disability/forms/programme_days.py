"""Forms of what happens in a programme day by day: within an enrolment, and within the programme."""

from disability.enums.programmes import AttendanceMark
from disability.forms.people import PersonForm
from disability.forms.programmes import ApartForm, OfProgramme, enrolment_on
from disability.models import Attendance
from portal.ledgers.fields import ClockField


class EnrolledForm(OfProgramme, PersonForm):
    """A record of one day of an enrolled person. Who named the person and programme of an earlier or
    later enrolment means the one that the day lies in."""

    def judges_alone(self):
        enrolment, day = self.cleaned_data.get("enrolment"), self.cleaned_data.get("occurred_on")
        return self._meant == enrolment or enrolment is None or day is None

    _meant = None

    def programme_of(self, data):
        return data["enrolment"].programme if data.get("enrolment") else None

    def clean(self):
        data = super().clean()
        enrolment, day = data.get("enrolment"), data.get("occurred_on")
        self._meant = enrolment
        if enrolment and day:
            meant = enrolment_on(enrolment, day)
            if meant is None:
                name, programme = enrolment.resident.name, enrolment.programme.name
                self.add_error("occurred_on", f"{name}这一天不在{programme}的入托期间。")
            else:
                data["enrolment"] = meant
        return data


class TimetableForm(OfProgramme, ApartForm):
    """A lesson of the programme, of one of its own groups or of all."""

    begins = ClockField(label="开始时间", help_text="如 9:00。")
    ends = ClockField(label="结束时间", help_text="如 10:30。")

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        begins, ends = data.get("begins"), data.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", "结束时间要晚于开始时间。")
        refuse_foreign_group(self, data)
        programme = data.get("programme")
        self.refuse_before(data, "starts_on", programme)
        if programme and data.get("weekday") and data["weekday"] not in programme.weekdays:
            self.add_error("weekday", f"{programme.name}这一天不开放。")
        return data


class SessionForm(OfProgramme, PersonForm):
    """A lesson of the timetable brings its topic, kind, group and minutes along."""

    days = ("occurred_on",)
    FROM_SLOT = {"title": "topic", "kind": "kind", "group": "group", "minutes": "minutes"}

    def __init__(self, *args, **kwargs):
        self.warnings = []
        super().__init__(*args, **kwargs)
        for name in ("title", "kind"):
            self.fields[name].required = False
        slot = self._slot_asked()
        if slot is not None:
            for name, source in {**self.FROM_SLOT, "teacher": "teacher"}.items():
                value = getattr(slot, source)
                self.initial.setdefault(name, getattr(value, "pk", value))

    def _slot_asked(self):
        """The lesson that the address names, for a new record."""
        asked = self.initial.get("slot")
        if self.instance.pk or not asked:
            return None
        text = str(getattr(asked, "pk", asked))
        rows = self.fields["slot"].ledger.queryset(self.user)
        return rows.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 19 else None

    def judges_alone(self):
        """Without a count the day's attendance is looked up."""
        return self.cleaned_data.get("people") is not None

    def clean(self):
        data = super().clean()
        slot, programme = data.get("slot"), data.get("programme")
        if slot is not None:
            self._take_from(slot, data)
        for name, label in (("title", "填写活动内容"), ("kind", "选择活动类型")):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, f"请{label}。")
        refuse_foreign_group(self, data)
        self.refuse_before(data, "occurred_on", programme)
        uncounted = data.get("people") is None and "people" not in self.errors
        if programme and data.get("occurred_on") and uncounted:
            self._count_people(programme, data)
        return data

    def _take_from(self, slot, data):
        if data.get("programme") and slot.programme_id != data["programme"].pk:
            self.add_error("slot", f"这节课不是{data['programme'].name}的。")
            return
        day = data.get("occurred_on")
        if day and str(day.isoweekday()) != slot.weekday:
            self.add_error("occurred_on", f"这节课在{slot.get_weekday_display()}，请核对日期。")
        for name, source in self.FROM_SLOT.items():
            if data.get(name) in (None, "") and name not in self.errors:
                data[name] = getattr(slot, source)

    def _count_people(self, programme, data):
        """Those present that day; of a group's session, its members among them."""
        present = Attendance.objects.kept().filter(
            enrolment__programme=programme,
            occurred_on=data["occurred_on"],
            mark=AttendanceMark.PRESENT,
        )
        if data.get("group"):
            members = data["group"].memberships.in_force(data["occurred_on"])
            present = present.filter(enrolment__in=members.values("enrolment"))
        if people := present.count():
            data["people"] = people
        else:
            self.warnings.append("当天还没有点名，参加人数空着，请补填。")


def refuse_foreign_group(form, data) -> None:
    """The group belongs to the programme."""
    group, programme = data.get("group"), data.get("programme")
    if group and programme and group.programme_id != programme.pk:
        form.add_error("group", f"{group.name}不是{programme.name}的小组。")
