"""The ledgers of the places where households live."""

from django.db.models import Q, Value
from django.db.models.functions import Concat

from portal.ledgers import Column, Ledger, column, register
from portal.ledgers.columns import reader
from residents.forms import DwellingForm, SpellForm
from residents.ledgers.about import unit_column
from residents.models import Building, Dwelling
from residents.resolving import BUILDING
from residents.services import let_addresses_follow


@register
class BuildingLedger(Ledger):
    slug, title, icon = "buildings", "楼栋", "building"
    quick = False
    model = Building
    description = "一栋楼登记一次；它下面的房屋在“房屋”中登记。"
    date = ""
    order = ("name", "pk")
    select_related = ("grid",)
    columns = (
        column(Building, "name", width=24),
        column(Building, "address", sort="", width=28),
        column(Building, "grid", field="", width=14),
        "floors",
        "starts_on",
        "ends_on",
        column(Building, "note", sort="", listed=False),
        unit_column(Building),
    )
    form_class = SpellForm
    form_layout = (("name", "address"), ("grid", "floors"), ("starts_on", "ends_on"), "note")
    search = ("name", "address")
    search_hint = "楼栋名称或地址"
    identity = ("name",)
    footer = ("residents.buildings",)
    related = (("dwellings", "building"),)

    def save(self, form, *, by):
        building = super().save(form, by=by)
        let_addresses_follow(building.dwellings.all())
        return building


@register
class DwellingLedger(Ledger):
    slug, title, icon = "dwellings", "房屋", "home"
    quick = False
    model = Dwelling
    description = "一套房屋登记一次；可以先后住几户，也可以同时住几户。"
    date = ""
    order = ("building__name", "entrance", "room", "pk")
    select_related = ("building",)
    columns = (
        Column(
            "楼栋",
            reader(Dwelling, "building.name"),
            field="building",
            sort="building__name",
            width=24,
        ),
        "entrance",
        "floor",
        "room",
        "use",
        column(Dwelling, "area", sort="area"),
        column(Dwelling, "owner", sort="", listed=False),
        column(Dwelling, "starts_on", listed=False),
        column(Dwelling, "ends_on", listed=False),
        column(Dwelling, "note", sort="", listed=False),
        unit_column(Dwelling),
    )
    form_class = DwellingForm
    form_layout = (
        ("building", "entrance"),
        ("floor", "room"),
        ("use", "area", "owner"),
        ("starts_on", "ends_on"),
        "note",
    )
    filters = ("use",)
    search = ("building__name", "building__address", "room", "owner")
    search_hint = "楼栋、房号或产权人"
    identity = ("building", "entrance", "room")
    resolvers = {"building": BUILDING}
    footer = (
        "residents.dwellings",
        "residents.dwellings_occupied",
        "residents.dwellings_vacant",
        "residents.dwellings_rented",
    )
    related = (("households", "dwelling"),)

    def found(self, rows, text):
        """Each typed word stands in the door as it is written: 1栋 2单元501, or 1栋2单元501室."""
        rows = rows.annotate(
            written=Concat("building__name", "entrance", Value("单元"), "room", Value("室"))
        )
        for word in text.split():
            rows = rows.filter(
                Q(written__icontains=word) | Q(building__address__icontains=word) | Q(owner=word)
            )
        return rows

    def hint_of(self, record):
        return f"{record.get_use_display()} · {record.unit}"

    def save(self, form, *, by):
        dwelling = super().save(form, by=by)
        let_addresses_follow([dwelling])
        return dwelling
