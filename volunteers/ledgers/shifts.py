"""班次 and 报名."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from portal.ledgers import Action, Column, Ledger, column, register
from portal.ledgers.columns import reader
from portal.ledgers.services import recycle
from portal.scope import Denied, access_of
from residents.ledgers.about import unit_column
from volunteers.enums.activities import ActivityState, SignUpState
from volunteers.forms.shifts import ShiftForm, SignUpForm
from volunteers.ledgers.about import activity_columns, volunteer_columns
from volunteers.ledgers.sections import ACTIVITIES
from volunteers.models import Shift, SignUp, Volunteer
from volunteers.resolving import VOLUNTEER
from volunteers.resolving_activities import ACTIVITY_OF_VOLUNTEERS, SHIFT
from volunteers.selectors.shifts import standing, told_time, with_numbers
from volunteers.selectors.volunteers import search_volunteers
from volunteers.services import shifts as service

LOOKS = {SignUpState.SIGNED: "good", SignUpState.WAITING: "warn", SignUpState.CANCELLED: "neutral"}


def at_fields(error: ValidationError, form, **names) -> ValidationError:
    """A service's refusal with the names of the form's fields; what it does not ask stands above it."""
    if not hasattr(error, "error_dict"):
        return error
    told: dict = {}
    for name, errors in error.error_dict.items():
        name = names.get(name, name)
        told.setdefault(name if name in form.fields else "__all__", []).extend(errors)
    return ValidationError(told)


def local(name: str):
    return lambda shift: timezone.localtime(getattr(shift, name))


@register
class ShiftLedger(Ledger):
    slug, title, icon, section = "shifts", "志愿班次", "clock", ACTIVITIES
    quick = False
    model = Shift
    description = (
        "每次活动的班次：几点到几点、需要几人、要什么技能；几天几班可在活动页面上一次安排。"
    )
    date, order = "activity__starts_on", ("-starts_at", "-pk")
    select_related = ("activity__type",)
    columns = (
        *activity_columns(Shift, listed=True),
        column(Shift, "name", width=14),
        Column("日期", lambda s: local("starts_at")(s).date(), field="day", sort="starts_at"),
        Column("开始", lambda s: f"{local('starts_at')(s):%H:%M}", field="begins", width=8),
        Column("结束", lambda s: f"{local('ends_at')(s):%H:%M}", field="ends", width=8),
        column(Shift, "capacity", width=10),
        Column("已报名", lambda s: s.signed, width=8, numeric=True),
        Column("候补", lambda s: s.waiting, width=8, numeric=True),
        Column("到场", lambda s: s.came, width=8, numeric=True),
        column(Shift, "skill", width=12),
        column(Shift, "place", sort="", width=18, listed=False),
        unit_column(Shift),
    )
    form_class = ShiftForm
    form_layout = (("activity", "name"), ("day", "begins", "ends"), ("capacity", "skill"), "place")
    filters = ("skill",)
    search = ("activity__title", "name", "place")
    search_hint = "活动或班次名称、地点"
    identity = ("activity", "name")
    resolvers = {"activity": ACTIVITY_OF_VOLUNTEERS}
    footer = ("volunteers.shift_places",)
    related = (("sign-ups", "shift"), ("service-records", "shift"))

    def readable(self, rows):
        return with_numbers(super().readable(rows))

    def label_of(self, record):
        return str(record)

    def hint_of(self, record):
        return f"{told_time(record)} · {record.unit}"

    def save(self, form, *, by):
        try:
            return service.store_shift(form.save(commit=False), by=by)
        except ValidationError as error:
            raise at_fields(error, form, starts_at="day") from error

    def actions(self, record, user):
        may = access_of(user).may(self.edit_permission, record.unit_id)
        if not may or record.activity.state == ActivityState.CANCELLED:
            return ()
        return (
            Action("为志愿者报名", reverse("volunteer-shift-sign-up", args=[record.pk])),
            Action("签到二维码", reverse("shift-qr", args=[record.pk])),
        )

    def check_deletable(self, record):
        people = standing().filter(shift=record).count()
        if people:
            raise Denied(f"还有 {people} 人报名这个班次，请先取消他们的报名。")
        record.carries = ("sign_ups",)  # withdrawn ones go to the bin along
        super().check_deletable(record)

    def recycle(self, record, *, version, by):
        record.carries = ("sign_ups",)
        recycle(record, version=version, by=by)

    def restore(self, record, *, by):
        record.carries = ("sign_ups",)
        super().restore(record, by=by)


@register
class SignUpLedger(Ledger):
    slug, title, icon, section = "sign-ups", "报名", "user-circle", ACTIVITIES
    quick = False
    model = SignUp
    description = "谁报名了哪个班次；满员以后的候补，有人取消时自动递补。"
    date, order = "shift__activity__starts_on", ("-signed_at", "-pk")
    select_related = ("shift__activity", "volunteer__resident")
    columns = (
        *volunteer_columns(SignUp),
        *activity_columns(SignUp, "shift.activity", "shift", listed=True),
        Column("班次", reader(SignUp, "shift.name"), field="shift", width=14),
        Column(
            "开始",
            lambda row: f"{timezone.localtime(row.shift.starts_at):%H:%M}",
            field="shift",
            width=8,
        ),
        Column(
            "状态",
            reader(SignUp, "state"),
            sort="state",
            width=10,
            look=lambda row: {"badge": LOOKS[row.state]},
        ),
        "signed_at",
        column(SignUp, "by_self", width=10),
        unit_column(SignUp),
    )
    form_class = SignUpForm
    form_layout = ("shift", "volunteer")
    filters = ("state",)
    search_hint = "活动、班次或志愿者姓名"
    identity = ("shift", "volunteer")
    resolvers = {"shift": SHIFT, "volunteer": VOLUNTEER}
    footer = ("volunteers.signed_up",)

    def found(self, rows, text):
        people = search_volunteers(Volunteer.objects.all(), text)
        named = Q(shift__activity__title__icontains=text) | Q(shift__name__icontains=text)
        return rows.filter(named | Q(volunteer__in=people))

    def save(self, form, *, by):
        row = form.save(commit=False)
        if not row._state.adding:
            return row
        try:
            made = service.sign_up(row.shift, row.volunteer, by=by)
        except ValidationError as error:
            raise at_fields(error, form) from error
        form.warnings = [made.told] if made.told else []
        return made

    def actions(self, record, user):
        may = access_of(user).may(self.edit_permission, record.unit_id)
        if not may or record.state == SignUpState.CANCELLED:
            return ()
        return (Action("取消报名", reverse("volunteer-sign-up-withdraw", args=[record.pk])),)

    def recycle(self, record, *, version, by):
        service.recycle_sign_up(record, version=version, by=by)

    def restore(self, record, *, by):
        record.validate_constraints()
        try:
            service.restore_sign_up(record, by=by)
        except ValidationError as error:
            raise Denied(f"不能恢复：{error.messages[0]}") from error
