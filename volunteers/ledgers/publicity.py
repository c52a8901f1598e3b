"""志愿服务宣传: what was published or broadcast, by medium, level and reach."""

from portal.ledgers import MORE, Column, Ledger, column, register
from portal.ledgers.columns import reader
from residents.ledgers.about import unit_column
from volunteers.forms.publicity import PublicityForm
from volunteers.ledgers.about import activity_columns
from volunteers.ledgers.sections import SERVED
from volunteers.models import PublicityItem
from volunteers.resolving_activities import ACTIVITY_OF_VOLUNTEERS


@register
class PublicityLedger(Ledger):
    slug, title, icon, section = "volunteer-publicity", "志愿服务宣传", "speakerphone", SERVED
    quick = False
    model = PublicityItem
    description = "报纸、电视、公众号、简报等刊播的志愿服务，分媒体、级别，对内还是对外。"
    select_related = ("activity", "project")
    columns = (
        "occurred_on",
        column(PublicityItem, "title", width=36),
        "medium",
        column(PublicityItem, "outlet", width=18),
        "rank",
        "reach",
        *activity_columns(PublicityItem),
        Column(
            "项目", reader(PublicityItem, "project.name"), field="project", width=20, listed=False
        ),
        column(PublicityItem, "link", sort="", width=24, listed=False),
        column(PublicityItem, "highlight", sort="", width=10, listed=False),
        unit_column(PublicityItem),
    )
    resolvers = {"activity": ACTIVITY_OF_VOLUNTEERS}
    form_class = PublicityForm
    form_layout = (
        ("title", "occurred_on"),
        ("medium", "outlet"),
        ("rank", "reach"),
        ("activity", "project"),
        ("link", "highlight"),
    )
    form_folds = {"activity": MORE}
    today = "occurred_on"
    filters = ("medium", "rank", "reach")
    search = ("title", "outlet")
    search_hint = "标题或刊播单位"
    identity = ("occurred_on", "title", "medium", "outlet")
    footer = (
        "volunteers.publicity_items",
        "volunteers.publicity_internal",
        "volunteers.publicity_external",
    )
