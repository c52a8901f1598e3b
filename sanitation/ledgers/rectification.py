"""整改单 and the rounds in which they are put right, as ledgers."""

import django_filters
from django.urls import reverse

from portal.imports.resolving import Resolver
from portal.ledgers import MORE, Action, Column, Ledger, column, register
from portal.ledgers.columns import reader
from portal.ledgers.offers import offers_on
from portal.scope import access_of
from portal.text import clean_text
from residents.ledgers.about import unit_column
from residents.resolving import only
from sanitation.enums.rectification import OrderState, OrderTiming
from sanitation.forms.rectification import OrderForm, RoundForm
from sanitation.ledgers.about import AboutCommunityLedger, community_column, grid_column
from sanitation.ledgers.frozen import OfQuarter
from sanitation.ledgers.rectification_page import found_orders, look, order_page, told_state
from sanitation.ledgers.sections import INSPECTIONS
from sanitation.models import RectificationOrder, RectificationRound
from sanitation.resolving import COMMUNITY_LABEL
from sanitation.selectors.rectification import (
    issue_url,
    of_timing,
    step_url,
    steps_open_to,
    to_issue,
    with_state,
    without_order,
)
from sanitation.services import rectification as services
from sanitation.workflow import EDIT

NUMBER_LABEL = "整改单编号"


def of_state(rows, name, state):
    return rows.filter(state=state)


def by_timing(rows, name, timing):
    return of_timing(rows, timing)


def find_order(cells, user, unit):
    number = clean_text(cells.get(NUMBER_LABEL) or "")
    if not number:
        return None
    return only(
        found_orders(unit, number),
        "没有这个编号的整改单，请先登记整改单。",
        "这个编号的整改单不止一张，请核对编号。",
    )


@register
class OrderLedger(OfQuarter, AboutCommunityLedger):
    slug, title, icon = "rectification-orders", "整改单", "clipboard-check"
    section = INSPECTIONS
    model = RectificationOrder
    description = (
        "检查发现的问题下达整改单，社区报告整改，街道复查，通过后销号；也可登记纸质整改单及其结果。"
    )
    select_related = ("community", "grid", "finding__inspection")
    columns = (
        "number",
        column(RectificationOrder, "occurred_on", width=14),
        community_column(RectificationOrder),
        grid_column(RectificationOrder, listed=False),
        column(RectificationOrder, "problem", sort="", width=32),
        column(RectificationOrder, "place", sort="", width=20),
        column(RectificationOrder, "demand", sort="", width=28, listed=False),
        column(RectificationOrder, "responsible", sort="", width=12, listed=False),
        column(RectificationOrder, "working_days", width=12, listed=False, numeric=True),
        column(RectificationOrder, "due_on", width=14),
        Column("整改状态", told_state, sort="state", width=18, look=look),
        column(RectificationOrder, "closed_on", width=14),
        column(RectificationOrder, "result", sort="", width=28, listed=False),
        column(RectificationOrder, "recheck_score", width=10, listed=False),
        column(RectificationOrder, "worked_days", width=12, listed=False, numeric=True),
        column(RectificationOrder, "first_due_on", width=14, listed=False),
        column(RectificationOrder, "extended_for", sort="", width=20, listed=False),
        unit_column(RectificationOrder),
    )
    form_class = OrderForm
    form_layout = (
        ("community", "grid"),
        ("problem", "place"),
        "demand",
        ("occurred_on", "working_days", "due_on"),
        "responsible",
        ("number", "highlight"),
        ("closed_on", "recheck_score"),
        "result",
        ("first_due_on", "extended_for"),
    )
    form_folds = {"number": MORE, "closed_on": "补录销号", "first_due_on": "延期"}
    later = frozenset({"closed_on", "recheck_score", "result", "worked_days"})
    today = "occurred_on"
    kept_for_next = ("occurred_on", "working_days")
    more_filters = {
        "state": django_filters.ChoiceFilter(
            label="整改状态", choices=OrderState.choices, method=of_state, empty_label="全部"
        ),
        "timing": django_filters.ChoiceFilter(
            label="期限", choices=OrderTiming.choices, method=by_timing, empty_label="全部"
        ),
    }
    search = ("number", "problem", "place", "responsible", "demand")
    search_hint = "编号、问题、地点或责任人"
    identity = ("community", "occurred_on", "problem", "place")
    footer = (
        "sanitation.orders",
        "sanitation.orders_closed",
        "sanitation.orders_in_time",
        "sanitation.orders_late",
    )
    detail_template = "sanitation/order.html"

    def readable(self, rows):
        return with_state(super().readable(rows))

    def actions(self, record, user):
        steps = steps_open_to(record, user).items()
        found = [Action(step.label, step_url(name, record)) for name, step in steps]
        return [*found, Action("打印整改通知单", step_url("notice", record))]

    def list_actions(self, user):
        found, units = [], access_of(user).units(EDIT)
        if units and (count := to_issue(units).order_by().count()):
            found.append(Action(f"从检查问题下达（{count}）", issue_url()))
        if units:
            found.append(Action("核对重复问题", reverse("finding-duplicates")))
        return found

    def page(self, record, request):
        return order_page(self, record, request.user)

    def save(self, form, *, by):
        order = form.save(commit=False)
        self.refuse_frozen(order)
        if order._state.adding:
            return services.issue(order, by=by)
        return services.store(order, by=by)


@register
class RoundLedger(Ledger):
    """What communities told of their orders. On the screen they report on the order's own page."""

    slug, title, icon = "rectification-rounds", "整改情况", "history"
    section = INSPECTIONS
    model = RectificationRound
    description = "社区对整改单的每次整改报告和街道的复查结果；纸质报告也可以在这里补录。"
    quick = False
    select_related = ("order", "community")
    columns = (
        Column(
            NUMBER_LABEL,
            reader(RectificationRound, "order.number"),
            field="order",
            sort="order__number",
            width=18,
        ),
        Column("问题", reader(RectificationRound, "order.problem"), width=28),
        Column(
            COMMUNITY_LABEL,
            reader(RectificationRound, "community"),
            sort="community__code",
            width=16,
        ),
        "occurred_on",
        column(RectificationRound, "content", sort="", width=32),
        column(RectificationRound, "reporter", sort="", width=12),
        "rechecked_on",
        column(RectificationRound, "rechecker", sort="", width=12),
        column(RectificationRound, "passed", width=10),
        column(RectificationRound, "opinion", sort="", width=28, listed=False),
        unit_column(RectificationRound),
    )
    form_class = RoundForm
    form_layout = (
        "order",
        ("occurred_on", "reporter"),
        "content",
        ("rechecked_on", "passed", "rechecker"),
        "opinion",
        "highlight",
    )
    form_folds = {"rechecked_on": "补录复查", "highlight": MORE}
    today, own_name = "occurred_on", "reporter"
    filters = ("passed",)
    search = ("order__number", "order__problem", "content", "reporter")
    search_hint = "整改单编号、问题、情况或整改人"
    identity = ("order", "occurred_on")
    resolvers = {"order": Resolver((NUMBER_LABEL,), find_order)}
    footer = ("sanitation.rounds", "sanitation.rounds_passed", "sanitation.rounds_failed")

    def hint_of(self, record):
        return str(record.community)

    def kept_by(self, record):
        return "这次整改已经复查，不能再修改或删除。" if record.passed is not None else ""

    def save(self, form, *, by):
        return services.store_round(form.save(commit=False), by=by)

    def restore(self, record, *, by):
        services.check_turn(record, RectificationOrder.objects.get(pk=record.order_id))
        super().restore(record, by=by)


@offers_on("inspections")
def order_from_inspection(record, user):
    """下达整改单 of what an opened inspection found, while something has none."""
    units = access_of(user).units(EDIT)
    if record.unit_id not in units or not record.is_open:
        return []
    if not without_order({record.unit_id}).filter(inspection=record).exists():
        return []
    return [Action("下达整改单", issue_url(inspection=record.pk))]


@offers_on("findings")
def order_of_finding(record, user):
    """The order of a finding, or the page that issues it."""
    access = access_of(user)
    order = RectificationOrder.objects.kept().filter(finding=record).first()
    if order is not None:
        known = RectificationOrder.scope_condition(access.units("sanitation.view"))
        if not RectificationOrder.objects.filter(known, pk=order.pk).exists():
            return []
        return [
            Action("查看整改单", reverse("ledger-detail", args=["rectification-orders", order.pk]))
        ]
    if record.is_open and not record.same_as_id and access.may(EDIT, record.unit_id):
        return [Action("下达整改单", issue_url(finding=record.pk))]
    return []
