"""Publicity and help: the share of disability work in hand-outs, donations, culture, jobs, honours,
channels and surveys (ADR 9)."""

from django.db.models import Q

from disability.ledgers.shared import OURS, PUBLICITY, OurFact, OurShare
from portal.ledgers import MORE, register
from portal.ledgers.shares import part_of, with_tags_last
from portal.office.ledgers.places import SloganLedger
from portal.office.ledgers.publicity import (
    ChannelIssueLedger,
    ChannelLedger,
    HonorLedger,
    SurveyLedger,
)
from residents.enums import ActivityKind, AssistanceKind
from residents.ledgers.facts import (
    ActivityLedger,
    AssistanceLedger,
    HandoutLedger,
    ParticipationLedger,
)
from residents.ledgers.helping import JobInfoLedger, JobPushLedger

TAGS = ["disability"]


@register
class DisabilityHandoutLedger(OurFact, HandoutLedger):
    section = PUBLICITY
    slug, title = "disability-handouts", "助残宣传品"
    description = "发放的助残传单、手册，填准确数量；入户发放的填走到的户数。"
    form_layout = (
        ("material", "quantity", "measure"),
        ("occurred_on", "activity"),
        ("method", "households", "target"),
        "domains",
    )
    form_folds = {"domains": MORE}
    filters = ("method",)
    footer = ("disability.handouts", "disability.home_handouts", "disability.households_reached")


@register
class DisabilitySloganLedger(OurFact, SloganLedger):
    section = PUBLICITY
    slug, title = "disability-slogans", "助残标语横幅"
    description = "助残日等活动悬挂的横幅和标语，写明数量；与“标语”是同一份记录。"
    form_layout = with_tags_last(SloganLedger.form_layout)
    form_folds = {"domains": MORE}
    filters = ("kind",)
    footer = ("disability.banners",)


@register
class DonationLedger(OurFact, AssistanceLedger):
    section = PUBLICITY
    slug, title = "disability-donations", "助残捐赠"
    description = "捐给残疾人的图书、物品和钱款，写明数量；与“慰问救助”是同一份记录。"
    where = OURS & Q(kind=AssistanceKind.DONATION)
    preset = {"domains": TAGS, "kind": AssistanceKind.DONATION}
    form_layout = (
        ("resident", "occurred_on"),
        ("giver", "goods_kind"),
        ("goods", "goods_quantity", "goods_measure"),
        ("amount", "goods_value"),
        "highlight",
        ("companions", "festival", "funding"),
        ("kind", "domains"),
    )
    form_folds = {"companions": MORE}
    filters = ("goods_kind",)
    footer = ("disability.donations", "disability.donated_items", "disability.donated_books")


@register
class CultureLedger(OurFact, ActivityLedger):
    section = PUBLICITY
    slug, title = "disability-culture", "助残文体活动"
    description = "自己举办、参加其他单位举办的文体联欢，以及接待来访；与“活动”是同一份记录。"
    where = OURS & Q(kind=ActivityKind.CULTURE)
    preset = {"domains": TAGS, "kind": ActivityKind.CULTURE}
    form_layout = (
        ("title", "hosting"),
        ("occurred_on", "ends_on", "theme_day"),
        ("place", "organisers"),
        ("participants", "disabled_participants"),
        ("guests", "highlight"),
        "content",
        "slogan",
        ("consultations", "hours"),
        "topics",
        ("kind", "domains"),
    )
    form_folds = {"content": MORE}
    filters = ("hosting", "theme_day")
    footer = ("disability.culture_events", "disability.culture_participants")
    related = (("disability-culture-people", "activity"),)


@register
class CulturePeopleLedger(OurShare, ParticipationLedger):
    slug, title, in_menu = "disability-culture-people", "文体活动参加人", False
    quick, section = False, PUBLICITY
    description = "哪些残疾人参加了文体活动。"
    where = Q(activity__kind=ActivityKind.CULTURE, activity__domains__contains=TAGS)
    preset = {}
    footer = ("disability.culture_persons",)


@register
class DisabilityJobLedger(OurFact, JobInfoLedger):
    section = PUBLICITY
    slug, title = "disability-jobs", "助残招聘信息"
    description = "适合残疾人的岗位，打开一条可推送给多人；与“招聘信息”是同一份记录。"
    preset = {"domains": TAGS, "disabled_friendly": True}
    filters = ("disabled_friendly",)
    footer = ("disability.job_infos", "disability.job_pushes", "disability.job_hired")
    related = (("disability-job-pushes", "info"),)


@register
class DisabilityPushLedger(OurFact, JobPushLedger):
    section = PUBLICITY
    slug, title = "disability-job-pushes", "助残岗位推送"
    description = "把岗位告诉了哪位残疾人，结果怎样。"
    where, preset = part_of("info__domains", "disability").values()
    footer = ("disability.job_pushes", "disability.job_persons", "disability.job_hired")


@register
class DisabilityHonorLedger(OurFact, HonorLedger):
    section = PUBLICITY
    slug, title = "disability-honors", "助残荣誉"
    description = "残疾人工作和残疾人获得的荣誉、奖项；与“荣誉”是同一份记录。"
    form_layout = with_tags_last(HonorLedger.form_layout)
    form_folds = {"domains": MORE}
    filters = ("rank",)
    footer = ("disability.honors", "disability.prizes")


@register
class DisabilityChannelLedger(OurFact, ChannelLedger):
    section = PUBLICITY
    slug, title = "disability-channels", "助残宣传渠道"
    description = "社区康复简报、博客、公众号等；与“宣传渠道”是同一份记录。"
    form_layout = with_tags_last(ChannelLedger.form_layout)
    form_folds = {"domains": MORE}
    filters = ("kind",)
    footer = ("disability.channels",)
    related = (("disability-issues", "channel"),)


@register
class DisabilityIssueLedger(OurFact, ChannelIssueLedger):
    section = PUBLICITY
    slug, title = "disability-issues", "助残简报和文章"
    description = "每期简报、每篇文章，写明印发份数或阅读量。"
    where, preset = part_of("channel__domains", "disability").values()
    footer = ("disability.issues", "disability.issue_copies", "disability.issue_views")


@register
class DisabilitySurveyLedger(OurFact, SurveyLedger):
    section = PUBLICITY
    slug, title = "disability-surveys", "助残满意度调查"
    description = "残疾人、家属、居民三方对残疾人工作的满意度；与“满意度调查”是同一份记录。"
    form_layout = with_tags_last(SurveyLedger.form_layout)
    form_folds = {"domains": MORE}
    filters = ("group",)
    footer = (
        "disability.satisfaction_disabled",
        "disability.satisfaction_families",
        "disability.satisfaction_residents",
    )
