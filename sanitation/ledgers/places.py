"""The ledgers of places and of those who answer for them."""

from portal.ledgers import MORE, column, register
from portal.office.ledgers.base import Spells
from residents.ledgers.about import unit_column
from sanitation.ledgers.about import AboutCommunityLedger, community_column, grid_column
from sanitation.ledgers.sections import PLACES
from sanitation.models import InspectionPoint


@register
class PointLedger(Spells, AboutCommunityLedger):
    slug, title, icon, section = "inspection-points", "检查点位", "map-pin", PLACES
    model = InspectionPoint
    description = "道路、集镇、水域、公厕、垃圾池等检查时要看的地方，以及谁负责。"
    select_related = ("community", "grid")
    columns = (
        "name",
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
    kept_for_next = ("community", "kind")
    quick = False
    filters = ("kind",)
    search = ("name", "place", "keeper")
    search_hint = "点位名称、位置或责任人"
    identity = ("name", "community")
