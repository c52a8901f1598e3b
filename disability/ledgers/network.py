"""The network: bodies, groups, posts, workers and their trainings; plans, campaigns and papers.

Most of it is the share of disability work in the office's own facts (ADR 9)."""

from disability.forms.network import AttendanceForm, WorkerForm
from disability.ledgers.shared import MANAGEMENT, OurFact
from disability.models import ProviderService, RehabWorker, WorkerAttendance
from portal.ledgers import MORE, Column, Ledger, Sheet, column, register
from portal.ledgers.columns import reader
from portal.ledgers.shares import part_of, with_tags_last
from portal.office.ledgers.base import Spells, parent, unit
from portal.office.ledgers.organisation import (
    GroupMemberLedger,
    LeadingGroupLedger,
    PostHolderLedger,
    PostLedger,
)
from portal.office.ledgers.papers import IncomingDocumentLedger, PolicyDocumentLedger
from portal.office.ledgers.plans import (
    CampaignIndicatorLedger,
    CampaignLedger,
    IndicatorProgressLedger,
    ScheduledEventLedger,
    WorkPlanLedger,
    WorkTaskLedger,
)
from portal.office.ledgers.publicity import AgreementLedger, PartnerLedger
from residents.resolving import ACTIVITY

SECTION = OurFact.section


# --- bodies -----------------------------------------------------------------------------------


@register
class BodyLedger(OurFact, PartnerLedger):
    slug, title, icon = "rehabilitation-bodies", "康复机构", "building"
    description = "为残疾人服务的医院、卫生服务中心、社会组织等；与“共建单位”是同一份记录。"
    form_layout = with_tags_last(PartnerLedger.form_layout)
    form_folds = {"domains": MORE}
    filters = ("kind",)
    footer = ("disability.bodies", "disability.serving_bodies")
    related = (
        ("provider-services", "provider"),
        ("disability-agreements", "partner"),
        ("rehab-workers", "provider"),
    )


@register
class ProviderServiceLedger(Spells, Ledger):
    slug, title, icon = "provider-services", "机构服务内容", "clipboard-list"
    section, quick = SECTION, False
    model = ProviderService
    description = "每家康复机构从哪天起提供哪些服务；内容有变的，给旧的填停止日期，再登记新的。"
    select_related = ("provider",)
    columns = (
        parent(ProviderService, "provider", "服务机构", "name"),
        column(ProviderService, "services", sort="", width=32),
        column(ProviderService, "timetable", sort="", width=24),
        column(ProviderService, "staff", sort=""),
        "starts_on",
        "ends_on",
        unit(ProviderService),
    )
    form_layout = ("provider", "services", ("timetable", "staff"), ("starts_on", "ends_on"))
    filters = ("services",)
    search = ("provider__name", "timetable")
    search_hint = "机构名称"
    identity = ("provider", "starts_on")
    footer = ("disability.serving_bodies",)


@register
class DisabilityAgreementLedger(OurFact, AgreementLedger):
    slug, title, in_menu = "disability-agreements", "康复合作协议", False
    description = "与康复机构签订的合作协议；与“共建协议”是同一份记录。"
    where, preset = part_of("partner__domains", "disability").values()
    footer = ("disability.agreements_bodies",)


# --- groups and posts -------------------------------------------------------------------------


@register
class DisabilityGroupLedger(OurFact, LeadingGroupLedger):
    slug, title = "disability-groups", "助残工作小组"
    description = "领导小组和专业指导组；与“领导小组”是同一份记录，成员另行登记。"
    form_layout = with_tags_last(LeadingGroupLedger.form_layout)
    form_folds = {"domains": MORE}
    filters = ()
    footer = ("disability.groups", "disability.team_members", "disability.specialists")
    related = (("disability-group-members", "group"),)


@register
class DisabilityMemberLedger(OurFact, GroupMemberLedger):
    slug, title, in_menu = "disability-group-members", "助残小组成员", False
    description = "小组的组长、成员和他们的专业。"
    where, preset = part_of("group__domains", "disability").values()
    footer = ("disability.team_members", "disability.specialists")


@register
class DisabilityPostLedger(OurFact, PostLedger):
    slug, title = "disability-posts", "助残岗位"
    description = "残疾人工作的定岗、定员、定时；与“岗位”是同一份记录。"
    form_layout = with_tags_last(PostLedger.form_layout)
    form_folds = {"domains": MORE}
    filters = ()
    footer = ("disability.posts_planned", "disability.posts_held")
    related = (("disability-post-holders", "post"),)


@register
class DisabilityHolderLedger(OurFact, PostHolderLedger):
    slug, title, in_menu = "disability-post-holders", "助残岗位人员", False
    description = "谁从哪天到哪天在助残岗位上。"
    where, preset = part_of("post__domains", "disability").values()
    footer = ("disability.posts_held",)


# --- workers ----------------------------------------------------------------------------------


@register
class WorkerLedger(Spells, Ledger):
    slug, title, icon = "rehab-workers", "康复人员", "users"
    section, quick = SECTION, False
    model = RehabWorker
    description = "社区医生、社区康复协调员、残疾人专职委员、助残员等，写明证书和在岗起止。"
    select_related = ("provider", "station")
    columns = (
        column(RehabWorker, "person", width=14),
        "role",
        parent(RehabWorker, "provider", "服务机构", "name"),
        parent(RehabWorker, "station", "所在站所室", "name"),
        column(RehabWorker, "phone", sort="", listed=False),
        column(RehabWorker, "certificate", sort="", width=22),
        column(RehabWorker, "certified_on", listed=False),
        "certified_until",
        "starts_on",
        "ends_on",
        unit(RehabWorker),
    )
    form_class = WorkerForm
    form_layout = (
        ("person", "role"),
        ("provider", "station"),
        ("starts_on", "ends_on"),
        ("certificate", "certified_on", "certified_until"),
        "phone",
    )
    form_folds = {"phone": MORE}
    filters = ("role",)
    search = ("person", "certificate", "provider__name")
    search_hint = "姓名、证书或机构"
    identity = ("person", "role", "starts_on")
    footer = ("disability.workers", "disability.coordinators", "disability.coordinator_coverage")
    related = (("worker-attendances", "worker"),)

    def hint_of(self, record):
        return f"{record.get_role_display()} · {record.unit}"


@register
class WorkerAttendanceLedger(Ledger):
    slug, title, icon = "worker-attendances", "康复人员参训", "school"
    section, quick = SECTION, False
    model = WorkerAttendance
    description = "哪位康复人员参加了哪次培训；人多时从培训的页面上勾选，一次登记。"
    select_related = ("worker", "activity")
    columns = (
        "occurred_on",
        Column("活动名称", reader(WorkerAttendance, "activity.title"), field="activity", width=30),
        Column(
            "康复人员",
            reader(WorkerAttendance, "worker.person"),
            field="worker",
            sort="worker__person",
            width=14,
        ),
        Column("岗位角色", reader(WorkerAttendance, "worker.get_role_display"), width=14),
        column(WorkerAttendance, "hours", sort="", width=8),
        column(WorkerAttendance, "result", sort="", width=18),
        unit(WorkerAttendance),
    )
    form_class = AttendanceForm
    form_layout = (("activity", "occurred_on"), ("worker", "hours", "result"))
    sheet = Sheet(
        "培训签到表",
        common=("activity", "occurred_on"),
        each={"worker": 16, "hours": 8, "result": 18},
        margin=("单位", "签名"),
    )
    search = ("worker__person", "activity__title")
    search_hint = "姓名或培训名称"
    identity = ("activity", "worker")
    resolvers = {"activity": ACTIVITY}
    footer = ("disability.worker_person_times", "disability.workers_trained")


# --- plans, campaigns, papers -----------------------------------------------------------------


@register
class DisabilityPlanLedger(OurFact, WorkPlanLedger):
    section = MANAGEMENT
    slug, title = "disability-plans", "残疾人工作计划"
    description = "年度和专项计划；与“工作计划”是同一份记录，任务逐项登记。"
    form_layout = with_tags_last(WorkPlanLedger.form_layout)
    form_folds = {"domains": MORE}
    filters = ()
    footer = ("disability.tasks_planned", "disability.tasks_done", "disability.task_rate")
    related = (("disability-tasks", "plan"),)


@register
class DisabilityTaskLedger(OurFact, WorkTaskLedger):
    section = MANAGEMENT
    slug, title = "disability-tasks", "残疾人工作任务"
    description = "计划中的每项任务：目标、责任人、期限和结果；没有完成的写入下一步工作。"
    where, preset = part_of("plan__domains", "disability").values()
    footer = ("disability.tasks_planned", "disability.tasks_done", "disability.task_rate")


@register
class DisabilityScheduleLedger(OurFact, ScheduledEventLedger):
    section = MANAGEMENT
    slug, title = "disability-schedule", "助残年度安排"
    description = "定时开展的主题活动：哪天应开，哪天实开；与“年度安排”是同一份记录。"
    form_layout = with_tags_last(ScheduledEventLedger.form_layout)
    form_folds = {"domains": MORE}
    filters = ("kind",)
    footer = ("disability.events_planned", "disability.events_held")


@register
class DisabilityCampaignLedger(OurFact, CampaignLedger):
    section = MANAGEMENT
    slug, title = "disability-campaigns", "助残创建"
    description = "社区康复示范街道、先进社区等创建工作；与“创建活动”是同一份记录。"
    form_layout = with_tags_last(CampaignLedger.form_layout)
    form_folds = {"domains": MORE}
    filters = ("rank",)
    footer = (
        "disability.campaigns",
        "disability.indicators",
        "disability.indicators_reached",
        "disability.indicator_rate",
    )
    related = (("disability-indicators", "campaign"),)


@register
class DisabilityIndicatorLedger(OurFact, CampaignIndicatorLedger):
    section = MANAGEMENT
    slug, title, in_menu = "disability-indicators", "助残创建指标", False
    description = "创建的各项指标和目标值。"
    where, preset = part_of("campaign__domains", "disability").values()
    footer = ("disability.indicators", "disability.indicators_reached")
    related = (("disability-indicator-records", "indicator"),)


@register
class DisabilityProgressLedger(OurFact, IndicatorProgressLedger):
    section = MANAGEMENT
    slug, title, in_menu = "disability-indicator-records", "助残创建进度", False
    description = "每项创建指标的完成情况，一次一条。"
    where, preset = part_of("indicator__campaign__domains", "disability").values()
    footer = ()


@register
class DisabilityDocumentLedger(OurFact, PolicyDocumentLedger):
    section = MANAGEMENT
    slug, title = "disability-documents", "助残文件"
    description = "本单位印发的残疾人工作文件；与“印发文件”是同一份记录。"
    form_layout = with_tags_last(PolicyDocumentLedger.form_layout)
    form_folds = {"domains": MORE}
    filters = ("kind",)
    footer = ("disability.documents",)


@register
class DisabilityIncomingLedger(OurFact, IncomingDocumentLedger):
    section = MANAGEMENT
    slug, title = "disability-incoming", "助残收文"
    description = "上级残疾人工作来文和办理结果；与“收文”是同一份记录。"
    form_layout = with_tags_last(IncomingDocumentLedger.form_layout)
    form_folds = {"domains": MORE}
    filters = ("kind", "rank")
    footer = ("disability.incoming", "disability.incoming_done")
