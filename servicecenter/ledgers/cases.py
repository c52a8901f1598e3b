"""The ledger 办件: each case, where it stands and how it went."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_filters import ChoiceFilter, ModelChoiceFilter

from portal.imports.resolving import Resolver
from portal.ledgers import MORE, Action, Column, column, register
from portal.ledgers.columns import reader
from portal.ledgers.offers import offers_on
from portal.masks import mask_phone
from portal.office.models import Station
from portal.scope import Denied, access_of
from portal.text import clean_text
from residents.ledgers.about import AboutResident
from residents.models import Application, Resident, Visit
from residents.resolving import OPTIONAL_RESIDENT, only
from residents.selectors import search_residents
from servicecenter.enums.cases import CaseState, Light
from servicecenter.enums.catalogue import Department
from servicecenter.forms.cases import CLOSED, CaseForm
from servicecenter.forms.cases_bulk import BULK
from servicecenter.ledgers.cases_page import page_of_case
from servicecenter.ledgers.columns import applicant_name, applicant_number, unit_column
from servicecenter.models import Agent, Case, Outsider
from servicecenter.selectors.applicants import search_outsiders
from servicecenter.selectors.clock import light_of, with_light
from servicecenter.selectors.clock_working import told_light
from servicecenter.services.cases import next_steps
from servicecenter.services.cases_past import record_past, record_past_many
from servicecenter.services.numbers import written_number
from servicecenter.workflow import CASE, CLERK, OVER

PAST_STEPS = "补录已办的环节"
MAY_GO = (CaseState.REGISTERED, CaseState.CANCELLED)  # nothing hangs on it yet


def find_parent(cells, user, unit):
    """The main case of the same request by its number."""
    text = clean_text(cells.get("主办件编号") or "")
    if not text:
        return None
    number = written_number(text)
    return only(
        Case.objects.visible_to(user).filter(unit=unit, number=str(number or text)),
        "没有这个编号的主办件，请先登记主办件。",
        "这个编号对应不止一件。",
    )


PARENT = Resolver(("主办件编号",), find_parent)


def past(name: str, width: int = 12, **options) -> Column:
    """What a step left in the case: shown, and brought in by a register of the past."""
    options.setdefault("listed", False)
    return column(Case, name, field=name, width=width, **options)


def phone(label: str, name: str) -> Column:
    """A telephone number, masked."""

    def read(case):
        return mask_phone(getattr(case, name))

    return Column(label, read, field=name, width=16, masked=True, listed=False, sealed=name)


def light_label(case) -> str:
    light = light_of(case, timezone.localdate())
    return light.label if light else ""


def light_look(case) -> dict | None:
    return told_light(light_of(case, timezone.localdate()))


def of_light(rows, name, value):
    """The cases whose light is that one today."""
    return with_light(rows, timezone.localdate()).filter(light=value)


@register
class CaseLedger(AboutResident):
    slug, title, icon = "cases", "办件", "clipboard"
    section = "办件"
    model = Case
    description = "居民和企业的每一件申请：从登记、受理、办理到办结、回复、归档。"
    select_related = (
        *("item__item", "resident", "outsider", "agent", "handler", "station", "parent"),
    )
    columns = (
        Column(
            "事项", reader(Case, "item.item"), field="matter", sort="item__item__name", width=24
        ),
        Column("申请人", applicant_name, width=12),
        past("number", 24, listed=True, label="办件编号"),
        column(Case, "occurred_on", label="申请日期"),
        column(Case, "state"),
        Column("灯", light_label, width=8, look=light_look),
        column(Case, "due_on", field=""),
        column(Case, "kind", listed=False),
        Column("申请人证件", applicant_number, width=22, masked=True, listed=False),
        Column(
            "姓名",
            reader(Case, "resident.name"),
            field="resident",
            sort="resident__pinyin",
            listed=False,
        ),
        Column(
            "证件号码",
            reader(Case, "resident.masked_id"),
            field="resident",
            width=22,
            masked=True,
            listed=False,
            sealed="resident.id_number",
        ),
        Column("辖区外申请人", reader(Case, "outsider.name"), field="outsider", listed=False),
        column(Case, "channel", listed=False),
        column(Case, "request", sort="", width=28, listed=False),
        phone("联系电话", "phone"),
        column(Case, "proxy_name", sort="", listed=False),
        column(Case, "proxy_relation", sort="", listed=False),
        phone("代理人电话", "proxy_phone"),
        Column("代办员", reader(Case, "agent.name"), field="agent", sort="agent__name"),
        Column("承办站所", reader(Case, "station.name"), field="station", sort="station__name"),
        Column("承办人", reader(Case, "handler.name"), field="handler", listed=False),
        past("told_on"),
        past("missing", 24, sort=""),
        past("supply_by"),
        past("turned_away_on"),
        past("turned_away_for", 24, sort=""),
        past("accepted_on"),
        past("receipt_on"),
        past("sent_up_on"),
        past("street_received_on"),
        past("decided_on"),
        past("outcome", 14),
        past("decision", 24, sort=""),
        past("replied_on"),
        past("reply_mode"),
        past("reply", 24, sort=""),
        past("archived_on"),
        Column("主办件编号", reader(Case, "parent.number"), field="parent", width=24, listed=False),
        unit_column(Case),
    )
    detail_template = "servicecenter/case.html"
    form_class = CaseForm
    form_layout = (
        ("resident", "outsider"),
        ("matter", "occurred_on", "channel"),
        "request",
        ("phone", "agent"),
        ("proxy_name", "proxy_relation", "proxy_phone"),
        "parent",
        ("number", "accepted_on", "receipt_on"),
        ("station", "handler"),
        ("told_on", "missing", "supply_by"),
        ("turned_away_on", "turned_away_for"),
        ("sent_up_on", "street_received_on"),
        ("decided_on", "outcome", "decision"),
        ("replied_on", "reply_mode", "reply"),
        "archived_on",
    )
    form_folds = {"proxy_name": MORE, "number": PAST_STEPS}
    filters = ("state", "kind", "channel")
    more_filters = {
        "department": ChoiceFilter(
            field_name="item__item__department",
            label="业务类别",
            choices=Department.choices,
            empty_label="全部",
        ),
        # Named otherwise than the figures' categories: those are asked by key.
        "at_station": ModelChoiceFilter(
            field_name="station",
            label="承办站所",
            queryset=Station.objects.kept(),
            empty_label="全部",
        ),
        "by_agent": ModelChoiceFilter(
            field_name="agent", label="代办员", queryset=Agent.objects.kept(), empty_label="全部"
        ),
        "light": ChoiceFilter(
            label="红黄灯", choices=Light.choices, method=of_light, empty_label="全部"
        ),
    }
    footer = ("servicecenter.applied", "servicecenter.accepted", "servicecenter.decided")
    search = ("number",)
    search_hint = "编号、姓名、拼音首字母、证件或电话"
    identity = ("resident", "outsider", "item", "occurred_on")
    resolvers = {"resident": OPTIONAL_RESIDENT, "parent": PARENT}
    unmaskable = ("phone", "proxy_phone")
    today = "occurred_on"

    @property
    def edit_permission(self):
        return CLERK

    @property
    def model_fields(self):
        """What the model's own form may set; the fields of steps are set by services."""
        fields = {f.name: f for f in Case._meta.concrete_fields}
        return tuple(name for name in self.form_fields if name in fields and fields[name].editable)

    def found(self, rows, text):
        """By number, whole or its last part, and by the applicant."""
        people = search_residents(Resident.objects.all(), text)
        outsiders = search_outsiders(Outsider.objects.kept(), text)
        return rows.filter(
            Q(number__icontains=text.strip())
            | Q(resident__in=people.values("pk"))
            | Q(outsider__in=outsiders.values("pk"))
        )

    def label_of(self, record):
        return f"{record.number or record.get_state_display()} {record.item}"

    def form_of_file(self, form_class):
        return type("CaseFileForm", (form_class,), {"keeps_past": True})

    def save(self, form, *, by):
        case = form.save(commit=False)
        if case._state.adding:
            return record_past(case, by=by)
        case.save()
        return case

    def save_many(self, drafts, *, by):
        return record_past_many([case for case, _ in drafts], by=by)

    def kept_by(self, record):
        return CLOSED if record.state in OVER else ""

    def check_deletable(self, record):
        if record.state not in MAY_GO:
            raise Denied(
                f"“{record.get_state_display()}”的办件不能删除：它有编号或告知过申请人。"
                "登记有误的，请撤销登记或由申请人撤回。"
            )
        super().check_deletable(record)

    def url(self, action="list", record=None):
        """A new case begins on the screen of the window."""
        return reverse("case-new") if action == "add" else super().url(action, record)

    def list_actions(self, user):
        access = access_of(user)
        found = [Action("补录以前的办件", super().url("add"))] if access.may(CLERK) else []
        for name in BULK:
            if access.may(CASE.steps[name].who):
                found.append(Action(f"批量{CASE.steps[name].label}", bulk_url(name)))
        if access.may("records.export"):
            year = timezone.localdate().year
            found.append(Action("登记簿封面", reverse("case-register-cover", args=[year])))
        return found

    def actions(self, record, user):
        return [
            Action(step.label, reverse("case-act", args=[record.pk, name]))
            for name, step in next_steps(record, user).items()
        ]

    def page(self, record, request):
        return page_of_case(record, request)


def bulk_url(name: str) -> str:
    return reverse("case-bulk", args=[name])


NEW_CASE = "转为办件"


@offers_on("visits", "folk-visits", "applications")
def begin_case(record, user):
    """A case in one click from a visit or an application that has none yet."""
    name = {Visit: "visit", Application: "application"}[type(record)]
    has_case = name == "application" and Case.objects.kept().filter(application=record).exists()
    if has_case or not access_of(user).may(CLERK, record.unit_id):
        return []
    return [Action(NEW_CASE, f"{reverse('case-new')}?{name}={record.pk}")]


@offers_on("residents", "outsiders")
def new_case_of(record, user):
    """A new case of this applicant."""
    if not access_of(user).may(CLERK, record.unit_id):
        return []
    name = "resident" if isinstance(record, Resident) else "outsider"
    return [Action("新办件", f"{reverse('case-new')}?{name}={record.pk}")]
