"""Forms of reception, mediation and the echo wall: what follows from what was typed, and no numbers of
persons in words that everybody may read."""

from django import forms

from portal.ledgers.forms import NOT_CHOSEN, LedgerForm
from portal.text import parse_phone
from residents.forms import refuse_future
from servicecenter.enums.reception import ReceptionTopic


class AnsweredForm(LedgerForm):
    """An answer without its day was given on the same day; without a name, by whom ``by_default``
    names. ``answer_fields`` are the words, their day and who gave them."""

    answer_fields: tuple[str, str, str]
    by_default = ""

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        words, day, by = self.answer_fields
        if data.get(words):
            if not data.get(day) and day not in self.errors:
                data[day] = data.get("occurred_on")
            data[by] = data.get(by) or data.get(self.by_default) or self.user.name
        elif words not in self.errors and (data.get(day) or data.get(by)):
            self.add_error(words, f"请填写{self.fields[words].label}；没有的，日期和人员都不填。")
        refuse_future(self, data, day)
        return data


class OneTopic(forms.TypedChoiceField):
    """The one topic that a line of the sheet tells, as the list that a record keeps."""

    def __init__(self, **kwargs):
        choices = [("", NOT_CHOSEN), *ReceptionTopic.choices]
        super().__init__(choices=choices, coerce=lambda value: [value], empty_value=[], **kwargs)


class ReceptionForm(AnsweredForm):
    """``people`` left empty is one person: on the sheet of many a number in each empty line would
    make a record of it."""

    answer_fields = ("answer", "answered_on", "answered_by")
    by_default = "first_asked"

    def judges_alone(self):
        return True

    def __init__(self, *args, initial=None, **kwargs):
        super().__init__(*args, initial=initial, **kwargs)
        people = self.fields["people"]
        people.required = False
        people.help_text = "不填为 1；一起来的有几人填几。"
        if not self.instance.pk and "people" not in (initial or {}):
            self.initial["people"] = people.initial = None
        if self.prefix:  # one line of many: fifteen ticks would make it a page
            self.fields["topics"] = OneTopic(label=self.fields["topics"].label)
            self.fields["topics"].error_messages["required"] = "请选择咨询内容分类。"

    def clean_people(self):
        people = self.cleaned_data.get("people")
        return 1 if people is None else people

    def clean_phone(self):
        phone = self.cleaned_data.get("phone")
        return parse_phone(phone) if phone else ""

    def clean(self):
        data = super().clean()
        if data.get("resident") and data.get("visitor"):
            self.add_error("visitor", "选了居民的，来访人不必再填。")
        return data


class CountedForm(LedgerForm):
    """How many matters were raised, and how many of them are solved."""

    def judges_alone(self):
        return True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("visitors", "reached", "raised", "solved"):
            if name in self.fields:
                self.fields[name].required = False
                self.fields[name].widget.attrs["min"] = 0

    def clean(self):
        data = super().clean()
        for name in ("visitors", "reached", "raised", "solved"):
            if name in self.fields and name not in self.errors and data.get(name) is None:
                data[name] = 0
        raised, solved = data.get("raised"), data.get("solved")
        if raised is not None and solved is not None and solved > raised:
            label = self.fields["raised"].label
            self.add_error("solved", f"已解决的不能多于{label}（{raised} 件）。")
        return data


class MediationForm(LedgerForm):
    """Says at the field what a result, a signed agreement and a follow-up ask for."""

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        refuse_future(self, data, "ended_on", "signed_on", "followed_up_on")
        ended = data.get("result") not in (None, "", "running")
        if ended and not data.get("ended_on") and "ended_on" not in self.errors:
            self.add_error("ended_on", "有结果的，请填写结束日期。")
        if data.get("result") == "running" and data.get("ended_on"):
            self.add_error("ended_on", "还在进行中的不填结束日期。")
        if data.get("signed_on") and not data.get("agreement"):
            self.add_error("agreement", "签了协议的，请填写协议内容。")
        if data.get("kept") and not data.get("followed_up_on"):
            self.add_error("followed_up_on", "填了履行情况的，请填写回访日期。")
        return data


class EchoForm(AnsweredForm):
    """What is or will be public holds no number of a person."""

    answer_fields = ("reply", "replied_on", "replied_by")

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        refuse_future(self, data, "published_on")
        if data.get("published_on"):
            if not data.get("may_publish"):
                self.add_error("may_publish", "提问人没有同意公开，不能填公开日期。")
            if data.get("state") != "passed":
                self.add_error("state", "审核通过才能公开。")
        if data.get("resident") and data.get("asker"):
            self.add_error("asker", "选了居民的，提问人不必再填。")
        return data
