"""What villagers gave to a site: money in and out, labour, plants."""

from django.urls import reverse

from portal.ledgers import Action, Sheet, column, register
from portal.office.ledgers.base import number
from residents.ledgers.about import unit_column
from sanitation.enums.demonstration import Direction
from sanitation.forms.sites import FundForm, LabourForm
from sanitation.ledgers.sites import OfSiteLedger, site_columns
from sanitation.models import FundEntry, LabourGift, PlantGift

LOOKS = {Direction.INCOME: "good", Direction.SPENDING: "warn"}


@register
class FundLedger(OfSiteLedger):
    slug, title, icon = "fund-entries", "示范点收支", "coins"
    model = FundEntry
    description = "示范点的每一笔收入和支出，按实有的数登记；收支向村民公示。"
    columns = (
        "occurred_on",
        *site_columns(FundEntry),
        column(FundEntry, "direction", width=8, look=lambda row: {"badge": LOOKS[row.direction]}),
        column(FundEntry, "amount"),
        column(FundEntry, "source", width=12),
        column(FundEntry, "party", sort="", width=20),
        column(FundEntry, "purpose", sort="", width=28),
        "posted_on",
        unit_column(FundEntry),
    )
    form_class = FundForm
    form_layout = (
        ("site", "occurred_on"),
        ("direction", "amount"),
        ("source", "party"),
        "purpose",
        "posted_on",
    )
    filters = ("direction", "source")
    search = ("party", "purpose", "site__name")
    search_hint = "交款人、收款人或用途"
    identity = ("site", "occurred_on", "direction", "party", "purpose")
    footer = (
        "sanitation.funds_raised",
        "sanitation.funds_spent",
        "sanitation.funds_balance",
        "sanitation.funds_posted_rate",
    )
    kept_for_next = ("site", "occurred_on", "direction", "source", "purpose")
    sheet = Sheet(
        "示范点收支登记表",
        common=("site", "occurred_on", "direction", "source", "purpose"),
        each={"party": 60, "amount": 40},
        margin=("签名",),
    )

    def actions(self, record, user):
        return [Action("收支公示", reverse("site-accounts", args=[record.site_id]))]


@register
class LabourLedger(OfSiteLedger):
    slug, title, icon = "labour-gifts", "投工投劳", "users"
    model = LabourGift
    description = "村民义务投的工，半个工填 0.5。"
    columns = (
        "occurred_on",
        *site_columns(LabourGift),
        column(LabourGift, "person", width=16),
        number(LabourGift, "days", 8),
        column(LabourGift, "work", sort="", width=28),
        unit_column(LabourGift),
    )
    form_class = LabourForm
    form_layout = (("site", "occurred_on"), ("person", "days"), "work")
    search = ("person", "work", "site__name")
    search_hint = "投工人、工作内容或示范点"
    identity = ("site", "occurred_on", "person", "work")
    footer = ("sanitation.labour_days", "sanitation.labour_times")
    kept_for_next = ("site", "occurred_on", "work")
    sheet = Sheet(
        "投工投劳登记表",
        common=("site", "occurred_on", "work"),
        each={"person": 60, "days": 40},
        margin=("签名",),
    )


@register
class PlantLedger(OfSiteLedger):
    slug, title, icon = "plant-gifts", "花木捐赠", "trees"
    model = PlantGift
    description = "村民捐的树、花和草皮；同一单位的数量才加得起来，树和花用株、盆。"
    columns = (
        "occurred_on",
        *site_columns(PlantGift),
        column(PlantGift, "species", width=16),
        "kind",
        "quantity",
        column(PlantGift, "measure", label="计量单位", sort="", width=8),
        column(PlantGift, "donor", sort="", width=16),
        number(PlantGift, "value"),
        unit_column(PlantGift),
    )
    form_layout = (
        ("site", "occurred_on"),
        ("species", "kind"),
        ("quantity", "measure"),
        ("donor", "value"),
    )
    filters = ("kind",)
    search = ("species", "donor", "site__name")
    search_hint = "品种、捐赠人或示范点"
    identity = ("site", "occurred_on", "species", "donor")
    footer = ("sanitation.plants", "sanitation.plant_gifts", "sanitation.plant_value")
    kept_for_next = ("site", "occurred_on")
    sheet = Sheet(
        "花木捐赠登记表",
        common=("site", "occurred_on"),
        each={"donor": 22, "species": 22, "kind": 20, "quantity": 12, "measure": 10, "value": 14},
    )
