"""机制与计划: the share of sanitation work in the office's papers, rules, stations, posts and plans."""

from portal.ledgers import MORE, column, register
from portal.ledgers.shares import part_of, with_tags_last
from portal.office.ledgers.base import long, plain, tail
from portal.office.ledgers.organisation import PostHolderLedger, PostLedger, StationLedger
from portal.office.ledgers.papers import IncomingDocumentLedger, PolicyDocumentLedger, RuleLedger
from portal.office.ledgers.plans import CampaignLedger, WorkPlanLedger, WorkTaskLedger
from portal.office.models import Campaign
from sanitation.forms.regime import SanitationCampaignForm
from sanitation.ledgers.sections import REGIME
from sanitation.ledgers.shared import OurShare
from sanitation.selectors.shares import RULES


class OurPaper(OurShare):
    """A fact of the office; the departments that it counts for are folded away."""

    section = REGIME
    form_folds = {"domains": MORE}
    filters = ()


@register
class SanitationCampaignLedger(OurPaper, CampaignLedger):
    slug, title = "sanitation-campaigns", "环境整治专项工作"
    description = "上级部署的整洁行动、结合部整治和卫生创建：哪级部署、从哪天到哪天；与“创建活动”是同一份记录。"
    columns = (
        column(Campaign, "name", label="专项工作", width=28),
        column(Campaign, "rank", label="部署级别"),
        plain(Campaign, "grantor", 24, label="部署单位"),
        "starts_on",
        "target_on",
        "ends_on",
        column(Campaign, "granted_on", listed=False),
        long(Campaign, "result"),
        *tail(Campaign),
    )
    form_class = SanitationCampaignForm
    form_layout = (
        "name",
        ("rank", "grantor"),
        ("starts_on", "ends_on"),
        ("target_on", "granted_on"),
        "result",
        "domains",
    )
    form_folds = {"target_on": MORE}
    filters = ("rank",)
    search_hint = "专项工作或部署单位"
    footer = ("sanitation.campaigns",)
    related = ()


@register
class SanitationDocumentLedger(OurPaper, PolicyDocumentLedger):
    slug, title = "sanitation-documents", "环卫文件"
    description = "印发的环境卫生方案、通知，写明执行的起止日期；与“印发文件”是同一份记录。"
    form_layout = with_tags_last(PolicyDocumentLedger.form_layout)
    filters = ("kind",)
    footer = ("sanitation.documents",)


@register
class SanitationIncomingLedger(OurPaper, IncomingDocumentLedger):
    slug, title = "sanitation-incoming", "环卫来文"
    description = "上级和有关部门关于环境卫生的来文；与“收文”是同一份记录。"
    form_layout = with_tags_last(IncomingDocumentLedger.form_layout)
    filters = ("kind", "rank")
    footer = ("sanitation.incoming",)


@register
class SanitationRuleLedger(OurPaper, RuleLedger):
    """Pacts of residents stand in a ledger of their own, with the demonstration sites."""

    slug, title = "sanitation-rules", "环卫制度"
    description = "检查、扣分、抽查、暗访、排名等环境卫生制度；与“制度”是同一份记录。"
    where = RULES
    form_layout = with_tags_last(RuleLedger.form_layout)
    filters = ("kind",)
    footer = ("sanitation.rules",)
    related = ()


@register
class SanitationStationLedger(OurPaper, StationLedger):
    slug, title = "sanitation-stations", "环卫机构"
    description = "城管办、环卫所等机构：哪天依据什么设立、管什么；与“站所室”是同一份记录。"
    form_layout = with_tags_last(StationLedger.form_layout)
    filters = ("kind",)
    footer = ("sanitation.stations", "sanitation.staff")
    related = (("sanitation-posts", "station"),)


@register
class SanitationPostLedger(OurPaper, PostLedger):
    slug, title = "sanitation-posts", "环卫岗位"
    description = "环境卫生管理的岗位和定员；与“岗位”是同一份记录。"
    form_layout = with_tags_last(PostLedger.form_layout)
    footer = ("sanitation.staff",)
    related = (("sanitation-staff", "post"),)


@register
class SanitationStaffLedger(OurPaper, PostHolderLedger):
    slug, title, in_menu = "sanitation-staff", "环卫在岗人员", False
    description = "谁从哪天到哪天在环境卫生管理的岗位上；与“在岗人员”是同一份记录。"
    where, preset = part_of("post__domains", "sanitation").values()
    form_folds = {}
    footer = ("sanitation.staff",)


@register
class SanitationPlanLedger(OurPaper, WorkPlanLedger):
    slug, title = "sanitation-plans", "环卫工作计划"
    description = "年度和专项计划，下年重点逐项登记为任务；与“工作计划”是同一份记录。"
    form_layout = with_tags_last(WorkPlanLedger.form_layout)
    footer = ("sanitation.tasks_planned", "sanitation.tasks_done", "sanitation.task_rate")
    related = (("sanitation-tasks", "plan"),)


@register
class SanitationTaskLedger(OurPaper, WorkTaskLedger):
    slug, title = "sanitation-tasks", "环卫工作任务"
    description = "计划中的每项任务：目标、责任人、期限和结果；没有完成的写入总结的下一步工作。"
    where, preset = part_of("plan__domains", "sanitation").values()
    form_folds = {}
    footer = ("sanitation.tasks_planned", "sanitation.tasks_done", "sanitation.task_rate")
