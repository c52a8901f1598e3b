"""评分表 by editions, with their items and faults; an edition that was used is only read."""

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse

from portal.ledgers import MORE, Action, Column, Ledger, column, register
from portal.ledgers.columns import reader
from portal.ledgers.registry import ledgers
from portal.office.ledgers.base import Spells, number
from portal.scope import Denied, access_of
from residents.ledgers.about import unit_column
from sanitation.forms.rubrics import FaultForm, ItemForm, RubricForm
from sanitation.ledgers.sections import INSPECTIONS
from sanitation.models import Rubric, RubricFault, RubricItem
from sanitation.resolving import (
    EDITION_LABEL,
    ITEM_LABEL,
    ITEM_OF_RUBRIC,
    RUBRIC,
    RUBRIC_LABEL,
)
from sanitation.rubric_templates import how_taken
from sanitation.selectors.rubrics import full_of, items_of, uses
from sanitation.services.rubrics import check_unused
from sanitation.workflow import MANAGE


class EditionLedger(Ledger):
    """Kept by whoever manages rubrics; what belongs to a used edition is only read."""

    quick = False
    date = ""

    @property
    def edit_permission(self):
        return MANAGE

    def rubric_of(self, record):
        return record.rubric

    def kept_by(self, record):
        try:
            check_unused(self.rubric_of(record))
        except Denied as denial:
            return str(denial)
        return ""


@register
class RubricLedger(Spells, EditionLedger):
    slug, title, icon, section = "rubrics", "检查评分表", "clipboard-list", INSPECTIONS
    model = Rubric
    description = "检查项目、分值和扣分标准，按版次管理：检查用过的一版不再改，要改就发布新版。"
    columns = (
        column(Rubric, "name", width=30),
        column(Rubric, "edition", width=8),
        "starts_on",
        "ends_on",
        Column("使用次数", lambda rubric: rubric.used, sort="used", width=10, numeric=True),
        *(number(Rubric, name, width=10) for name in ("excellent_from", "good_from", "pass_from")),
        column(Rubric, "note", sort="", width=24, listed=False),
        unit_column(Rubric),
    )
    form_class = RubricForm
    form_layout = (
        ("name", "edition"),
        ("starts_on", "ends_on"),
        ("excellent_from", "good_from", "pass_from"),
        "note",
    )
    form_folds = {"excellent_from": "等次和说明"}
    search = ("name",)
    search_hint = "评分表名称"
    identity = ("name", "edition")
    detail_template = "sanitation/rubric.html"

    def rubric_of(self, record):
        return record

    def readable(self, rows):
        kept = Count("inspections", filter=Q(inspections__deleted_at__isnull=True))
        return super().readable(rows).annotate(used=kept)

    def hint_of(self, record):
        return f"{record.starts_on}起 · {record.unit}"

    def list_actions(self, user):
        if not access_of(user).may(MANAGE):
            return ()
        return [Action("从模板新建", reverse("rubric-from-template"))]

    def actions(self, record, user):
        if not access_of(user).may(MANAGE, record.unit_id):
            return ()
        return [Action("发布新版", reverse("rubric-new-edition", args=[record.pk]))]

    def page(self, record, request):
        items = items_of(record)
        may = access_of(request.user).may(MANAGE, record.unit_id)
        used = uses(record)
        item_ledger, fault_ledger = ledgers["rubric-items"], ledgers["rubric-faults"]
        may_add = may and not used
        return {
            "lines": [
                {
                    "item": item,
                    "how": how_taken(item.faults.all(), item.by_rate),
                    "url": item_ledger.url("detail", item),
                    "faults": [
                        (fault, fault_ledger.url("detail", fault)) for fault in item.faults.all()
                    ],
                    "add_url": f"{fault_ledger.url('add')}?item={item.pk}"
                    if may_add and not item.by_rate
                    else "",
                }
                for item in items
            ],
            "full": full_of(items),
            "add_url": f"{item_ledger.url('add')}?rubric={record.pk}" if may_add else "",
            "used": used,
        }

    def recycle(self, record, *, version, by):
        with transaction.atomic():
            super().recycle(record, version=version, by=by)
            faults = RubricFault.objects.kept().filter(item__rubric=record)
            faults.update(deleted_at=record.deleted_at, deleted_by=by)

    def restore(self, record, *, by):
        with transaction.atomic():
            faults = RubricFault.objects.filter(item__rubric=record, deleted_at=record.deleted_at)
            faults.update(deleted_at=None, deleted_by=None)
            super().restore(record, by=by)


@register
class ItemLedger(EditionLedger):
    slug, title, icon, section = "rubric-items", "评分项目", "list-details", INSPECTIONS
    in_menu = False
    model = RubricItem
    description = "各版评分表的项目；一般在评分表的页面上修改，成批的可从这里导入。"
    order = ("rubric__name", "-rubric__edition", "ordinal", "pk")
    select_related = ("rubric",)
    columns = (
        column(RubricItem, "title", width=36),
        Column(
            RUBRIC_LABEL,
            reader(RubricItem, "rubric.name"),
            field="rubric",
            sort="rubric__name",
            width=28,
        ),
        Column(
            EDITION_LABEL,
            reader(RubricItem, "rubric.edition"),
            field="rubric",
            width=8,
            numeric=True,
        ),
        column(RubricItem, "ordinal", width=8),
        number(RubricItem, "maximum", width=8),
        number(RubricItem, "cap", width=10),
        column(RubricItem, "place_kind", width=16),
        column(RubricItem, "by_rate", width=12),
        column(RubricItem, "needs_photo", width=12),
        column(RubricItem, "may_be_na", width=10),
        unit_column(RubricItem),
    )
    form_class = ItemForm
    form_layout = (
        ("rubric", "ordinal"),
        "title",
        ("maximum", "cap"),
        ("by_rate", "needs_photo", "may_be_na"),
        "place_kind",
    )
    form_folds = {"place_kind": MORE}
    kept_for_next = ("rubric",)
    search = ("title", "rubric__name")
    search_hint = "项目或评分表名称"
    identity = ("rubric", "ordinal")
    resolvers = {"rubric": RUBRIC}
    related = (("rubric-faults", "item"),)

    def hint_of(self, record):
        return str(record.rubric)


@register
class FaultLedger(EditionLedger):
    slug, title, icon, section = "rubric-faults", "扣分情形", "list-details", INSPECTIONS
    in_menu = False
    model = RubricFault
    description = "各项目怎么扣分；一般在评分表的页面上修改，成批的可从这里导入。"
    order = ("item__rubric__name", "-item__rubric__edition", "item__ordinal", "ordinal", "pk")
    select_related = ("item__rubric",)
    columns = (
        column(RubricFault, "title", width=20),
        Column(
            ITEM_LABEL,
            reader(RubricFault, "item.title"),
            field="item",
            sort="item__title",
            width=32,
        ),
        Column(RUBRIC_LABEL, reader(RubricFault, "item.rubric.name"), field="item", width=28),
        Column(
            EDITION_LABEL,
            reader(RubricFault, "item.rubric.edition"),
            field="item",
            width=8,
            numeric=True,
        ),
        column(RubricFault, "ordinal", width=8),
        number(RubricFault, "points", width=10),
        column(RubricFault, "measure", width=8),
        column(RubricFault, "problem", width=18),
        column(RubricFault, "is_serious", width=10),
        unit_column(RubricFault),
    )
    form_class = FaultForm
    form_layout = (
        ("item", "ordinal"),
        ("title", "problem"),
        ("points", "measure"),
        "is_serious",
    )
    kept_for_next = ("item",)
    search = ("title", "item__title")
    search_hint = "扣分情形或项目"
    identity = ("item", "ordinal")
    resolvers = {"item": ITEM_OF_RUBRIC}

    def rubric_of(self, record):
        return record.item.rubric

    def hint_of(self, record):
        return str(record.item)
