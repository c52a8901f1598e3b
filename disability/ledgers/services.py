"""The ledgers of services: one person's, and sessions for many."""

from django.db.models import Prefetch

from disability.forms.services import ServiceForm, SessionForm
from disability.models import RehabService, RehabSession
from disability.services.rehabilitation import save_new_services, save_service, save_session
from portal.ledgers import MORE, Action, Column, Ledger, Sheet, column, register
from portal.ledgers.columns import reader
from portal.scope import Denied, access_of
from residents.ledgers.about import AboutResident, person_columns, unit_column

SECTION = "康复服务"
PRESENT = Prefetch(
    "services",
    RehabService.objects.kept().select_related("resident").order_by("resident__pinyin", "pk"),
)


def provider_column(model):
    return Column("服务机构", reader(model, "provider.name"), field="provider", width=22)


def beyond(service) -> str:
    """Whether the service is one that the person's agreement does not name."""
    if service.agreement is None:
        return ""
    return "约定项目" if service.kind in service.agreement.kinds else "约定以外"


@register
class ServiceLedger(AboutResident):
    slug, title, icon, section = "rehab-services", "康复服务", "stethoscope", SECTION
    model = RehabService
    description = "入户、机构和集体的康复服务，一人一次一条；一次服务很多人的，请登记集体服务。"
    select_related = ("resident", "provider", "agreement", "plan__resident", "session")
    columns = (
        "occurred_on",
        *person_columns(RehabService),
        "kind",
        column(RehabService, "mode", width=8),
        provider_column(RehabService),
        column(RehabService, "staff", sort=""),
        column(RehabService, "minutes", width=10, numeric=True, listed=False),
        column(RehabService, "items", sort="", width=30),
        column(RehabService, "effect", width=10, listed=False),
        Column("签约", beyond, width=10),
        Column("集体服务", reader(RehabService, "session.title"), width=20, listed=False),
        unit_column(RehabService),
    )
    form_class = ServiceForm
    form_layout = (
        ("resident", "occurred_on"),
        ("kind", "mode"),
        "staff",
        "items",
        ("provider", "effect", "minutes"),
        ("agreement", "plan"),
        "highlight",
    )
    form_folds = {"provider": MORE}
    sheet = Sheet(
        "康复服务登记表",
        common=("occurred_on", "staff", "provider", "kind", "mode"),
        each={"resident": 14, "items": 40, "minutes": 10, "effect": 12},
        margin=("签名",),
    )
    own_name, today = "staff", "occurred_on"
    kept_for_next = ("occurred_on", "kind", "mode")
    filters = ("kind", "mode", "effect")
    identity = ("resident", "occurred_on", "kind")
    footer = (
        "disability.rehab_services",
        "disability.rehab_service_persons",
        "disability.rehab_minutes",
    )

    def save(self, form, *, by):
        service = form.save(commit=False)
        if service._state.adding:
            service.recorded_by = by
        return save_service(service)

    def save_many(self, drafts, *, by):
        return save_new_services([service for service, _ in drafts], by=by)

    def check_deletable(self, record):
        if record.session_id:
            raise Denied("这条是集体服务的名单，请到那次集体服务里去掉这个人。")
        super().check_deletable(record)

    def list_actions(self, user):
        return [Action("登记集体服务", SessionLedger().url("add"))]


@register
class SessionLedger(Ledger):
    slug, title, icon, section = "rehab-sessions", "集体服务", "users", SECTION
    model = RehabSession
    description = "一次服务很多人：共同的内容填一次，再勾选参加的人，每人自动登记一条康复服务。"
    select_related = ("provider", "facility")
    columns = (
        "occurred_on",
        column(RehabSession, "title", width=26),
        "kind",
        Column("人数", lambda session: len(session.services.all()), width=8, numeric=True),
        Column(
            "参加的人",
            lambda session: "、".join(s.resident.name for s in session.services.all()),
            field="people",
            width=40,
            listed=False,
        ),
        provider_column(RehabSession),
        column(RehabSession, "staff", sort=""),
        Column(
            "场所", reader(RehabSession, "facility.name"), field="facility", width=18, listed=False
        ),
        column(RehabSession, "place", sort="", width=18, listed=False),
        column(RehabSession, "minutes", width=10, numeric=True),
        column(RehabSession, "items", sort="", width=30, listed=False),
        unit_column(RehabSession),
    )
    form_class = SessionForm
    form_layout = (
        ("title", "kind"),
        ("occurred_on", "staff"),
        "people",
        ("provider", "minutes"),
        ("facility", "place"),
        "items",
        "highlight",
    )
    form_folds = {"provider": MORE}
    own_name, today = "staff", "occurred_on"
    filters = ("kind",)
    search = ("title", "staff", "place", "items")
    search_hint = "主题、服务人员或地点"
    identity = ("title", "occurred_on")
    related = (("rehab-services", "session"),)
    footer = ("disability.group_sessions",)

    def readable(self, rows):
        return super().readable(rows).prefetch_related(PRESENT)

    def save(self, form, *, by):
        session = form.save(commit=False)
        if session._state.adding:
            session.recorded_by = by
        return save_session(session, form.cleaned_data.get("people") or [], by=by)

    def actions(self, record, user):
        if not access_of(user).may(self.edit_permission, record.unit_id):
            return []
        return [Action("增减参加的人", self.url("edit", record) + "#id_people")]
