"""The agency's share of learning, publicity, practical technology and jobs (ADR 9): no rows of its own."""

from django.db.models import Q

from portal.ledgers import MORE, register
from portal.ledgers.shares import part_of
from residents.enums import ActivityKind
from residents.ledgers.facts import ActivityLedger
from residents.ledgers.helping import JobInfoLedger, JobPushLedger
from servicecenter.ledgers.shared import OURS, OurShare

SERVICES = "便民服务"
TAGS = ["servicecenter"]
LAYOUT = (
    ("title", "kind"),
    ("occurred_on", "ends_on"),
    ("place", "organisers"),
    ("participants", "hours"),
    "content",
    "highlight",
    "topics",
    ("guests", "hosting"),
    ("consultations", "theme_day"),
    "domains",
)


class OurActivity(OurShare, ActivityLedger):
    """Activities of some kinds."""

    section = SERVICES
    form_layout = LAYOUT
    form_folds = {"topics": MORE}
    related = (("participations", "activity"), ("agency-handouts", "activity"))


@register
class AgencyLearningLedger(OurActivity):
    slug, title, section = "agency-learning", "学习培训", "代办队伍与大厅"
    description = (
        "学习文件和讲话选“会议学习”，窗口和代办人员业务培训选“培训”；与“活动”是同一份记录。"
    )
    where = OURS & Q(kind__in=[ActivityKind.MEETING, ActivityKind.TRAINING])
    preset = {"domains": TAGS, "kind": ActivityKind.MEETING}
    filters = ("kind",)
    footer = (
        "servicecenter.study_sessions",
        "servicecenter.study_attendance",
        "servicecenter.staff_trainings",
        "servicecenter.staff_training_attendance",
    )


@register
class TechniqueLedger(OurActivity):
    slug, title, icon = "technique-sessions", "实用技术培训", "school"
    description = "面向居民、农户和商户的实用技术课；与“活动”是同一份记录。"
    where = OURS & Q(kind=ActivityKind.TECHNIQUE)
    preset = {"domains": TAGS, "kind": ActivityKind.TECHNIQUE}
    filters = ()
    footer = ("servicecenter.technique_sessions", "servicecenter.technique_attendance")


@register
class PolicyEventLedger(OurActivity):
    slug, title, icon = "policy-events", "政策宣传", "speakerphone"
    description = "宣讲政策、设点宣传；与“活动”是同一份记录，发放的资料另登。"
    where = OURS & Q(kind=ActivityKind.PUBLICITY)
    preset = {"domains": TAGS, "kind": ActivityKind.PUBLICITY}
    filters = ("theme_day",)
    footer = ("servicecenter.policy_events", "servicecenter.policy_reach")


@register
class AgencyJobLedger(OurShare, JobInfoLedger):
    slug, title, section = "agency-jobs", "劳动用工信息", SERVICES
    description = "向居民发布的岗位，打开一条可推送给多人；与“招聘信息”是同一份记录。"
    filters = ()
    footer = ("servicecenter.job_infos", "servicecenter.job_wanted", "servicecenter.job_hired")
    related = (("agency-job-pushes", "info"),)


@register
class AgencyPushLedger(OurShare, JobPushLedger):
    slug, title, section, in_menu = "agency-job-pushes", "用工信息推送", SERVICES, False
    description = "把岗位告诉了谁，结果怎样；与“岗位推送”是同一份记录。"
    where, preset = part_of("info__domains", "servicecenter").values()
    footer = (
        "servicecenter.job_pushes",
        "servicecenter.job_persons",
        "servicecenter.job_hired",
    )
