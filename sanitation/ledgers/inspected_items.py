"""What inspections say of an item beyond their findings, as a ledger for registers of the past."""

from portal.ledgers import Column, column, register
from portal.ledgers.columns import reader
from residents.ledgers.about import unit_column
from sanitation.forms.inspected_items import InspectedItemForm
from sanitation.ledgers.about import community_column
from sanitation.ledgers.findings import PartLedger
from sanitation.ledgers.sections import INSPECTIONS
from sanitation.models import InspectedItem
from sanitation.resolving import CHECK_DAY_LABEL, CHECK_KIND_LABEL, INSPECTED_ITEM, ITEM_LABEL
from sanitation.services.past import drop_item, restore_item, say_of_item


@register
class InspectedItemLedger(PartLedger):
    slug, title, icon, section = "inspected-items", "项目检查情况", "list-details", INSPECTIONS
    in_menu = False
    quick = False
    model = InspectedItem
    description = "各次检查的不适用项目和比率；一般在检查的页面上填，成批的可从这里导入。"
    date = "inspection__occurred_on"
    order = ("-inspection__occurred_on", "item__ordinal", "-pk")
    select_related = ("community", "item", "inspection__community", "inspection__unit")
    columns = (
        Column(
            ITEM_LABEL,
            reader(InspectedItem, "item.title"),
            field="item",
            sort="item__title",
            width=32,
        ),
        community_column(InspectedItem),
        Column(
            CHECK_DAY_LABEL,
            reader(InspectedItem, "inspection.occurred_on"),
            field="inspection",
            sort="inspection__occurred_on",
            width=12,
        ),
        Column(
            CHECK_KIND_LABEL, reader(InspectedItem, "inspection.kind"), field="inspection", width=12
        ),
        column(InspectedItem, "is_na", width=10),
        column(InspectedItem, "rate", width=12),
        column(InspectedItem, "note", sort="", width=28),
        unit_column(InspectedItem),
    )
    form_class = InspectedItemForm
    form_layout = ("inspection", "item", ("is_na", "rate"), "note")
    kept_for_next = ("inspection",)
    filters = ("is_na",)
    search = ("item__title", "community__name")
    search_hint = "项目或社区（村）"
    identity = ("inspection", "item")
    resolvers = PartLedger.resolvers | {"item": INSPECTED_ITEM}

    def label_of(self, record):
        return f"{record.item}"

    def save(self, form, *, by):
        return say_of_item(form.save(commit=False), by=by)

    def recycle(self, record, *, version, by):
        record.version = version
        drop_item(record, by=by)

    def restore(self, record, *, by):
        record.validate_constraints()
        restore_item(record, by=by)
