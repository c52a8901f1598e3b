"""What inspections say of an item beyond their findings, as a ledger for registers of the past."""

from portal.imports.resolving import Resolver
from portal.ledgers import Column, column, register
from portal.ledgers.columns import reader
from portal.text import clean_text
from residents.ledgers.about import unit_column
from residents.resolving import only
from sanitation.forms.inspected_items import InspectedItemForm
from sanitation.ledgers.about import community_column
from sanitation.ledgers.findings import (
    DAY,
    INSPECTION_LABELS,
    ITEM,
    KIND,
    PartLedger,
    inspection_of,
)
from sanitation.ledgers.sections import INSPECTIONS
from sanitation.models import InspectedItem
from sanitation.services.past import say_of_item


def find_item(cells, user, unit):
    """An item of the inspection's own edition."""
    title, inspection = clean_text(cells.get(ITEM, "")), inspection_of(cells, user, unit)
    if not title or inspection is None or inspection.rubric is None:
        return None
    rows = inspection.rubric.items.kept().filter(title=title)
    return only(rows, "这次检查的评分表没有这个项目，请核对。", "评分表有几个同名的项目。")


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
            ITEM, reader(InspectedItem, "item.title"), field="item", sort="item__title", width=32
        ),
        community_column(InspectedItem),
        Column(
            DAY,
            reader(InspectedItem, "inspection.occurred_on"),
            field="inspection",
            sort="inspection__occurred_on",
            width=12,
        ),
        Column(KIND, reader(InspectedItem, "inspection.kind"), field="inspection", width=12),
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
    resolvers = PartLedger.resolvers | {
        "item": Resolver((ITEM,), find_item, beside=INSPECTION_LABELS)
    }

    def label_of(self, record):
        return f"{record.item}"

    def save(self, form, *, by):
        return say_of_item(form.save(commit=False), by=by)
