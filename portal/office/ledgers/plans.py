"""计划、任务、年度安排、创建活动、历史数据."""

from django.urls import reverse

from portal.figures import figures
from portal.ledgers import Column, column, register
from portal.office.forms.figures import HistoricTotalForm, WorkTaskForm
from portal.office.ledgers.base import (
    PLANS,
    Lasting,
    OfficeLedger,
    PartLedger,
    long,
    number,
    parent,
    plain,
    tail,
    unit,
)
from portal.office.models import (
    Campaign,
    CampaignIndicator,
    HistoricTotal,
    IndicatorProgress,
    ScheduledEvent,
    WorkPlan,
    WorkTask,
)


def figure_label(record) -> str:
    figure = figures.get(record.figure)
    return figure.label if figure else record.figure


@register
class WorkPlanLedger(Lasting):
    slug, title, icon, section = "work-plans", "工作计划", "calendar-stats", PLANS
    model = WorkPlan
    description = "年度和专项工作计划，任务逐项登记。"
    columns = (
        column(WorkPlan, "title", width=32),
        "starts_on",
        "ends_on",
        plain(WorkPlan, "document", 20),
        long(WorkPlan, "note"),
        *tail(WorkPlan),
    )
    form_layout = ("title", ("starts_on", "ends_on", "document"), "note", "domains")
    search = ("title",)
    search_hint = "计划名称"
    identity = ("title", "starts_on")
    related = (("work-tasks", "plan"),)
    footer = ("office.plans",)

    def page(self, record, request):
        return {"page_links": [("任务进度", reverse("office-plan", args=[record.pk]))]}


@register
class WorkTaskLedger(PartLedger):
    slug, title, icon, section = "work-tasks", "计划任务", "clipboard-list", PLANS
    model = WorkTask
    description = "计划中的每项任务：目标、责任人、期限和结果。"
    date, order = "due_on", ("due_on", "pk")
    select_related = ("plan",)
    columns = (
        column(WorkTask, "title", width=32),
        parent(WorkTask, "plan", "计划", "title"),
        number(WorkTask, "target"),
        plain(WorkTask, "measure", 8),
        Column("对应指标", figure_label, field="figure", width=18, listed=False),
        plain(WorkTask, "owner"),
        "starts_on",
        "due_on",
        "done_on",
        column(WorkTask, "cancelled_on", listed=False),
        Column("状态", lambda task: task.state, width=10),
        long(WorkTask, "result"),
        unit(WorkTask),
    )
    form_class = WorkTaskForm
    form_layout = (
        ("plan", "title"),
        ("target", "measure", "figure"),
        ("owner", "starts_on", "due_on"),
        ("done_on", "cancelled_on"),
        "result",
    )
    search = ("title", "owner", "plan__title")
    search_hint = "任务、责任人或计划"
    identity = ("plan", "title", "due_on")
    footer = ("office.tasks", "office.tasks_done", "office.tasks_done_rate")


@register
class ScheduledEventLedger(OfficeLedger):
    slug, title, icon, section = "schedule", "年度安排", "calendar-event", PLANS
    model = ScheduledEvent
    description = "例会、学习会和主题活动的年度安排：哪天应开，哪天实开。"
    date, order = "planned_on", ("-planned_on", "-pk")
    columns = (
        "planned_on",
        column(ScheduledEvent, "title", width=28),
        "kind",
        plain(ScheduledEvent, "place", 18),
        plain(ScheduledEvent, "owner"),
        "held_on",
        long(ScheduledEvent, "note"),
        *tail(ScheduledEvent),
    )
    form_layout = (
        ("title", "kind"),
        ("planned_on", "held_on"),
        ("place", "owner"),
        "note",
        "domains",
    )
    filters = ("kind", "domains")
    search = ("title", "owner")
    search_hint = "安排事项"
    identity = ("title", "planned_on")
    footer = ("office.events_planned", "office.events_held", "office.events_held_rate")


@register
class CampaignLedger(Lasting):
    slug, title, icon, section = "campaigns", "创建活动", "certificate", PLANS
    model = Campaign
    description = "先进文化社区、示范街道等创建工作，从启动到命名。"
    columns = (
        column(Campaign, "name", width=28),
        "rank",
        plain(Campaign, "grantor", 20),
        "starts_on",
        "target_on",
        "granted_on",
        column(Campaign, "ends_on", listed=False),
        long(Campaign, "result"),
        *tail(Campaign),
    )
    form_layout = (
        ("name", "rank", "grantor"),
        ("starts_on", "target_on"),
        ("granted_on", "ends_on"),
        "result",
        "domains",
    )
    filters = ("rank", "domains")
    search = ("name", "grantor")
    search_hint = "创建名称"
    identity = ("name", "starts_on")
    footer = ("office.campaigns", "office.campaigns_granted", "office.indicators_reached_rate")
    related = (("campaign-indicators", "campaign"),)


@register
class CampaignIndicatorLedger(PartLedger):
    slug, title, icon, section = "campaign-indicators", "创建指标", "chart", PLANS
    model = CampaignIndicator
    description = "创建活动的各项指标和目标值。"
    date, order = "", ("campaign", "pk")
    select_related = ("campaign",)
    columns = (
        parent(CampaignIndicator, "campaign", "创建活动", "name"),
        column(CampaignIndicator, "title", width=32),
        number(CampaignIndicator, "target"),
        plain(CampaignIndicator, "measure", 8),
        unit(CampaignIndicator),
    )
    form_layout = (("campaign", "title"), ("target", "measure"))
    search = ("title", "campaign__name")
    search_hint = "指标或创建名称"
    identity = ("campaign", "title")
    footer = ("office.indicators", "office.indicators_reached")
    related = (("indicator-records", "indicator"),)


@register
class IndicatorProgressLedger(PartLedger):
    slug, title, icon, section = "indicator-records", "创建进度", "report-analytics", PLANS
    model = IndicatorProgress
    description = "每项创建指标的完成情况，一次一条。"
    select_related = ("indicator",)
    columns = (
        "occurred_on",
        parent(IndicatorProgress, "indicator", "创建指标", "title"),
        number(IndicatorProgress, "value"),
        plain(IndicatorProgress, "note", 32),
        unit(IndicatorProgress),
    )
    form_layout = (("indicator", "occurred_on", "value"), "note")
    search = ("indicator__title", "note")
    search_hint = "指标或进展"
    identity = ("indicator", "occurred_on")
    footer = ("office.indicator_records",)


@register
class HistoricTotalLedger(OfficeLedger):
    slug, title, icon, section = "historic-totals", "历史数据", "history", PLANS
    model = HistoricTotal
    description = "本系统启用以前的总数，录入一次，供第一次同比；使用时注明“手工录入”。"
    date, order = "", ("-period", "figure", "pk")
    columns = (
        "period",
        Column("指标", figure_label, field="figure", sort="figure", width=24),
        number(HistoricTotal, "value"),
        plain(HistoricTotal, "source", 28),
        Column("录入方式", lambda total: "手工录入", width=10),
        unit(HistoricTotal),
    )
    form_class = HistoricTotalForm
    form_layout = (("figure", "period", "value"), "source")
    preset = {}
    filters = ()
    search = ("source",)
    search_hint = "数据来源"
    identity = ("figure", "period")
