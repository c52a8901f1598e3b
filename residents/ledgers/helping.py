"""The ledgers of the shared services: posts and who was told of them, diaries, consultations, problems."""

from django.urls import reverse

from portal.ledgers import MORE, Action, Column, Ledger, column, register
from portal.ledgers.columns import reader
from portal.scope import access_of
from residents.ledgers.about import AboutResident, person_columns, problem_action, unit_column
from residents.models import Consultation, Diary, DiaryContact, JobInfo, JobPush, Problem
from residents.resolving import ACTIVITY, JOB_INFO, OPTIONAL_RESIDENT, RESIDENT
from residents.service_forms import DiaryForm, ProblemForm
from residents.services import save_diary
from residents.workflow import PROBLEM


@register
class JobInfoLedger(Ledger):
    slug, title, icon = "job-infos", "招聘信息", "building"
    quick = False
    model = JobInfo
    description = "用人单位要招的岗位；打开一条，可一次推送给多位居民。"
    columns = (
        "occurred_on",
        column(JobInfo, "employer", width=24),
        column(JobInfo, "post", width=18),
        "wanted",
        column(JobInfo, "pay", sort="", width=18),
        column(JobInfo, "requirements", sort="", width=28, listed=False),
        column(JobInfo, "place", sort="", listed=False),
        column(JobInfo, "contact", sort="", listed=False),
        "disabled_friendly",
        "valid_until",
        column(JobInfo, "source", sort="", listed=False),
        column(JobInfo, "domains", width=16),
        unit_column(JobInfo),
    )
    form_layout = (
        ("employer", "post"),
        ("wanted", "pay", "disabled_friendly"),
        ("occurred_on", "valid_until"),
        "requirements",
        ("place", "contact"),
        "source",
        "domains",
    )
    form_folds = {"place": MORE}
    today = "occurred_on"
    preset = {"domains": ["residents"]}
    filters = ("disabled_friendly", "domains")
    search = ("employer", "post", "requirements")
    search_hint = "用人单位、岗位"
    identity = ("employer", "post", "occurred_on")
    related = (("job-pushes", "info"),)
    footer = ("jobs.infos", "jobs.wanted")

    def actions(self, record, user):
        if not access_of(user).may(self.edit_permission, record.unit_id):
            return []
        url = reverse("job-push", args=[record.pk])
        return [Action("推送给居民", url)]


@register
class JobPushLedger(AboutResident):
    slug, title, icon = "job-pushes", "岗位推送", "speakerphone"
    quick = False
    model = JobPush
    description = "把岗位告诉了谁，结果怎样；要一次推送给多人，请从招聘信息中推送。"
    select_related = ("resident", "info")
    columns = (
        "occurred_on",
        Column("用人单位", reader(JobPush, "info.employer"), field="info", width=22),
        Column("岗位", reader(JobPush, "info.post"), field="info", width=16),
        *person_columns(JobPush),
        "mode",
        column(JobPush, "pusher", sort="", listed=False),
        "result",
        "followed_up_on",
        "hired_on",
        column(JobPush, "note", sort="", width=20, listed=False),
        unit_column(JobPush),
    )
    form_layout = (
        ("info", "resident"),
        ("occurred_on", "mode", "pusher"),
        ("result", "followed_up_on", "hired_on"),
        "note",
    )
    own_name, today = "pusher", "occurred_on"
    filters = ("mode", "result")
    identity = ("info", "resident", "occurred_on")
    resolvers = {"resident": RESIDENT, "info": JOB_INFO}
    footer = ("jobs.pushes", "jobs.persons", "jobs.hired")


@register
class DiaryLedger(Ledger):
    slug, title, icon = "diaries", "民情日记", "notebook"
    model = Diary
    description = "下到居民中听到什么、怎么办的；发现问题可直接转为问题事项。"
    columns = (
        "occurred_on",
        column(Diary, "author", sort="author"),
        column(Diary, "place", sort="", width=20),
        column(Diary, "met", sort="", width=20, listed=False),
        column(Diary, "heard", sort="", width=40),
        column(Diary, "done", sort="", width=30),
        column(Diary, "domains", width=16),
        column(Diary, "highlight", sort="", width=10, listed=False),
        unit_column(Diary),
    )
    form_class = DiaryForm
    form_layout = (
        ("occurred_on", "author", "place"),
        *("people", "met", "heard", "done"),
        *("domains", "highlight"),
    )
    form_folds = {"domains": MORE}
    kept_for_next = ("occurred_on",)
    own_name, today = "author", "occurred_on"
    preset = {"domains": ["residents"]}
    filters = ("domains",)
    search = ("author", "place", "heard", "done")
    identity = ("author", "occurred_on", "place")
    related = (("diary-contacts", "diary"), ("problems", "diary"))
    footer = ("diaries.pages", "diaries.persons")

    def save(self, form, *, by):
        diary = form.save(commit=False)
        if diary._state.adding:
            diary.recorded_by = by
        return save_diary(diary, form.cleaned_data.get("people") or [], by=by)

    def actions(self, record, user):
        return problem_action(record, user, "diary")


@register
class DiaryContactLedger(AboutResident):
    slug, title, icon = "diary-contacts", "日记见面", "notebook"
    model = DiaryContact
    in_menu = False
    description = "民情日记中见到的居民；在日记中填写。"
    select_related = ("resident", "diary")
    columns = (
        "occurred_on",
        *person_columns(DiaryContact),
        Column("记录人", reader(DiaryContact, "diary.author"), width=12),
        Column("听到的情况", reader(DiaryContact, "diary.heard"), width=40),
    )
    form_layout = (("diary", "resident"), "occurred_on")
    identity = ("diary", "resident")


@register
class ConsultationLedger(AboutResident):
    slug, title, icon = "consultations", "健康咨询", "stethoscope"
    quick = False
    model = Consultation
    description = "义诊和健康咨询；测量值、症状和诊断加密保存。"
    select_related = ("resident", "activity")
    columns = (
        "occurred_on",
        *person_columns(Consultation),
        "topic",
        column(Consultation, "consultant", sort=""),
        Column(
            "义诊活动",
            reader(Consultation, "activity.title"),
            field="activity",
            width=24,
            listed=False,
        ),
        column(Consultation, "advice", sort="", width=30),
        column(Consultation, "referral", sort=""),
        column(Consultation, "domains", width=16),
        unit_column(Consultation),
    )
    form_layout = (
        ("resident", "occurred_on"),
        ("topic", "consultant"),
        ("measured", "referral"),
        "advice",
        *("findings", "activity", "domains"),
    )
    form_folds = {"findings": MORE}
    kept_for_next = ("occurred_on",)
    today = "occurred_on"
    preset = {"domains": ["residents"]}
    filters = ("topic", "domains")
    identity = ("resident", "occurred_on", "topic")
    resolvers = {"resident": RESIDENT, "activity": ACTIVITY}
    related = (("problems", "consultation"),)
    unmaskable = ("measured", "findings")
    footer = ("consultations.person_times", "consultations.persons")

    def actions(self, record, user):
        return problem_action(record, user, "consultation")


@register
class ProblemLedger(AboutResident):
    slug, title, icon = "problems", "问题事项", "alert-circle"
    model = Problem
    description = "发现或反映的问题：谁办、何时办完、结果和答复。"
    select_related = ("resident",)
    columns = (
        "occurred_on",
        column(Problem, "title", sort="", width=26),
        "kind",
        "source",
        *person_columns(Problem),
        column(Problem, "raiser", sort="", listed=False),
        column(Problem, "content", sort="", width=36, listed=False),
        column(Problem, "owner", sort="owner"),
        "due_on",
        "state",
        column(Problem, "handed_to", sort="", listed=False),
        "closed_on",
        column(Problem, "result", sort="", width=30, listed=False),
        column(Problem, "replied_on", listed=False),
        column(Problem, "domains", width=16),
        unit_column(Problem),
    )
    form_class = ProblemForm
    form_layout = (
        ("title", "kind"),
        ("occurred_on", "source"),
        ("resident", "raiser"),
        "content",
        ("owner", "due_on"),
        ("state", "handed_to"),
        ("closed_on", "replied_on"),
        "result",
        ("visit", "diary", "consultation"),
        "grid",
        "domains",
        "highlight",
    )
    form_folds = {"state": MORE}
    today = "occurred_on"
    preset = {"domains": ["residents"], "state": "open"}
    workflow = PROBLEM
    filters = ("state", "kind", "source", "domains")
    search = ("title", "content", "raiser", "owner")
    search_hint = "问题、反映人、责任人，或居民姓名"
    identity = ("title", "occurred_on", "resident")
    resolvers = {"resident": OPTIONAL_RESIDENT}
    footer = ("problems.raised", "problems.solved", "problems.solved_rate", "problems.pending")

    def found(self, rows, text):
        return Ledger.found(self, rows, text) | super().found(rows, text)
