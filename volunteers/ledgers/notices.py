"""招募公告 by channel."""

from portal.ledgers import Ledger, column, register
from residents.ledgers.about import unit_column
from volunteers.ledgers.about import activity_columns
from volunteers.ledgers.sections import ACTIVITIES
from volunteers.models import RecruitmentNotice
from volunteers.resolving_activities import ACTIVITY_OF_VOLUNTEERS


@register
class RecruitmentNoticeLedger(Ledger):
    slug, title, icon, section = "recruitment-notices", "招募公告", "speakerphone", ACTIVITIES
    quick = False
    model = RecruitmentNotice
    description = "在宣传栏、横幅、传单、电话、网上发布的招募，一个渠道一条，写明数量。"
    select_related = ("activity",)
    columns = (
        "occurred_on",
        "channel",
        column(RecruitmentNotice, "content", sort="", width=36),
        *activity_columns(RecruitmentNotice),
        column(RecruitmentNotice, "place", sort="", width=20),
        "quantity",
        column(RecruitmentNotice, "removed_on", listed=False),
        column(RecruitmentNotice, "highlight", sort="", width=10, listed=False),
        unit_column(RecruitmentNotice),
    )
    form_layout = (
        ("channel", "occurred_on"),
        "content",
        ("activity", "place"),
        ("quantity", "removed_on"),
        "highlight",
    )
    today = "occurred_on"
    kept_for_next = ("occurred_on",)
    filters = ("channel",)
    search = ("content", "place", "activity__title")
    search_hint = "内容、地点或活动名称"
    identity = ("occurred_on", "channel", "content", "place")
    resolvers = {"activity": ACTIVITY_OF_VOLUNTEERS}
    footer = ("volunteers.notices",)
