"""The ledgers of places and of those who answer for them."""

from portal import masks
from portal.ledgers import MORE, Column, column, register
from portal.office.ledgers.base import Spells
from residents.ledgers.about import unit_column
from sanitation.forms.cleaners import PhoneForm
from sanitation.forms.places import RepresentativeForm
from sanitation.ledgers.about import AboutCommunityLedger, community_column, grid_column
from sanitation.ledgers.sections import PLACES
from sanitation.models import InspectionPoint, KeyUnit, Representative


def phone_column(model):
    return Column(
        "联系电话",
        lambda record: masks.mask_phone(record.phone),
        field="phone",
        width=16,
        masked=True,
        sealed="phone",
    )


class PlaceLedger(Spells, AboutCommunityLedger):
    """What stands in a community, perhaps in one of its grids, from a day on."""

    select_related = ("community", "grid")
    quick = False
    filters = ("kind",)
    kept_for_next = ("community", "kind", "starts_on")
    identity = ("name", "community")


@register
class PointLedger(PlaceLedger):
    slug, title, icon, section = "inspection-points", "检查点位", "map-pin", PLACES
    model = InspectionPoint
    description = "道路、集镇、水域、公厕、垃圾池等检查时要看的地方，以及谁负责。"
    order = ("community__code", "kind", "name", "pk")
    columns = (
        column(InspectionPoint, "name", width=24),
        "kind",
        community_column(InspectionPoint),
        grid_column(InspectionPoint),
        column(InspectionPoint, "place", sort="", width=24),
        column(InspectionPoint, "keeper", sort="", width=12),
        "starts_on",
        column(InspectionPoint, "ends_on", listed=False),
        unit_column(InspectionPoint),
    )
    form_layout = (
        ("name", "kind"),
        ("community", "grid"),
        ("place", "keeper"),
        "starts_on",
        "ends_on",
    )
    form_folds = {"ends_on": MORE}
    search = ("name", "place", "keeper")
    search_hint = "点位名称、位置或责任人"
    footer = ("sanitation.points",)


@register
class KeyUnitLedger(PlaceLedger):
    slug, title, icon, section = "key-units", "重点单位", "building", PLACES
    model = KeyUnit
    description = "垃圾多、门前难管的企业、市场、学校和工地，负责人是谁、要盯住什么。"
    order = ("community__code", "name", "pk")
    columns = (
        column(KeyUnit, "name", width=28),
        "kind",
        community_column(KeyUnit),
        grid_column(KeyUnit, listed=False),
        column(KeyUnit, "place", sort="", width=24, listed=False),
        column(KeyUnit, "manager", sort="", width=12),
        phone_column(KeyUnit),
        column(KeyUnit, "concerns", sort="", width=32),
        "starts_on",
        column(KeyUnit, "ends_on", listed=False),
        unit_column(KeyUnit),
    )
    form_class = PhoneForm
    form_layout = (
        ("name", "kind"),
        ("community", "grid"),
        ("manager", "phone"),
        "concerns",
        "starts_on",
        ("place", "ends_on"),
    )
    form_folds = {"place": MORE}
    search = ("name", "manager", "concerns")
    search_hint = "单位名称、负责人或重点问题"
    footer = ("sanitation.key_units",)
    unmaskable = ("phone",)


@register
class RepresentativeLedger(PlaceLedger):
    slug, title, icon, section = "representatives", "环境卫生代表", "users", PLACES
    model = Representative
    description = "乐和代表、小组代表、互助会成员：监督哪些户、哪片地方的卫生。"
    order = ("community__code", "grid__code", "name", "pk")
    columns = (
        column(Representative, "name", width=12),
        "kind",
        community_column(Representative),
        grid_column(Representative),
        phone_column(Representative),
        column(Representative, "duty", sort="", width=32),
        "starts_on",
        column(Representative, "ends_on", listed=False),
        unit_column(Representative),
    )
    form_class = RepresentativeForm
    form_layout = (
        ("name", "kind"),
        ("community", "grid"),
        ("phone", "starts_on"),
        "duty",
        "ends_on",
    )
    form_folds = {"ends_on": MORE}
    search = ("name", "duty")
    search_hint = "姓名或负责的户"
    identity = ("name", "community", "starts_on")
    footer = ("sanitation.representatives",)
    unmaskable = ("phone",)
