"""Forms of the pages of a programme."""

from django.utils import timezone

from disability.forms.candidates import Way, open_files, registered_people
from portal.guided import GuidedForm
from portal.ledgers.fields import DayField
from residents.people_ticks import TickedPeopleField


class EnrolManyForm(GuidedForm):
    """Whom a programme takes in from one day."""

    starts_on = DayField(label="入托日期")

    def __init__(self, *args, programme, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.programme = programme
        admitted = Way("收托条件", [("yes", "符合年龄和残疾类别")], lambda: self._admitted(user))
        self.fields["people"] = TickedPeopleField(
            user=user, label="入托人员", **registered_people(user, admitted)
        )
        self.fields["starts_on"].initial = timezone.localdate()
        for field in self.fields.values():
            field.error_messages["required"] = f"请填写{field.label}。"
        self.lay_out(("starts_on",), ("people",))

    def _admitted(self, user):
        """Of those registered, whom the programme's rules admit today."""
        programme, today = self.programme, timezone.localdate()
        return {
            file.resident_id: ["yes"]
            for file in open_files(user)
            if not programme.refusal_of_age(file.resident, today)
            and programme.admits({code[0] for code in file.components})
        }

    def clean(self):
        data = super().clean()
        programme, day = self.programme, data.get("starts_on")
        if day and day < programme.starts_on:
            self.add_error("starts_on", f"{programme.name}{programme.starts_on}才开办。")
        elif day and programme.ends_on and day > programme.ends_on:
            self.add_error("starts_on", f"{programme.name}已于{programme.ends_on}停办。")
        return data

    def sentences(self):
        people = self.cleaned_data["people"]
        names = "、".join(person.name for person in people)
        day = self.cleaned_data["starts_on"]
        return [f"{len(people)} 人从 {day:%Y-%m-%d} 起入托{self.programme.name}：{names}。"]
