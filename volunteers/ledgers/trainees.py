"""社会实践和实习: people on placement and what they did day by day."""

from django.core.exceptions import ValidationError
from django.urls import reverse

from portal import masks
from portal.errors import RuleBroken
from portal.ledgers import MORE, Action, Column, Ledger, Sheet, column, register
from portal.ledgers.columns import reader
from portal.office.ledgers.base import Spells, long, parent, plain, unit
from portal.scope import Denied, access_of
from volunteers.enums.hours import HoursState
from volunteers.forms.placements import TraineeForm, TraineeLogForm
from volunteers.ledgers.hours_columns import hours_of
from volunteers.ledgers.sections import TRAINEES
from volunteers.models import Trainee, TraineeLog
from volunteers.resolving import BY_NUMBER
from volunteers.selectors.placements import sums_of, unconfirmed
from volunteers.services import placements as services
from volunteers.services.placement_hours import service_of, settle

APPRAISAL = "自我小结、评语和鉴定"


@register
class TraineeLedger(Spells, Ledger):
    slug, title, icon, section = "trainees", "实践实习人员", "school", TRAINEES
    model = Trainee
    quick = False
    description = (
        "来社区社会实践、专业实习、就业见习的人员；本人用“实习人员”账号写日志，看不到居民资料。"
    )
    select_related = ("as_volunteer__resident", "resident", "user")
    columns = (
        column(Trainee, "name", width=14),
        "kind",
        column(Trainee, "school", width=24),
        plain(Trainee, "major", 16),
        plain(Trainee, "grade_year", 10, listed=False),
        column(Trainee, "sex", sort="", width=8, listed=False),
        plain(Trainee, "post", 18, listed=False),
        plain(Trainee, "mentors", 18),
        "starts_on",
        "ends_on",
        Column(
            "联系电话",
            lambda trainee: masks.mask_phone(trainee.phone),
            field="phone",
            width=16,
            masked=True,
            listed=False,
            sealed="phone",
        ),
        Column(
            "志愿者编号",
            reader(Trainee, "as_volunteer.serial_number"),
            field="as_volunteer",
            width=20,
            listed=False,
        ),
        long(Trainee, "own_words"),
        long(Trainee, "mentor_words"),
        long(Trainee, "office_words"),
        "grade",
        column(Trainee, "appraised_on", listed=False),
        unit(Trainee),
    )
    form_class = TraineeForm
    form_layout = (
        ("name", "kind"),
        ("school", "major"),
        ("starts_on", "ends_on"),
        ("mentors", "post"),
        ("user", "as_volunteer"),
        ("sex", "grade_year"),
        ("phone", "resident"),
        "own_words",
        "mentor_words",
        "office_words",
        ("grade", "appraised_on"),
    )
    form_folds = {"sex": MORE, "own_words": APPRAISAL}
    unmaskable = ("phone",)
    has_portrait = True
    filters = ("kind", "grade")
    search = ("name", "school", "mentors")
    search_hint = "姓名、学校或指导老师"
    identity = ("name", "school", "starts_on")
    resolvers = {"as_volunteer": BY_NUMBER}
    footer = (
        "volunteers.trainees",
        "volunteers.trainees_appraised",
        "volunteers.trainee_days",
        "volunteers.trainee_hours",
    )
    related = (("trainee-logs", "trainee"),)
    detail_template = "volunteers/trainee.html"

    def hint_of(self, record):
        return f"{record.school} · {record.starts_on} 起"

    def page(self, record, request):
        return {"sums": sums_of(record)}

    def actions(self, record, user):
        paper = Action("打印鉴定表", reverse("trainee-paper", args=[record.pk]))
        if not access_of(user).may(self.edit_permission, record.unit_id):
            return [paper]
        found = []
        if unconfirmed([record.unit_id]).filter(trainee=record).exists():
            found.append(Action("确认日志", reverse("trainee-confirm", args=[record.pk])))
        found += [
            Action(label, reverse("trainee-appraise", args=[record.pk, step]))
            for step, label in (
                ("own", "代写自我小结"),
                ("mentor", "写指导老师评语"),
                ("office", "单位鉴定"),
            )
        ]
        return [*found, paper]

    def save(self, form, *, by):
        return services.store_trainee(form.save(commit=False), by=by)

    def recycle(self, record, *, version, by):
        """The account is free again."""
        if record.user_id:
            record.user, record.version = None, version
            record.save(update_fields=["user"])
            version = record.version
        super().recycle(record, version=version, by=by)


def confirmed(log) -> str:
    return "已确认" if log.confirmed_on else "待确认"


def look(log) -> dict:
    return {"badge": "good" if log.confirmed_on else "warn"}


@register
class TraineeLogLedger(Ledger):
    slug, title, icon, section = "trainee-logs", "实践实习日志", "notebook", TRAINEES
    model = TraineeLog
    quick = False
    description = "哪天做了什么、做了多久；本人填写或代为登记，指导老师确认后计入时长。"
    select_related = ("trainee__as_volunteer",)
    columns = (
        "occurred_on",
        parent(TraineeLog, "trainee", "姓名", "name"),
        "task",
        column(TraineeLog, "minutes", width=12, numeric=True),
        Column("时长（小时）", hours_of, sort="minutes", width=12, numeric=True, listed=False),
        plain(TraineeLog, "what", 36),
        Column("状态", confirmed, sort="confirmed_on", width=10, look=look),
        column(TraineeLog, "confirmed_on", listed=False),
        column(TraineeLog, "confirmed_by", sort="", width=12, listed=False),
        column(TraineeLog, "highlight", sort="", width=10, listed=False),
        unit(TraineeLog),
    )
    form_class = TraineeLogForm
    form_layout = (
        ("trainee", "occurred_on"),
        ("task", "minutes"),
        "what",
        "highlight",
        ("confirmed_on", "confirmed_by"),
    )
    form_folds = {"confirmed_on": "指导老师已在纸上确认的"}
    sheet = Sheet(
        "实践实习日志登记表",
        common=("trainee",),
        each={"occurred_on": 14, "task": 16, "minutes": 12, "what": 40},
        margin=("指导老师签名",),
    )
    today = "occurred_on"
    kept_for_next = ("occurred_on",)
    filters = ("task",)
    search = ("trainee__name", "what", "trainee__school")
    search_hint = "姓名、学校或工作内容"
    identity = ("trainee", "occurred_on", "task", "what")
    footer = (
        "volunteers.trainee_days",
        "volunteers.trainee_hours",
        "volunteers.trainee_hours_waiting",
    )

    def actions(self, record, user):
        if not access_of(user).may(self.edit_permission, record.unit_id):
            return []
        if not record.confirmed_on:
            return [Action("确认日志", reverse("trainee-confirm", args=[record.trainee_id]))]
        return [Action("退回修改", reverse("trainee-log-reopen", args=[record.pk]))]

    def list_actions(self, user):
        if unconfirmed(access_of(user).units(self.edit_permission)).exists():
            return [Action("逐条确认日志", reverse("trainee-logs-confirm"))]
        return []

    def save(self, form, *, by):
        return services.store_log(form.save(commit=False), by=by, of_file=form.of_file)

    def form_of_file(self, form_class):
        return type("TraineeLogOfFile", (form_class,), {"of_file": True})

    def check_deletable(self, record):
        if record.trainee.appraised_on:
            raise Denied(services.APPRAISED)
        service = service_of(record)
        if service and service.deleted_at is None and service.state != HoursState.RECORDED:
            raise Denied("这条日志已计入志愿服务记录，请先在服务记录中处理，再来删除。")

    def recycle(self, record, *, version, by):
        super().recycle(record, version=version, by=by)
        settle(record, by=by)

    def restore(self, record, *, by):
        try:
            services.check_log(record)
        except ValidationError as error:
            raise RuleBroken(error.messages[0]) from error
        super().restore(record, by=by)
        settle(record, by=by)
