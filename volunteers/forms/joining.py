"""志愿者申请: what somebody who wants to become a volunteer fills in, without signing in."""

from django import forms
from django.utils import timezone

from portal.intake.forms import IntakeForm
from portal.ledgers.fields import ChoicesField, CleanCharField, DayField
from portal.text import clean_name, parse_phone
from residents.ages import age_on
from residents.enums import Sex
from residents.id_numbers import IdKind, parse_id
from volunteers.enums.volunteers import FreeTime, Intention, Skill
from volunteers.models.volunteers import OF_AGE, YOUNGEST
from volunteers.services.volunteers import too_young

KINDS = [choice for choice in IdKind.choices if choice[0] != IdKind.NONE]
PHONE = {"autocomplete": "tel", "inputmode": "tel"}
GUARDIAN = {
    "guardian_name": "请填写监护人的姓名。",
    "guardian_phone": "请填写能联系到监护人的电话。",
    "guardian_agrees": "未满 18 周岁须经监护人同意，请监护人看过后勾选。",
}
UNDER_AGE = "未满 18 周岁的填写"


class JoinForm(IntakeForm):
    """Who is not fourteen is refused at once; who is not of age names the guardian, who agrees."""

    name = CleanCharField(
        label="姓名",
        max_length=50,
        error_messages={"required": "请填写姓名。"},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    id_kind = forms.ChoiceField(label="证件类型", choices=KINDS)
    id_number = CleanCharField(
        label="证件号码",
        max_length=30,
        error_messages={"required": "请填写证件号码。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    born_on = DayField(
        label="出生日期", required=False, help_text="用居民身份证的不必填，从号码中得出。"
    )
    sex = forms.TypedChoiceField(
        label="性别",
        choices=[("", "用居民身份证的不必选"), (Sex.MALE, "男"), (Sex.FEMALE, "女")],
        coerce=int,
        empty_value=None,
        required=False,
    )
    phone = forms.CharField(
        label="联系电话",
        max_length=40,
        error_messages={"required": "请填写能联系到您的电话。"},
        widget=forms.TextInput(attrs=PHONE),
    )
    area = CleanCharField(
        label="居住区域", max_length=80, required=False, help_text="如小区、村组，不必写门牌号。"
    )
    skills = ChoicesField(label="服务技能", choices=Skill.choices, required=False)
    intentions = ChoicesField(label="想参加的服务", choices=Intention.choices, required=False)
    free_times = ChoicesField(label="有空的时间", choices=FreeTime.choices, required=False)
    profession = CleanCharField(
        label="职业和资格", max_length=60, required=False, help_text="如执业护士、律师。"
    )
    guardian_name = CleanCharField(
        label="监护人姓名", max_length=50, required=False, help_text=UNDER_AGE
    )
    guardian_phone = forms.CharField(
        label="监护人电话",
        max_length=40,
        required=False,
        help_text=UNDER_AGE,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    guardian_agrees = forms.BooleanField(
        label="监护人同意孩子参加志愿服务（未满 18 周岁的由监护人勾选）", required=False
    )
    may_publish = forms.BooleanField(label="同意公开我的姓名（如表扬、时长公示）", required=False)

    def clean(self):
        data = super().clean()
        if data.get("name"):
            self.judge("name", clean_name)
        if data.get("phone"):
            self.judge("phone", parse_phone)
        if data.get("id_kind") and data.get("id_number"):
            self._judge_number(data)
        if "id_number" not in self.errors:
            self._judge_age(data)
        return data

    def _judge_number(self, data):
        def check(text):
            self.number = parse_id(data["id_kind"], text)
            return self.number.number

        self.judge("id_number", check)
        if "id_number" in self.errors:
            return
        for name, told, missing in (
            ("born_on", self.number.birth, "请填写出生日期。"),
            ("sex", self.number.sex, "请选择性别。"),
        ):
            if told is not None:
                data[name] = told
                self.errors.pop(name, None)
            elif not data.get(name) and name not in self.errors:
                self.add_error(name, missing)

    def _judge_age(self, data):
        today = timezone.localdate()
        born = data.get("born_on")
        if born is None:
            return
        if born > today:
            self.add_error("born_on", "出生日期不能晚于今天。")
            return
        age = age_on(born, today)
        if age < YOUNGEST:
            self.add_error(
                None, f"{too_young(born, today)}欢迎到时再来，也可以随家长参加亲子活动。"
            )
        elif age < OF_AGE:
            for name, message in GUARDIAN.items():
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, message)
            for name, check in (("guardian_name", clean_name), ("guardian_phone", parse_phone)):
                if data.get(name):
                    self.judge(name, check)
        else:
            data |= {"guardian_name": "", "guardian_phone": "", "guardian_agrees": False}

    @property
    def values(self) -> dict:
        """The columns of the application."""
        apart = {"website"}
        return {name: self.cleaned_data[name] for name in self.fields if name not in apart}
