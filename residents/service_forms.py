"""Forms of the shared services: diaries with the people met, problem items, telling people of a post."""

from django import forms
from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, DayField
from portal.ledgers.forms import LedgerForm
from residents.enums import ProblemSource, PushMode
from residents.forms import refuse_future
from residents.people_field import PeopleField

FOUND_IN = {
    "visit": ProblemSource.VISIT,
    "diary": ProblemSource.DIARY,
    "consultation": ProblemSource.CONSULTATION,
}


class DiaryForm(LedgerForm):
    """``people`` are the residents met; they are stored beside the diary."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"] = PeopleField(user=self.user, label="见到的居民", required=False)
        if self.instance.pk:
            contacts = self.instance.contacts.kept().select_related("resident").order_by("pk")
            self.fields["people"].initial = "\n".join(told(c.resident) for c in contacts)
        self.helper.layout = self._layout()


def told(person) -> str:
    """How a person is written so that the box finds them again."""
    return f"{person.name} {person.id_number[-4:]}" if person.id_number else person.name


class ProblemForm(LedgerForm):
    """Begun from a visit, diary or consultation, the form already says what that record knows."""

    def __init__(self, *args, initial=None, **kwargs):
        super().__init__(*args, initial=initial, **kwargs)
        for name, source in FOUND_IN.items():
            field = self.fields.get(name)
            if field is None or self.instance.pk or not self.initial.get(name):
                continue
            record = field.ledger.queryset(self.user).filter(pk=_key(self.initial[name])).first()
            if record is not None:
                self._begin_from(record, source)

    def _begin_from(self, record, source):
        known = {
            "source": source,
            "resident": getattr(record, "resident_id", None),
            "raiser": getattr(getattr(record, "resident", None), "name", ""),
            "content": getattr(record, "content", "") or getattr(record, "heard", ""),
            "title": getattr(record, "follow_up", "")[:60],
            "domains": record.domains,
        }
        for name, value in known.items():
            if value and name in self.fields and (name == "domains" or not self.initial.get(name)):
                self.initial[name] = value

    def clean(self):
        data = super().clean()
        for name, source in FOUND_IN.items():
            if data.get(name):
                data["source"] = source
        return data


def _key(value) -> int:
    text = str(getattr(value, "pk", value))
    return int(text) if text.isdecimal() and len(text) < 19 else 0


class PushForm(GuidedForm):
    """Whom a post was told, in one go."""

    people = PeopleField(user=None, label="推送给谁")
    occurred_on = DayField(label="推送日期")
    mode = forms.ChoiceField(label="推送方式", choices=PushMode.choices)
    pusher = CleanCharField(label="推送人", max_length=50)

    def __init__(self, *args, info, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.info = info
        self.fields["people"].user = user
        self.fields["occurred_on"].initial = timezone.localdate()
        self.fields["pusher"].initial = user.name
        for field in self.fields.values():
            field.error_messages["required"] = f"请填写{field.label}。"
        self.lay_out(("people",), ("occurred_on", "mode", "pusher"))

    def clean(self):
        data = super().clean()
        refuse_future(self, data, "occurred_on")
        if data.get("occurred_on") and data["occurred_on"] < self.info.occurred_on:
            self.add_error("occurred_on", "推送日期不能早于收到信息的日期。")
        return data

    def sentences(self):
        people = self.cleaned_data["people"]
        names = "、".join(person.name for person in people)
        mode = dict(PushMode.choices)[self.cleaned_data["mode"]]
        return [
            f"登记 {self.cleaned_data['occurred_on']:%Y-%m-%d} 以“{mode}”方式推送给 {len(people)} 人：{names}。",
            "结果先记为“待回复”，回访后逐条填写。",
        ]
