"""The ledgers of plans, of their reviews and of the templates to begin from."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse

from disability.enums.plans import PlanGroup
from disability.enums.steps import PLAN
from disability.forms.plans import PlanForm, ReviewForm, TemplateForm
from disability.models import PlanReview, PlanTemplate, RehabPlan
from portal.imports.resolving import Resolver, Unresolved
from portal.ledgers import MORE, Action, Column, Ledger, column, register
from portal.ledgers.columns import reader
from portal.office.ledgers.base import Spells
from portal.scope import access_of
from residents.ledgers.about import AboutResident, person_columns, unit_column
from residents.models import Resident
from residents.resolving import find_resident
from residents.selectors import search_residents

SECTION = "康复服务"


@register
class PlanLedger(Spells, AboutResident):
    slug, title, icon, section = "rehab-plans", "康复方案", "clipboard", SECTION
    model = RehabPlan
    description = "每人每类一份：评估、目标、措施、复评；选方案范本可自动填入目标和措施。"
    date = "made_on"
    columns = (
        "made_on",
        *person_columns(RehabPlan),
        "group",
        Column(
            "方案范本", reader(RehabPlan, "template.name"), field="template", width=20, listed=False
        ),
        column(RehabPlan, "made_by", sort=""),
        column(RehabPlan, "assessment", sort="", width=36, listed=False),
        column(RehabPlan, "goals", sort="", width=36, listed=False),
        column(RehabPlan, "measures", sort="", width=44, listed=False),
        "starts_on",
        "ends_on",
        column(RehabPlan, "review_months", width=10, listed=False),
        column(RehabPlan, "consented_on", listed=False),
        column(RehabPlan, "consented_by", sort="", listed=False),
        "state",
        column(RehabPlan, "result", sort="", width=28, listed=False),
        unit_column(RehabPlan),
    )
    select_related = ("resident", "template")
    form_class = PlanForm
    form_layout = (
        ("resident", "template"),
        ("group", "made_on", "made_by"),
        "assessment",
        "goals",
        "measures",
        ("consented_on", "consented_by"),
        ("starts_on", "ends_on", "review_months"),
        ("state", "result"),
    )
    form_folds = {"starts_on": MORE}
    workflow = PLAN
    own_name, today = "made_by", "made_on"
    filters = ("group", "state")
    identity = ("resident", "group", "made_on")
    related = (("plan-reviews", "plan"), ("rehab-services", "plan"))
    footer = ("disability.plans_in_force",)

    def actions(self, record, user):
        paper = Action("打印方案", reverse("rehab-plan-paper", args=[record.pk]))
        if not access_of(user).may(self.edit_permission, record.unit_id):
            return [paper]
        review = Action(
            "登记复评", f"{reverse('ledger-add', args=['plan-reviews'])}?plan={record.pk}"
        )
        service = f"{reverse('ledger-add', args=['rehab-services'])}"
        service = Action("登记服务", f"{service}?plan={record.pk}&resident={record.resident_id}")
        return [review, service, paper, *super().actions(record, user)]


def find_plan(cells, user, unit):
    """The person's newest plan, of the group that the row names where it names one."""
    person = find_resident(cells, user, unit)
    named = {label: value for value, label in PlanGroup.choices}
    plans = RehabPlan.objects.visible_to(user).filter(resident=person)
    group = (cells.get("方案类别") or "").strip()
    if group:
        plans = plans.filter(group=named.get(group, group))
    found = list(plans.order_by("-starts_on", "-pk")[:20])
    if not found:
        raise ValidationError("这位居民没有这类康复方案，请先登记方案。")
    if not group and len({plan.group for plan in found}) > 1:
        raise Unresolved("这位居民有几类康复方案，请写明方案类别。", found)
    return found[0]


@register
class ReviewLedger(Ledger):
    slug, title, icon, section = "plan-reviews", "方案复评", "history", SECTION
    quick = False
    model = PlanReview
    description = "按方案定的间隔复评：进展如何，措施怎样调整。"
    select_related = ("plan__resident",)
    columns = (
        "occurred_on",
        Column("姓名", reader(PlanReview, "plan.resident.name"), field="plan", width=12),
        Column(
            "证件号码",
            reader(PlanReview, "plan.resident.masked_id"),
            field="plan",
            width=22,
            masked=True,
            sealed="plan.resident.id_number",
        ),
        Column("方案类别", reader(PlanReview, "plan.group"), field="plan", width=16),
        "progress",
        column(PlanReview, "findings", sort="", width=36),
        column(PlanReview, "adjusted", sort="", width=36, listed=False),
        column(PlanReview, "reviewer", sort=""),
        unit_column(PlanReview),
    )
    form_class = ReviewForm
    form_layout = (
        ("plan", "occurred_on"),
        ("progress", "reviewer"),
        "findings",
        "adjusted",
        "highlight",
    )
    form_folds = {"highlight": MORE}
    own_name, today = "reviewer", "occurred_on"
    filters = ("progress",)
    identity = ("plan", "occurred_on")
    resolvers = {"plan": Resolver(("姓名", "证件号码", "方案类别"), find_plan)}
    search_hint = "姓名、拼音首字母、证件或电话"
    footer = ("disability.plan_reviews", "disability.plans_reviewed")

    def found(self, rows, text):
        people = search_residents(Resident.objects.all(), text)
        return rows.filter(plan__resident__in=people)


@register
class TemplateLedger(Ledger):
    slug, title, icon, section = "plan-templates", "方案范本", "file", SECTION
    quick = False
    model = PlanTemplate
    description = "各类残疾人康复方案的常用目标和措施；可载入通用范本，再按本单位情况修改。"
    date, order = "", ("group", "name", "pk")
    columns = (
        "group",
        column(PlanTemplate, "name", width=24),
        column(PlanTemplate, "goals", sort="", width=40),
        column(PlanTemplate, "measures", sort="", width=60, listed=False),
        column(PlanTemplate, "review_months", width=12),
        "is_retired",
        unit_column(PlanTemplate),
    )
    form_class = TemplateForm
    form_layout = (
        ("name", "group", "review_months"),
        "goals",
        "measures",
        "is_retired",
    )
    filters = ("group", "is_retired")
    search = ("name", "goals", "measures")
    search_hint = "范本名称、目标或措施"
    identity = ("name",)

    def label_of(self, record):
        return f"{record}（停用）" if record.is_retired else str(record)

    def found(self, rows, text):
        groups = [value for value, label in PlanGroup.choices if text in label]
        return super().found(rows, text) | rows.filter(Q(group__in=groups))

    def actions(self, record, user):
        """Templates of the unit above are used here, too."""
        if record.is_retired or not access_of(user).may(self.edit_permission):
            return []
        url = f"{reverse('ledger-add', args=['rehab-plans'])}?template={record.pk}"
        return [Action("用这个范本制订方案", url)]

    def list_actions(self, user):
        return [Action("载入通用范本", reverse("plan-library"))]
