"""Posters, the waste fee and 三分一处, as ledgers."""

from django.urls import reverse

from portal.imports.resolving import Resolver
from portal.ledgers import Action, Column, Ledger, column, register
from portal.ledgers.columns import reader
from portal.ledgers.forms import LedgerForm
from portal.ledgers.sheets import Sheet
from portal.office.ledgers.base import Spells
from portal.text import clean_text
from residents.ledgers.about import unit_column
from residents.resolving import only
from sanitation.forms.posters import (
    CollectionForm,
    DeliveryForm,
    PasteForm,
    SortingForm,
)
from sanitation.ledgers.about import AboutCommunityLedger, community_column, grid_column
from sanitation.ledgers.frozen import OfQuarter
from sanitation.ledgers.sections import WASTE
from sanitation.ledgers.waste import Once, Overviewed
from sanitation.models import (
    FeeCollection,
    FeeStandard,
    MaterialDelivery,
    PasteCheck,
    SortingState,
)
from sanitation.selectors.doubles import faults_of_collection, faults_of_sorting

STANDARD_LABEL = "垃圾费标准"


def find_standard(cells, user, unit):
    """A standard of the unit or above it, by its title, or by its whole name where titles repeat."""
    text = clean_text(cells.get(STANDARD_LABEL) or "")
    if not text:
        return None
    rows = FeeStandard.objects.visible_to(user)
    named = [row.pk for row in rows if str(row) == text]
    return only(
        rows.filter(pk__in=named) if named else rows.filter(title=text),
        "没有这个垃圾费标准，请先登记标准，或核对收费项目的名称。",
        "有几个标准都叫这个名称，请写成“收费项目 金额元/计费单位”。",
    )


@register
class DeliveryLedger(Overviewed, AboutCommunityLedger):
    slug, title, icon, section = "material-deliveries", "宣传画报发送", "speakerphone", WASTE
    model = MaterialDelivery
    description = "发到各社区（村）、要张贴到户的画报和其他宣传品。"
    columns = (
        "occurred_on",
        community_column(MaterialDelivery),
        column(MaterialDelivery, "material", width=28),
        "quantity",
        column(MaterialDelivery, "measure", sort="", width=10),
        column(MaterialDelivery, "receiver", sort="", width=12),
        unit_column(MaterialDelivery),
    )
    form_class = DeliveryForm
    form_layout = (
        ("occurred_on", "material"),
        ("community", "quantity", "measure"),
        "receiver",
    )
    sheet = Sheet(
        "宣传画报发送登记表",
        common=("occurred_on", "material", "measure"),
        each={"community": 30, "quantity": 16, "receiver": 20},
        margin=("签名",),
    )
    today = "occurred_on"
    kept_for_next = ("occurred_on", "material", "measure")
    search = ("material", "receiver", "community__name")
    search_hint = "宣传品、签收人或社区"
    identity = ("occurred_on", "community", "material")
    footer = ("sanitation.delivered", "sanitation.deliveries")


@register
class PasteCheckLedger(OfQuarter, Overviewed, AboutCommunityLedger):
    slug, title, icon, section = "paste-checks", "粘贴抽查", "clipboard-check", WASTE
    model = PasteCheck
    description = "抽查几户、几户已把画报贴上墙；粘贴率是各次抽查的已粘贴户数除以抽查户数。"
    columns = (
        "occurred_on",
        community_column(PasteCheck),
        grid_column(PasteCheck),
        "sampled",
        "pasted",
        column(PasteCheck, "checker", sort="", width=12),
        unit_column(PasteCheck),
    )
    form_class = PasteForm
    form_layout = (
        ("occurred_on", "checker"),
        ("community", "grid"),
        ("sampled", "pasted"),
    )
    sheet = Sheet(
        "画报粘贴抽查表",
        common=("occurred_on", "checker"),
        each={"community": 26, "grid": 22, "sampled": 14, "pasted": 14},
    )
    own_name, today = "checker", "occurred_on"
    kept_for_next = ("occurred_on", "checker", "community")
    search = ("checker", "community__name")
    search_hint = "抽查人或社区"
    identity = ("occurred_on", "community", "grid", "checker")
    footer = (
        "sanitation.paste_sampled",
        "sanitation.paste_pasted",
        "sanitation.paste_rate",
    )


@register
class FeeStandardLedger(Spells, Ledger):
    slug, title, icon, section = "fee-standards", "垃圾费标准", "notebook", WASTE
    quick = False
    model = FeeStandard
    form_class = LedgerForm
    description = (
        "垃圾费按什么标准收，依据哪个文件；下级单位都能看到。标准变了，旧的填停止日期，另登记新的。"
    )
    columns = (
        column(FeeStandard, "title", width=24),
        "amount",
        "per",
        "starts_on",
        "ends_on",
        column(FeeStandard, "basis", sort="", width=24, listed=False),
        unit_column(FeeStandard),
    )
    form_layout = (("title", "amount", "per"), ("starts_on", "ends_on"), "basis")
    search = ("title", "basis")
    search_hint = "收费项目或依据文件"
    identity = ("title", "per", "starts_on")

    def label_of(self, record):
        return str(record)


@register
class CollectionLedger(OfQuarter, Once, Overviewed, AboutCommunityLedger):
    slug, title, icon, section = "fee-collections", "垃圾费收缴", "coins", WASTE
    model = FeeCollection
    description = "应缴多少户、已缴多少户、收了多少钱；整个社区一条，或各小组各一条。"
    select_related = ("community", "grid", "standard")
    columns = (
        "occurred_on",
        community_column(FeeCollection),
        grid_column(FeeCollection),
        Column(STANDARD_LABEL, reader(FeeCollection, "standard"), field="standard", width=26),
        "due",
        "paid",
        "amount",
        column(FeeCollection, "collector", sort="", width=12, listed=False),
        unit_column(FeeCollection),
    )
    resolvers = AboutCommunityLedger.resolvers | {
        "standard": Resolver((STANDARD_LABEL,), find_standard)
    }
    form_class = CollectionForm
    form_layout = (
        ("occurred_on", "standard"),
        ("community", "grid"),
        ("due", "paid", "amount"),
        "collector",
    )
    own_name, today = "collector", "occurred_on"
    kept_for_next = ("occurred_on", "standard", "community", "collector")
    search = ("collector", "community__name", "grid__name")
    search_hint = "收费人、社区或小组"
    identity = ("occurred_on", "community", "grid", "standard")
    footer = (
        "sanitation.fee_due",
        "sanitation.fee_paid",
        "sanitation.fee_rate",
        "sanitation.fee_amount",
    )

    def faults(self, record):
        return faults_of_collection(record)


@register
class SortingLedger(Once, Spells, AboutCommunityLedger):
    slug, title, icon, section = "sorting-states", "三分一处落实情况", "list-details", WASTE
    quick = False
    model = SortingState
    description = (
        "分户减量、分组分类、分村收集、合作社处理，在哪个社区（村）、哪个小组从哪天起落实。"
    )
    select_related = ("community", "grid")
    columns = (
        community_column(SortingState),
        grid_column(SortingState),
        "reduces",
        "sorts",
        "collects",
        column(SortingState, "processor", sort="", width=20),
        "households",
        "starts_on",
        column(SortingState, "ends_on", listed=False),
        unit_column(SortingState),
    )
    form_class = SortingForm
    form_layout = (
        ("community", "grid"),
        ("reduces", "sorts", "collects"),
        ("processor", "households"),
        ("starts_on", "ends_on"),
    )
    filters = ("reduces", "sorts", "collects")
    search = ("processor", "community__name", "grid__name")
    search_hint = "合作社、社区或小组"
    identity = ("community", "grid", "starts_on")
    footer = ("sanitation.sorting_full", "sanitation.sorting_households")

    def faults(self, record):
        return faults_of_sorting(record)

    def list_actions(self, user):
        return [Action("一张表看落实情况", reverse("sanitation-sorting"))]
