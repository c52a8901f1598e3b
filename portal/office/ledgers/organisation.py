"""站所室、岗位、领导小组、人员考核."""

from portal.ledgers import column, register
from portal.office.forms.figures import EvaluationForm
from portal.office.ledgers.base import (
    PEOPLE,
    Lasting,
    LastingPart,
    OfficeLedger,
    long,
    parent,
    plain,
    tail,
    unit,
)
from portal.office.models import (
    GroupMember,
    LeadingGroup,
    Post,
    PostHolder,
    StaffEvaluation,
    Station,
)


@register
class StationLedger(Lasting):
    slug, title, icon, section = "stations", "站所室", "building", PEOPLE
    model = Station
    description = "本单位的站、所、室，写明职责、地点、电话和开放时间。"
    columns = (
        column(Station, "name", width=20),
        "kind",
        plain(Station, "head"),
        long(Station, "duties"),
        plain(Station, "place", 20),
        plain(Station, "phone"),
        plain(Station, "hours", 20),
        long(Station, "document"),
        "starts_on",
        "ends_on",
        *tail(Station),
    )
    form_layout = (
        ("name", "kind"),
        ("head", "phone"),
        ("place", "hours"),
        "duties",
        ("starts_on", "ends_on", "document"),
        "domains",
    )
    filters = ("kind", "domains")
    search = ("name", "head", "duties")
    search_hint = "名称、负责人或职责"
    identity = ("name",)
    footer = ("office.stations",)
    related = (("posts", "station"),)


@register
class PostLedger(Lasting):
    slug, title, icon, section = "posts", "岗位", "id", PEOPLE
    model = Post
    description = "定岗、定员、定时：每个岗位几个人、什么时间、做什么。"
    select_related = ("station",)
    columns = (
        column(Post, "title", width=20),
        parent(Post, "station", "所在站所室", "name"),
        "planned",
        plain(Post, "timetable", 20),
        long(Post, "duties"),
        "starts_on",
        "ends_on",
        *tail(Post),
    )
    form_layout = (
        ("title", "station"),
        ("planned", "timetable"),
        "duties",
        ("starts_on", "ends_on"),
        "domains",
    )
    search = ("title", "duties")
    search_hint = "岗位名称"
    identity = ("title", "station")
    footer = ("office.posts_planned", "office.posts_held", "office.posts_filled_rate")
    related = (("post-holders", "post"),)


@register
class PostHolderLedger(LastingPart):
    slug, title, icon, section = "post-holders", "在岗人员", "users", PEOPLE
    model = PostHolder
    description = "谁从哪天到哪天在哪个岗位上。"
    select_related = ("post",)
    columns = (
        parent(PostHolder, "post", "岗位", "title"),
        "person",
        plain(PostHolder, "certificate", 20),
        "starts_on",
        "ends_on",
        unit(PostHolder),
    )
    form_layout = (("post", "person"), ("starts_on", "ends_on"), "certificate")
    search = ("person", "post__title")
    search_hint = "姓名或岗位"
    identity = ("post", "person", "starts_on")
    footer = ("office.posts_held",)


@register
class LeadingGroupLedger(Lasting):
    slug, title, icon, section = "leading-groups", "领导小组", "sitemap", PEOPLE
    model = LeadingGroup
    description = "为一项工作成立的领导小组，成员另行登记。"
    columns = (
        column(LeadingGroup, "name", width=28),
        plain(LeadingGroup, "document", 24),
        long(LeadingGroup, "duties"),
        "starts_on",
        "ends_on",
        *tail(LeadingGroup),
    )
    form_layout = ("name", "duties", ("starts_on", "ends_on", "document"), "domains")
    search = ("name",)
    search_hint = "小组名称"
    identity = ("name",)
    footer = ("office.leading_groups", "office.group_members")
    related = (("group-members", "group"),)


@register
class GroupMemberLedger(LastingPart):
    slug, title, icon, section = "group-members", "小组成员", "users", PEOPLE
    model = GroupMember
    description = "领导小组的组长、副组长和成员，写明任职起止。"
    select_related = ("group",)
    columns = (
        parent(GroupMember, "group", "领导小组", "name"),
        "person",
        "role",
        plain(GroupMember, "position", 24),
        plain(GroupMember, "specialty", listed=False),
        "starts_on",
        "ends_on",
        unit(GroupMember),
    )
    form_layout = (("group", "person"), ("role", "position", "specialty"), ("starts_on", "ends_on"))
    filters = ("role",)
    search = ("person", "group__name")
    search_hint = "姓名或小组名称"
    identity = ("group", "person", "starts_on")
    footer = ("office.group_members",)


@register
class StaffEvaluationLedger(OfficeLedger):
    """Open to those who evaluate, to nobody else of the department."""

    slug, title, icon, section = "staff-evaluations", "人员考核", "clipboard-check", PEOPLE
    view_permission = edit_permission = "staff.evaluate"
    model = StaffEvaluation
    description = "工作人员的定期考核，只有负责人能看到和登记。"
    columns = (
        "occurred_on",
        "period",
        "person",
        "score",
        "grade",
        long(StaffEvaluation, "remarks"),
        unit(StaffEvaluation),
    )
    form_class = EvaluationForm
    form_layout = (("person", "period"), ("occurred_on", "score", "grade"), "remarks")
    preset = {}
    filters = ("grade",)
    search = ("person",)
    search_hint = "姓名"
    identity = ("person", "period")
