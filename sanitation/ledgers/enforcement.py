"""集镇整治: named operations, the actions of a day, and what they dealt with."""

from django.urls import reverse
from django.utils.http import urlencode

from portal.ledgers import MORE, Action, Column, Ledger, Sheet, column, register
from portal.ledgers.columns import reader
from portal.office.ledgers.base import Spells, parent, plain
from portal.scope import access_of
from residents.ledgers.about import unit_column
from sanitation.enums.enforcement import MEASURES, Handling
from sanitation.forms.enforcement import ActionForm, ItemForm
from sanitation.ledgers.rectification_page import by_caption, photos_of
from sanitation.ledgers.sections import MARKET
from sanitation.models import EnforcementAction, EnforcementItem, EnforcementOperation
from sanitation.resolving_actions import ACTION
from sanitation.selectors.enforcement import action_page, operation_page, to_recheck
from sanitation.services.enforcement import store_action


@register
class OperationLedger(Spells, Ledger):
    slug, title, icon, section = "enforcement-operations", "集镇整治行动", "shield", MARKET
    quick = False
    model = EnforcementOperation
    description = "有名称的专项整治行动，把一段时间的多次出动归在一起；成果在行动的页面上汇总。"
    columns = (
        column(EnforcementOperation, "name", width=28),
        "starts_on",
        "ends_on",
        plain(EnforcementOperation, "basis", 28),
        plain(EnforcementOperation, "goal", 36, listed=False),
        unit_column(EnforcementOperation),
    )
    form_layout = ("name", ("starts_on", "ends_on"), "basis", "goal")
    form_folds = {"basis": MORE}
    search = ("name", "basis")
    search_hint = "行动名称或依据文件"
    identity = ("name",)
    footer = ("sanitation.enforcement_operations",)
    related = (("enforcement-actions", "operation"),)
    detail_template = "sanitation/operation.html"

    def page(self, record, request):
        return operation_page(record, request.user)


@register
class ActionLedger(Ledger):
    slug, title, icon, section = "enforcement-actions", "整治出动", "hand-stop", MARKET
    model = EnforcementAction
    description = (
        "一次出动一条：哪天、哪些路段、哪些单位、多少人和车；处理的对象在出动的页面上逐项登记。"
    )
    select_related = ("operation",)
    columns = (
        "occurred_on",
        column(EnforcementAction, "title", width=32),
        parent(EnforcementAction, "operation", "整治行动", "name"),
        plain(EnforcementAction, "roads", 28),
        plain(EnforcementAction, "units", 28, listed=False),
        "people",
        "vehicles",
        plain(EnforcementAction, "leader", listed=False),
        plain(EnforcementAction, "note", 40, listed=False),
        column(EnforcementAction, "highlight", sort="", width=10, listed=False),
        unit_column(EnforcementAction),
    )
    form_class = ActionForm
    form_layout = (
        ("title", "occurred_on"),
        ("operation", "roads"),
        ("people", "vehicles"),
        "units",
        ("leader", "highlight"),
        "note",
    )
    form_folds = {"leader": MORE}
    today, kept_for_next = "occurred_on", ("operation",)
    search = ("title", "roads", "units", "operation__name")
    search_hint = "整治内容、路段、参加单位或行动名称"
    identity = ("occurred_on", "title")
    footer = (
        "sanitation.enforcement_actions",
        "sanitation.enforcement_people",
        "sanitation.enforcement_vehicles",
    )
    related = (("enforcement-items", "action"),)
    detail_template = "sanitation/action.html"

    def save(self, form, *, by):
        return store_action(form.save(commit=False), by=by)

    def label_of(self, record):
        return record.title

    def hint_of(self, record):
        return f"{record.occurred_on} · {record.unit}"

    def actions(self, record, user):
        if not access_of(user).may(self.edit_permission, record.unit_id):
            return ()
        many = reverse("ledger-add-many", args=["enforcement-items"])
        found = [Action("登记多条事项", f"{many}?{urlencode({'action': record.pk})}")]
        if to_recheck(record).exists():
            found.append(Action("复查", reverse("enforcement-recheck", args=[record.pk])))
        return found

    def page(self, record, request):
        return action_page(record) | by_caption(photos_of(self, record))


@register
class ItemLedger(Ledger):
    slug, title, icon, section = "enforcement-items", "整治事项", "list-details", MARKET
    quick = False
    model = EnforcementItem
    description = "出动中处理的对象，按户、家、块、处、辆填准确数，门窗建材店、招牌等同时填面积。"
    select_related = ("action__operation",)
    columns = (
        Column(
            "行动日期",
            lambda row: row.action.occurred_on,
            field="action",
            sort="occurred_on",
            width=12,
        ),
        Column("整治内容", reader(EnforcementItem, "action.title"), field="action", width=28),
        "kind",
        "quantity",
        Column("计量", lambda row: MEASURES[row.kind], width=6),
        "area",
        "handling",
        plain(EnforcementItem, "road", 16),
        plain(EnforcementItem, "target", 18, listed=False),
        plain(EnforcementItem, "document", 18, listed=False),
        "rechecked_on",
        plain(EnforcementItem, "recheck", 20, listed=False),
        unit_column(EnforcementItem),
    )
    form_class = ItemForm
    form_layout = (
        "action",
        ("kind", "quantity", "area"),
        ("handling", "road"),
        ("target", "document"),
        ("rechecked_on", "recheck"),
    )
    form_folds = {"target": "对象、文书和复查"}
    resolvers = {"action": ACTION}
    sheet = Sheet(
        "整治事项登记表",
        common=("action",),
        each={
            "kind": 14,
            "quantity": 8,
            "area": 10,
            "handling": 12,
            "road": 14,
            "target": 16,
            "document": 14,
        },
        margin=("当事人签名",),
        lines=14,
    )
    kept_for_next = ("action", "kind", "handling")
    filters = ("kind", "handling")
    search = ("action__title", "road", "target", "document")
    search_hint = "整治内容、路段、对象或文书号"
    identity = ("action", "kind", "handling", "road", "target", "document")
    footer = (
        "sanitation.enforcement_items",
        "sanitation.enforcement_area",
        "sanitation.enforcement_recheck_rate",
    )

    detail_template = "sanitation/item.html"

    def page(self, record, request):
        ordered = record.handling == Handling.ORDERED
        return {"ordered": ordered} | by_caption(photos_of(self, record))

    def label_of(self, record):
        return f"{record.get_kind_display()} {record.quantity}{MEASURES[record.kind]}"

    def hint_of(self, record):
        return f"{record.action} · {record.unit}"

    def actions(self, record, user):
        waits = record.handling == Handling.ORDERED and record.rechecked_on is None
        if not waits or not access_of(user).may(self.edit_permission, record.unit_id):
            return ()
        url = reverse("enforcement-recheck", args=[record.action_id])
        return [Action("复查", f"{url}?item={record.pk}")]
