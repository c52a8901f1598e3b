"""Forms of placements: the person, their logs, their own quick entry, and the steps of the appraisal."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import formfield_for, sent_id
from portal.ledgers.forms import PLAIN_MESSAGES, LedgerForm
from portal.models import RoleAssignment, User
from portal.roles import Role
from portal.scope import Denied, above, access_of
from volunteers.models import Trainee, TraineeLog
from volunteers.selectors.placements import A_LINE, room_of
from volunteers.services.placements import (
    check_confirmation,
    check_log,
    check_trainee,
    check_verdict,
)

NO_ACCOUNT = (
    "现在没有可关联的账号：请系统管理员建账号、安全管理员授予“实习人员”角色，再来这里选上。"
)


class TraineeForm(LedgerForm):
    """Staff link an account, they make none: that is the administrators'. It is one of the role 实习人员
    at the unit that is no other person's."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields.get("user")
        if field is not None:
            field.queryset = self._accounts()
            field.label_from_instance = lambda user: f"{user.name}（{user.username}）"
            if not field.queryset.exists():
                field.help_text = NO_ACCOUNT

    def _accounts(self):
        unit = self.instance.unit_id
        units = {unit} if unit else set(access_of(self.user).units(self.ledger.edit_permission))
        holding = RoleAssignment.objects.valid_on(timezone.localdate()).filter(
            role=Role.TRAINEE, unit__in=units | above(units)
        )
        taken = Trainee.objects.filter(user__isnull=False).exclude(pk=self.instance.pk)
        free = User.objects.filter(pk__in=holding.values("user"), is_active=True)
        return free.exclude(pk__in=taken.values("user")).order_by("name")

    def clean(self):
        data = super().clean()
        check_room(self)
        return data

    def check_record(self):
        try:
            check_trainee(self.instance)
            check_verdict(self.instance, self.user)
        except ValidationError as error:
            self.add_error(None, error)
            return
        except Denied as denial:
            self.add_error(None, str(denial))
            return
        super().check_record()


class TraineeLogForm(LedgerForm):
    """A day's task; one confirmed on paper is entered with the mentor's name and day."""

    of_file = False  # True: an old register may hold placements that are appraised, with their logs

    def clean(self):
        data = super().clean()
        day, mentor = data.get("confirmed_on"), data.get("confirmed_by")
        if mentor and not day and "confirmed_on" not in self.errors:
            self.add_error("confirmed_on", "写了确认人的，请填写确认日期。")
        if day and not mentor and "confirmed_by" not in self.errors:
            self.add_error("confirmed_by", "写了确认日期的，请填写确认人。")
        return data

    def check_record(self):
        try:
            check_log(self.instance, of_file=self.of_file)
            check_confirmation(self.instance, self.user)
        except ValidationError as error:
            self.add_error(None, error)
            return
        except Denied as denial:
            name = "confirmed_on" if "confirmed_on" in self.fields else None
            self.add_error(name, str(denial))
            return
        super().check_record()


# Characters for which the form on one A4 has room.
ROOM = {"own_words": 1000, "mentor_words": 500, "office_words": 300}


def check_room(form) -> None:
    """Say at the field which of the texts is too long for the paper."""
    for name, most in ROOM.items():
        length = room_of(form.cleaned_data.get(name) or "")
        if length > most and name in form.fields:
            label = form.fields[name].label
            form.add_error(
                name,
                f"{label}最多 {most} 字才印得下一页鉴定表（每次换行算 {A_LINE} 字），现在是 {length} 字。",
            )


OWN = ("occurred_on", "task", "minutes", "what")


class OwnLogForm(GuidedForm):
    """What the person did on a day, on a phone: the task is tapped, hours and minutes are typed apart."""

    hours = forms.IntegerField(
        label="小时", min_value=0, max_value=24, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": "0"}),
    )  # fmt: skip
    rest = forms.IntegerField(
        label="分钟", min_value=0, max_value=59, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": "0"}),
    )  # fmt: skip

    def __init__(self, *args, trainee, log=None, **kwargs):
        super().__init__(*args, rows=[log] if log else [], **kwargs)
        self.trainee, self.log = trainee, log
        for name in ("occurred_on", "task", "what"):
            column = TraineeLog._meta.get_field(name)
            field = self.fields[name] = formfield_for(column)
            field.help_text = ""
            field.error_messages |= PLAIN_MESSAGES
            verb = "选择" if name == "task" else "填写"
            field.error_messages["required"] = f"请{verb}{field.label}。"
        for name in ("hours", "rest"):
            self.fields[name].error_messages |= PLAIN_MESSAGES | {"invalid": "请只填数字。"}
        self.fields["task"] = forms.ChoiceField(
            label="工作类型",
            choices=TraineeLog._meta.get_field("task").choices,
            widget=forms.RadioSelect,
            error_messages={"required": "请选择工作类型。"},
        )
        first, last = trainee.starts_on, min(trainee.ends_on, timezone.localdate())
        self.fields["occurred_on"].widget.attrs |= {"min": str(first), "max": str(last)}
        self.fields["what"].widget = forms.TextInput(attrs={"maxlength": 200})
        self.initial.setdefault("occurred_on", last)
        if log:
            hours, rest = divmod(log.minutes, 60)
            self.initial |= {
                "occurred_on": log.occurred_on,
                "task": log.task,
                "what": log.what,
                "hours": hours,
                "rest": rest,
            }
        self.order_fields(["occurred_on", "task", "hours", "rest", "what"])
        self.lay_out(("occurred_on",), ("task",), ("hours", "rest"), ("what",))

    def clean(self):
        data = super().clean()
        if not {"hours", "rest"} & self.errors.keys():
            minutes = (data.get("hours") or 0) * 60 + (data.get("rest") or 0)
            if not minutes:
                self.add_error("hours", "请填写做了多长时间。")
            elif minutes > 24 * 60:
                self.add_error("hours", "一天不能超过 24 小时。")
            data["minutes"] = minutes
        return data

    def add_problem(self, error):
        """The service speaks of minutes, which are typed as hours."""
        if hasattr(error, "error_dict") and "minutes" in error.error_dict:
            told = error.update_error_dict({})
            told["hours"] = told.pop("minutes")
            error = ValidationError(told)
        super().add_problem(error)

    def filled(self) -> TraineeLog:
        """The log, stored or new, with what was typed."""
        log = self.as_loaded(self.log) if self.log else TraineeLog(unit=self.trainee.unit)
        log.trainee = self.trainee
        for name in OWN:
            setattr(log, name, self.cleaned_data[name])
        return log


class AppraisalForm(GuidedForm):
    """The fields of one step, as the record has them."""

    def __init__(self, *args, trainee, fields, optional=(), **kwargs):
        super().__init__(*args, rows=[trainee], **kwargs)
        self.names = fields
        for name in fields:
            field = self.fields[name] = formfield_for(Trainee._meta.get_field(name))
            field.required = name not in optional
            field.error_messages |= PLAIN_MESSAGES
            field.error_messages["required"] = f"请填写{field.label}。"
            field.initial = getattr(trainee, name)
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 6
        if "appraised_on" in fields:
            self.fields["appraised_on"].initial = trainee.appraised_on or timezone.localdate()

    def clean(self):
        data = super().clean()
        check_room(self)
        return data

    @property
    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.names}


class TicksForm(GuidedForm):
    """Which of the waiting logs a mentor confirms; all are ticked to begin with."""

    chosen = forms.TypedMultipleChoiceField(
        coerce=int, widget=forms.CheckboxSelectMultiple, error_messages={
            "required": "请至少勾选一条。",
            "invalid_choice": "有的日志已经确认或改动，请刷新页面后再确认。",
        },
    )  # fmt: skip

    def __init__(self, *args, logs, **kwargs):
        super().__init__(*args, rows=logs, **kwargs)
        self.logs = {log.pk: log for log in logs}
        self.fields["chosen"].choices = [(log.pk, str(log)) for log in logs]

    @property
    def shown_ticks(self) -> set[int]:
        """Those that stand ticked on the page; a refused form keeps what was chosen."""
        chosen = self["chosen"].value() or []
        return {sent_id(pk) for pk in chosen}

    @property
    def ticked(self) -> list[TraineeLog]:
        return [self.as_loaded(self.logs[pk]) for pk in self.cleaned_data["chosen"]]
