"""The ledgers of the shared facts: visits, activities, hand-outs, participation, help, applications."""

from portal.ledgers import MORE, Column, Ledger, Sheet, column, register
from portal.ledgers.columns import reader
from residents.forms import ActivityForm, ParticipationForm
from residents.ledgers.about import (
    AboutResident,
    goes_on_elsewhere,
    person_columns,
    problem_action,
    unit_column,
)
from residents.models import (
    Activity,
    Application,
    Assistance,
    Handout,
    Participation,
    Visit,
)
from residents.resolving import ACTIVITY, RESIDENT
from residents.workflow import APPLICATION


@register
class VisitLedger(AboutResident):
    slug, title, icon = "visits", "走访", "walk"
    model = Visit
    description = "入户、电话、来访、网上联系居民，一次一条；一次走访可有几个目的。"
    columns = (
        "occurred_on",
        *person_columns(Visit),
        "mode",
        column(Visit, "purposes", width=20),
        column(Visit, "visitor", sort=""),
        column(Visit, "content", sort="", width=40),
        column(Visit, "follow_up", sort="", width=20, listed=False),
        column(Visit, "domains", width=16),
        column(Visit, "highlight", sort="", width=10, listed=False),
        unit_column(Visit),
    )
    form_layout = (
        ("resident", "occurred_on"),
        ("mode", "visitor"),
        "purposes",
        "content",
        *("follow_up", "domains", "highlight"),
    )
    form_folds = {"follow_up": MORE}
    sheet = Sheet(
        "走访登记表",
        common=("occurred_on", "visitor", "mode", "purposes", "domains"),
        each={"resident": 14, "content": 40, "follow_up": 18},
        margin=("居民签名",),
    )
    kept_for_next = ("occurred_on", "mode")
    own_name, today = "visitor", "occurred_on"
    preset = {"domains": ["residents"]}
    filters = ("mode", "purposes", "domains")
    identity = ("resident", "occurred_on", "mode")
    related = (("problems", "visit"),)
    footer = ("visits.person_times", "visits.home", "visits.phone", "visits.persons")

    def kept_by(self, record):
        """A visit that a department extends goes on in that department's ledger."""
        return goes_on_elsewhere(record, "这次走访")

    def actions(self, record, user):
        return problem_action(record, user, "visit")


@register
class ActivityLedger(Ledger):
    slug, title, icon = "activities", "活动", "calendar"
    model = Activity
    description = "宣传、培训、会议、文体等活动，几个部门合办的只登记一次。"
    columns = (
        "occurred_on",
        column(Activity, "title", label="活动名称", width=30),
        "kind",
        "theme_day",
        "ends_on",
        column(Activity, "place", sort=""),
        column(Activity, "organisers", sort="", width=28, listed=False),
        "participants",
        column(Activity, "parties", sort="", listed=False),
        column(Activity, "disabled_participants", sort="", listed=False),
        "consultations",
        column(Activity, "hosting", sort="", listed=False),
        column(Activity, "guests", sort="", listed=False),
        column(Activity, "topics", sort="", width=20, listed=False),
        column(Activity, "hours", sort="", width=8, listed=False),
        column(Activity, "speaker", sort="", width=20, listed=False),
        column(Activity, "audience", sort="", width=16, listed=False),
        column(Activity, "slogan", sort="", width=24, listed=False),
        column(Activity, "content", sort="", width=40, listed=False),
        column(Activity, "domains", width=16),
        column(Activity, "highlight", sort="", width=10, listed=False),
        unit_column(Activity),
    )
    form_class = ActivityForm
    form_layout = (
        ("title", "kind"),
        ("occurred_on", "ends_on", "theme_day"),
        ("place", "organisers"),
        ("participants", "consultations"),
        "content",
        "domains",
        "highlight",
        "slogan",
        ("hosting", "guests"),
        ("disabled_participants", "parties", "hours"),
        ("speaker", "audience"),
        "topics",
    )
    form_folds = {"slogan": MORE}
    preset = {"domains": ["residents"]}
    carries = ("unit", "kind", "place", "organisers")
    filters = ("kind", "theme_day", "domains")
    search = ("title", "place", "organisers")
    search_hint = "活动名称、地点或主办单位"
    identity = ("title", "occurred_on")
    footer = ("activities.times", "activities.participants", "activities.consultations")
    related = (("participations", "activity"), ("handouts", "activity"))

    def kept_by(self, record):
        """An activity that a department extends goes on in that department's ledger."""
        return goes_on_elsewhere(record, "这次活动")

    def hint_of(self, record):
        return f"{record.get_kind_display()} · {record.unit}"


@register
class HandoutLedger(Ledger):
    slug, title, icon = "handouts", "宣传品发放", "file"
    quick = False
    model = Handout
    description = "发放的传单、手册、物品，填写准确数量。"
    select_related = ("activity",)
    columns = (
        "occurred_on",
        column(Handout, "material", width=24),
        "quantity",
        column(Handout, "measure", label="计量单位", sort="", width=8),
        Column("活动名称", reader(Handout, "activity.title"), field="activity", width=28),
        column(Handout, "target", sort=""),
        column(Handout, "method", listed=False),
        column(Handout, "households", sort="", listed=False),
        column(Handout, "domains", width=16),
        unit_column(Handout),
    )
    form_layout = (
        ("material", "quantity", "measure"),
        ("occurred_on", "activity"),
        "target",
        ("method", "households"),
        "domains",
    )
    form_folds = {"method": MORE}
    preset = {"domains": ["residents"]}
    carries = ("unit", "material", "measure", "activity", "method")
    filters = ("method", "domains")
    search = ("material", "target")
    identity = ("material", "occurred_on", "activity")
    resolvers = {"activity": ACTIVITY}
    footer = ("handouts.quantity",)


@register
class ParticipationLedger(AboutResident):
    slug, title, icon = "participations", "参加活动", "users"
    quick = False
    model = Participation
    description = "谁参加了哪次活动；家属代为参加的写明家属。"
    select_related = ("resident", "activity")
    columns = (
        "occurred_on",
        Column("活动名称", reader(Participation, "activity.title"), field="activity", width=30),
        *person_columns(Participation),
        "attendee",
        column(Participation, "family_name", sort=""),
        column(Participation, "family_relation", sort=""),
        column(Participation, "result", sort=""),
        unit_column(Participation),
    )
    form_class = ParticipationForm
    form_layout = (
        ("activity", "occurred_on"),
        ("resident", "attendee"),
        ("family_name", "family_relation"),
        "result",
    )
    sheet = Sheet(
        "签到表",
        common=("activity", "occurred_on"),
        each={"resident": 16, "attendee": 10, "family_name": 14, "family_relation": 12},
        margin=("联系电话", "签名"),
    )
    carries = ("unit", "activity")
    filters = ("attendee",)
    identity = ("activity", "resident", "attendee", "family_name")
    resolvers = {"resident": RESIDENT, "activity": ACTIVITY}
    footer = ("activities.attendance", "activities.attending_persons")


@register
class AssistanceLedger(AboutResident):
    slug, title, icon = "assistance", "慰问救助", "gift"
    model = Assistance
    description = "慰问、捐赠、救助，写明金额和物品；没有现金的金额填 0。"
    columns = (
        "occurred_on",
        *person_columns(Assistance),
        "kind",
        column(Assistance, "festival", sort=""),
        column(Assistance, "giver", sort="", width=20),
        column(Assistance, "companions", sort="", listed=False),
        "amount",
        column(Assistance, "goods", sort="", width=20),
        column(Assistance, "goods_kind", sort="", listed=False),
        column(Assistance, "goods_quantity", sort="", listed=False),
        column(Assistance, "goods_measure", sort="", width=8, listed=False),
        column(Assistance, "goods_value", sort="", listed=False),
        column(Assistance, "funding", sort="", listed=False),
        column(Assistance, "domains", width=16),
        column(Assistance, "highlight", sort="", width=10, listed=False),
        unit_column(Assistance),
    )
    form_layout = (
        ("resident", "occurred_on"),
        ("kind", "festival"),
        ("giver", "companions"),
        ("amount", "goods", "funding"),
        "domains",
        "highlight",
        ("goods_kind", "goods_quantity", "goods_measure", "goods_value"),
    )
    form_folds = {"goods_kind": "物品明细"}
    preset = {"domains": ["residents"]}
    carries = ("unit", "kind", "festival", "giver", "companions", "funding")
    in_batches = True
    filters = ("kind", "domains")
    identity = ("resident", "occurred_on", "kind")
    footer = ("assistance.person_times", "assistance.persons", "assistance.amount")


@register
class ApplicationLedger(AboutResident):
    slug, title, icon = "applications", "申请", "clipboard"
    model = Application
    description = "居民申请的各类事项，登记到有结果为止。"
    columns = (
        "occurred_on",
        *person_columns(Application),
        "kind",
        column(Application, "title", sort="", listed=False),
        column(Application, "channel", listed=False),
        "poverty",
        column(Application, "materials", sort="", width=24, listed=False),
        column(Application, "agent", sort=""),
        "state",
        "decided_on",
        column(Application, "amount", listed=False),
        column(Application, "standard", sort="", listed=False),
        column(Application, "note", sort="", width=20),
        column(Application, "domains", width=16),
        unit_column(Application),
    )
    form_layout = (
        ("resident", "occurred_on"),
        ("kind", "title"),
        ("channel", "poverty"),
        "materials",
        ("state", "decided_on", "agent"),
        ("amount", "standard"),
        *("note", "domains"),
    )
    form_folds = {"amount": MORE}
    own_name, today = "agent", "occurred_on"
    preset = {"domains": ["residents"]}
    carries = ("unit", "kind", "channel", "agent")
    workflow = APPLICATION
    filters = ("kind", "state", "channel", "domains")
    identity = ("resident", "occurred_on", "kind")
    footer = (
        "applications.received",
        "applications.approved",
        "applications.pending",
        "applications.amount",
    )

    def kept_by(self, record):
        """An application that a department extends goes on in that department's ledger."""
        return goes_on_elsewhere(record, "这件申请")

    def actions(self, record, user):
        return () if self.kept_by(record) else super().actions(record, user)
