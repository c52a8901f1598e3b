"""Hauls, buy-back and targets, as ledgers."""

from abc import abstractmethod

from django.core.exceptions import ValidationError
from django.urls import reverse

from portal.ledgers import MORE, Action, column, register
from portal.ledgers.sheets import Sheet
from portal.office.ledgers.base import Spells, number
from residents.ledgers.about import unit_column
from sanitation.forms.waste import BuybackForm, HaulForm, TargetForm
from sanitation.ledgers.about import AboutCommunityLedger, community_column, grid_column
from sanitation.ledgers.sections import WASTE
from sanitation.models import Buyback, BuybackTarget, WasteHaul
from sanitation.selectors.doubles import faults_of_target
from sanitation.services.alone import store_alone


class Overviewed:
    """Ledgers above whose list stands the way to the numbers of all communities."""

    def list_actions(self, user):
        return [Action("各社区清运和回购", reverse("sanitation-waste"))]


class Once:
    """Of what may stand only once about a community."""

    @abstractmethod
    def faults(self, record) -> dict[str, str]:
        """What stands against the record, by form field."""

    def save(self, form, *, by):
        record = form.save(commit=False)
        if record._state.adding:
            record.recorded_by = by
        return store_alone(record, self.faults)

    def restore(self, record, *, by):
        if found := self.faults(record):
            raise ValidationError(list(found.values()))
        super().restore(record, by=by)


@register
class HaulLedger(Overviewed, AboutCommunityLedger):
    slug, title, icon, section = "waste-hauls", "垃圾清运", "trash", WASTE
    model = WasteHaul
    description = "每车运到压缩站（处理场）的垃圾；有毛重和皮重的，净重自动算出。当天的磅单用“登记多条”一次录完。"
    columns = (
        "occurred_on",
        community_column(WasteHaul),
        column(WasteHaul, "waste", width=12),
        "vehicle",
        column(WasteHaul, "station", width=18),
        "slip",
        column(WasteHaul, "gross", listed=False),
        column(WasteHaul, "tare", listed=False),
        "net",
        grid_column(WasteHaul, listed=False),
        unit_column(WasteHaul),
    )
    form_class = HaulForm
    form_layout = (
        ("occurred_on", "community"),
        ("vehicle", "station"),
        ("slip", "waste"),
        ("gross", "tare", "net"),
        "grid",
    )
    form_folds = {"grid": MORE}
    sheet = Sheet(
        "垃圾清运登记表",
        common=("occurred_on", "station", "waste"),
        each={"community": 22, "vehicle": 14, "slip": 14, "gross": 10, "tare": 10, "net": 10},
        margin=("司机签名",),
    )
    today = "occurred_on"
    kept_for_next = ("occurred_on", "community", "vehicle", "station", "waste")
    filters = ("waste",)
    search = ("vehicle", "station", "slip", "community__name")
    search_hint = "车牌、压缩站、磅单号或社区"
    identity = ("occurred_on", "community", "vehicle", "waste", "slip", "net")
    footer = ("sanitation.hauled", "sanitation.haul_trips")

    def identity_of(self, record):
        """A slip tells the trip; without one the day, vehicle and weight do."""
        if record.slip:
            return (record.station, record.slip)
        if record.net is None:
            return ()
        return (
            str(record.occurred_on),
            record.community_id,
            record.vehicle,
            record.waste,
            record.net,
        )


@register
class BuybackLedger(Overviewed, AboutCommunityLedger):
    slug, title, icon, section = "buybacks", "可回收物回购", "recycle", WASTE
    model = Buyback
    description = "从居民手里回购的可回收物和换物品收来的有害垃圾：填了单价的，金额自动算出。"
    columns = (
        "occurred_on",
        community_column(Buyback),
        column(Buyback, "category", width=12),
        number(Buyback, "weight"),
        number(Buyback, "unit_price", 14),
        column(Buyback, "amount"),
        column(Buyback, "goods", sort="", width=20),
        column(Buyback, "households", listed=False),
        grid_column(Buyback, listed=False),
        unit_column(Buyback),
    )
    form_class = BuybackForm
    form_layout = (
        ("occurred_on", "community"),
        ("category", "weight"),
        ("unit_price", "amount"),
        ("goods", "households"),
        "grid",
    )
    form_folds = {"goods": MORE}
    sheet = Sheet(
        "可回收物回购登记表",
        common=("occurred_on", "community"),
        each={"category": 14, "weight": 12, "unit_price": 14, "amount": 12, "goods": 22},
        margin=("交售人签名",),
    )
    today = "occurred_on"
    kept_for_next = ("occurred_on", "community")
    filters = ("category",)
    search = ("goods", "community__name")
    search_hint = "兑换物品或社区"
    identity = ("occurred_on", "community", "grid", "category", "weight", "goods")
    footer = (
        "sanitation.buyback_kg",
        "sanitation.exchanged_kg",
        "sanitation.buyback_amount",
    )


@register
class TargetLedger(Once, Spells, Overviewed, AboutCommunityLedger):
    slug, title, icon, section = "buyback-targets", "回购任务", "chart-bar", WASTE
    quick = False
    model = BuybackTarget
    description = "各社区（村）一年要回购多少可回收物；完成率由回购记录统计。"
    columns = (
        community_column(BuybackTarget),
        "starts_on",
        "ends_on",
        "weight",
        column(BuybackTarget, "basis", sort="", width=24),
        unit_column(BuybackTarget),
    )
    form_class = TargetForm
    form_layout = (("community", "weight"), ("starts_on", "ends_on"), "basis")
    sheet = Sheet(
        "回购任务登记表",
        common=("starts_on", "ends_on", "basis"),
        each={"community": 40, "weight": 30},
    )
    kept_for_next = ("starts_on", "ends_on", "basis")
    search = ("basis", "community__name")
    search_hint = "依据文件或社区"
    identity = ("community", "starts_on")
    footer = (
        "sanitation.buyback_target",
        "sanitation.buyback_towards",
        "sanitation.buyback_completion",
        "sanitation.buyback_gap",
    )

    def faults(self, record):
        return faults_of_target(record)
