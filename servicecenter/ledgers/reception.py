"""The ledgers of reception: consultations, reception days of cadres, offices held on the spot."""

from django.urls import reverse
from django.utils.http import urlencode

from portal.ledgers import MORE, Action, Column, Ledger, Sheet, column, register
from portal.ledgers.columns import reader
from portal.ledgers.presenting import detail_groups, page_of
from portal.scope import access_of
from residents.ledgers.about import AboutResident, person_columns, unit_column
from residents.resolving import OPTIONAL_RESIDENT
from servicecenter.forms.reception import CountedForm, ReceptionForm
from servicecenter.models import OnsiteOffice, Reception, ReceptionDay
from servicecenter.workflow import CLERK

SECTION = "接待与走访"


def case_action(record, user, field: str) -> list[Action]:
    """转为办件: the page of a new case, which begins with what this record knows."""
    if not access_of(user).may(CLERK, record.unit_id):
        return []
    return [Action("转为办件", f"{reverse('case-new')}?{urlencode({field: record.pk})}")]


def problem_of(record, user) -> list[Action]:
    """转为问题事项: what was raised and not solved goes on in the shared ledger of problems."""
    if not access_of(user).may("residents.edit", record.unit_id):
        return []
    known = {"source": "walk_in", "domains": "servicecenter"}
    return [
        Action("登记未解决事项", f"{reverse('ledger-add', args=['problems'])}?{urlencode(known)}")
    ]


@register
class ReceptionLedger(AboutResident):
    slug, title, icon, section = "receptions", "来访咨询", "user-circle", SECTION
    model = Reception
    description = "来人、来电咨询一次登记一条，写明几人次；能留名的选居民，也可匿名。需要办理的，打开后转为办件。"
    select_related = ("resident", "case")
    columns = (
        "occurred_on",
        *person_columns(Reception),
        column(Reception, "visitor", sort=""),
        "people",
        "channel",
        column(Reception, "topics", width=20),
        column(Reception, "content", sort="", width=36),
        column(Reception, "first_asked", sort=""),
        "answered_on",
        column(Reception, "answer", sort="", width=32, listed=False),
        column(Reception, "answered_by", sort="", listed=False),
        Column("转为办件", reader(Reception, "case"), width=20, listed=False),
        column(Reception, "highlight", sort="", width=10, listed=False),
        unit_column(Reception),
    )
    form_class = ReceptionForm
    form_layout = (
        ("occurred_on", "channel", "first_asked"),
        ("resident", "visitor", "people"),
        "topics",
        "content",
        "answer",
        ("answered_on", "answered_by"),
        ("phone", "grid"),
        "highlight",
    )
    form_folds = {"answered_on": MORE}
    sheet = Sheet(
        "来访咨询登记表",
        common=("occurred_on", "channel", "first_asked"),
        each={
            "resident": 14,
            "visitor": 12,
            "people": 8,
            "topics": 14,
            "content": 26,
            "answer": 26,
        },
        margin=("签名",),
    )
    kept_for_next = ("occurred_on", "channel")
    own_name, today = "first_asked", "occurred_on"
    filters = ("topics", "channel")
    search = ("visitor", "content", "answer", "first_asked")
    search_hint = "居民、来访人、内容或首问责任人"
    identity = ("occurred_on", "resident", "visitor", "content")
    resolvers = {"resident": OPTIONAL_RESIDENT}
    unmaskable = ("phone",)
    footer = (
        "servicecenter.reception_people",
        "servicecenter.receptions",
        "servicecenter.receptions_answered",
        "servicecenter.reception_answer_rate",
    )

    def found(self, rows, text):
        return Ledger.found(self, rows, text) | super().found(rows, text)

    def actions(self, record, user):
        return () if record.case_id else case_action(record, user, "reception")

    def page(self, record, request):
        """Which case it became, as a link."""
        if record.case_id is None:
            return {}
        told = {
            "label": "转为办件",
            "value": str(record.case),
            "url": page_of(record.case, self.domain, request.user),
        }
        own, origin = detail_groups(self, record, request.user)
        return {"fields": [own | {"items": [*own["items"], told]}, origin]}


class Counted(Ledger):
    """Matters raised and solved; what stays unsolved may go on as a problem item."""

    section, quick = SECTION, False
    form_class = CountedForm
    today = "occurred_on"

    def actions(self, record, user):
        return problem_of(record, user) if record.pending else ()


@register
class ReceptionDayLedger(Counted):
    slug, title, icon = "reception-days", "干部接待日", "users"
    model = ReceptionDay
    description = "干部定期接待来访群众，写明人次、反映和已解决的事项；后来解决的，回来改已解决数。"
    columns = (
        "occurred_on",
        column(ReceptionDay, "cadre"),
        column(ReceptionDay, "position", sort="", width=18),
        column(ReceptionDay, "place", sort="", width=18, listed=False),
        "visitors",
        "raised",
        "solved",
        column(ReceptionDay, "content", sort="", width=40),
        column(ReceptionDay, "highlight", sort="", width=10, listed=False),
        unit_column(ReceptionDay),
    )
    form_layout = (
        ("occurred_on", "cadre", "position"),
        ("visitors", "raised", "solved"),
        "content",
        "highlight",
        ("place", "grid"),
    )
    form_folds = {"place": MORE}
    sheet = Sheet(
        "干部接待日登记表",
        common=("occurred_on", "place"),
        each={"cadre": 14, "position": 16, "visitors": 8, "raised": 8, "solved": 8, "content": 34},
        margin=("签名",),
    )
    kept_for_next = ("occurred_on",)
    search = ("cadre", "position", "content")
    search_hint = "干部、职务或事项"
    identity = ("occurred_on", "cadre")
    footer = (
        "servicecenter.reception_days",
        "servicecenter.reception_day_visitors",
        "servicecenter.reception_day_raised",
        "servicecenter.reception_day_solved",
        "servicecenter.reception_day_rate",
    )


@register
class OnsiteOfficeLedger(Counted):
    slug, title, icon = "onsite-offices", "现场办公", "map-pin"
    model = OnsiteOffice
    description = "把服务办到小区、院落，写明地点、参加单位、受理和已解决的事项。"
    columns = (
        "occurred_on",
        column(OnsiteOffice, "place", width=24),
        column(OnsiteOffice, "participants", sort="", width=28),
        "reached",
        "raised",
        "solved",
        column(OnsiteOffice, "content", sort="", width=40, listed=False),
        column(OnsiteOffice, "highlight", sort="", width=10, listed=False),
        unit_column(OnsiteOffice),
    )
    form_layout = (
        ("occurred_on", "place"),
        "participants",
        ("reached", "raised", "solved"),
        "content",
        "highlight",
        "grid",
    )
    form_folds = {"grid": MORE}
    search = ("place", "participants", "content")
    search_hint = "地点、参加单位或事项"
    identity = ("occurred_on", "place")
    footer = (
        "servicecenter.onsite_offices",
        "servicecenter.onsite_reached",
        "servicecenter.onsite_raised",
        "servicecenter.onsite_solved",
        "servicecenter.onsite_rate",
    )
