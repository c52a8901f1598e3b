"""接收迁入居民: the whole ID is typed, who was found is shown, and taken over when confirmed."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.generic import View

from portal.accounts.forms import UnitChoice
from portal.guided import GuidedForm, chinese_day
from portal.ledgers import ledgers
from portal.ledgers.fields import CleanCharField, DayField
from portal.ledgers.forms import recording_units
from portal.marks import needs
from portal.scope import Denied
from residents.enums import Residency
from residents.id_numbers import parse_id
from residents.takeovers import Wish, look_up, take_over

EDIT = "residents.edit"


class TakeOverForm(GuidedForm):
    unit = UnitChoice(label="接收单位", queryset=None)
    id_number = forms.CharField(
        label="证件号码",
        max_length=40,
        help_text="填写完整号码；只有号码完全一致才能找到，每次查找都有记录。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    on = DayField(label="接收日期", help_text="在本单位居住的第一天，不能晚于今天。")
    residency = forms.ChoiceField(
        label="居住状态", choices=Residency.choices, initial=Residency.LODGING
    )
    registration = forms.BooleanField(
        label="户籍一并迁入", required=False, help_text="不勾选的，户籍仍留在原来的户。"
    )
    reason = CleanCharField(label="事由", max_length=100, help_text="如：购房入住、投靠子女。")

    def __init__(self, *args, user, **kwargs):
        kwargs.setdefault("initial", {"on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        units = recording_units(user, EDIT)
        self.fields["unit"].queryset = units.select_related("parent")
        self.newcomer = None
        only = list(units[:2])
        if not only:
            raise Denied("您没有可以登记居民的单位。")
        if len(only) == 1:
            self.only = only[0]
            del self.fields["unit"]
        for field in self.fields.values():
            field.error_messages["required"] = f"请填写{field.label}。"
        self.lay_out(("id_number", "on"), ("residency", "reason"), ("registration",))

    def clean_id_number(self):
        return parse_id(None, self.cleaned_data["id_number"]).number

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day and day > timezone.localdate():
            raise ValidationError("接收日期不能晚于今天。")
        return day

    @property
    def wish(self) -> Wish:
        data = self.cleaned_data
        return Wish(
            data["id_number"],
            data.get("unit") or self.only,
            data["on"],
            data["reason"],
            data["residency"],
            data["registration"],
        )

    def sentences(self):
        wish, newcomer = self.wish, self.newcomer
        since = chinese_day(wish.on)
        registration = "户籍一并迁入。" if wish.registration else "户籍不动，原来的户保留“仅户籍”。"
        return [
            f"{newcomer.name}（现由{newcomer.former}管理）自{since}起由{wish.unit}管理。",
            f"在{newcomer.former}的在册时段和居住的户到前一天为止；{registration}",
            f"{newcomer.former}保留以前的记录，看得到姓名，看不到今后的住址和电话；接收有记录可查。",
        ]


class TakeOver(View):
    """A refused look is answered with a page, not an error: its row in the log must stay."""

    title, button = "接收迁入居民", "接收"

    def get(self, request):
        return self.show(TakeOverForm(user=request.user))

    def post(self, request):
        form = TakeOverForm(request.POST, user=request.user)
        step = request.POST.get("step", "")
        if step == "back" or not form.is_valid():
            return self.show(form)
        try:
            if step != "confirm":
                form.newcomer = look_up(form.wish, by=request.user)
                return self.show(form, confirming=True)
            newcomer = take_over(form.wish, by=request.user)
        except ValidationError as error:
            form.add_problem(error)
            return self.show(form)
        messages.success(request, f"已接收{newcomer.name}，请补填住址、网格，并归入户。")
        return redirect("ledger-edit", "residents", newcomer.pk)

    def show(self, form, *, confirming=False):
        residents = ledgers["residents"]
        context = {
            "form": form,
            "title": self.title,
            "button": self.button,
            "confirms": True,
            "confirming": confirming,
            "sentences": form.sentences() if confirming else [],
            "parent_url": residents.url(),
            "parent_title": residents.title,
            "explanation": "已在别的社区登记的人搬来时用：不必重新登记，原单位保留以前的记录。",
        }
        return render(self.request, "guided/form.html", context)


take_over_page = needs(EDIT)(TakeOver.as_view())
