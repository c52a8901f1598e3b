"""The ledgers of 民情走访 (the agency's share of visits) and of the checklist that it goes by."""

from django.db.models import Q
from django.urls import reverse

from portal.ledgers import MORE, Action, Column, Ledger, column, register
from portal.ledgers.columns import reader
from portal.office.ledgers.base import Spells
from portal.scope import access_of
from residents.enums import VisitPurpose
from residents.ledgers.about import person_columns, unit_column
from residents.ledgers.facts import VisitLedger
from residents.models import Visit
from servicecenter.enums.visits import ChecklistGroup
from servicecenter.forms.visits import ChecklistItemForm, FolkVisitForm
from servicecenter.ledgers.reception import SECTION
from servicecenter.ledgers.shared import OURS, OurShare
from servicecenter.models import ChecklistItem
from servicecenter.services.visits import MANAGE, recycle_visit, restore_visit, save_visit

FOLK = OURS & Q(purposes__contains=[VisitPurpose.FOLK])


def folk_of(visit):
    return getattr(visit, "folk", None)


def known_of(group: ChecklistGroup):
    """The items of a group that were found out."""

    def read(visit):
        folk = folk_of(visit)
        answers = folk.answers.all() if folk else ()
        found = [a.item for a in answers if a.known and not a.deleted_at and a.item.group == group]
        return [item.text for item in sorted(found, key=lambda item: item.ordinal)]

    return Column(group.label, read, field=group.value, width=24, listed=False)


def completed(visit):
    folk = folk_of(visit)
    return f"{folk.known}/{folk.asked}" if folk and folk.asked else None


def cases_of(visit):
    return [case.number or "待受理" for case in visit.cases.all() if not case.deleted_at]


@register
class FolkVisitLedger(OurShare, VisitLedger):
    slug, title, section = "folk-visits", "民情走访", SECTION
    description = (
        "入户走访时按“四知四清四掌握”清单逐项了解；与“走访”是同一份记录。发现的需求可一键转为办件。"
    )
    where = FOLK
    preset = {"domains": ["servicecenter"], "purposes": [VisitPurpose.FOLK]}
    select_related = ("resident", "folk")
    columns = (
        "occurred_on",
        *person_columns(Visit),
        "mode",
        column(Visit, "visitor", sort=""),
        Column("清单", completed, width=8),
        *(known_of(group) for group in ChecklistGroup),
        Column("发现的需求", reader(Visit, "folk.need"), field="need", width=28),
        Column("转为办件", cases_of, width=18),
        column(Visit, "content", sort="", width=36, listed=False),
        column(Visit, "follow_up", sort="", width=20, listed=False),
        column(Visit, "purposes", width=20, listed=False),
        column(Visit, "domains", width=16, listed=False),
        column(Visit, "highlight", sort="", width=10, listed=False),
        unit_column(Visit),
    )
    form_class = FolkVisitForm
    form_layout = (
        ("resident", "occurred_on"),
        ("mode", "visitor"),
        *(group.value for group in ChecklistGroup),
        "need",
        "content",
        *("follow_up", "purposes", "domains", "highlight"),
    )
    form_folds = {"follow_up": MORE}
    sheet = None  # a checklist is gone through visit by visit
    filters = ("mode",)
    footer = (
        "servicecenter.folk_visits",
        "servicecenter.folk_households",
        "servicecenter.folk_needs",
        "servicecenter.folk_need_rate",
        "servicecenter.checklist_rate",
    )

    def readable(self, rows):
        return super().readable(rows).prefetch_related("folk__answers__item", "cases")

    def save(self, form, *, by):
        visit = form.save(commit=False)
        need = form.cleaned_data.get("need") or ""
        return save_visit(visit, known=form.found_out, need=need, by=by)

    def kept_by(self, record):
        return ""

    def list_actions(self, user):
        return [Action("走访清单", reverse("ledger-list", args=["checklist-items"]))]

    def check_deletable(self, record):
        record.carries = ("folk",)  # goes to the bin along
        super().check_deletable(record)

    def recycle(self, record, *, version, by):
        record.carries = ()
        recycle_visit(record, version=version, by=by)

    def restore(self, record, *, by):
        record.validate_constraints()
        restore_visit(record, by=by)


@register
class ChecklistItemLedger(Spells, Ledger):
    """Kept by who keeps the catalogue, at the unit or at the street above it."""

    slug, title, icon, section = "checklist-items", "走访清单", "list-details", SECTION
    quick, in_menu = False, False
    model = ChecklistItem
    description = (
        "“四知四清四掌握”的各项内容，本单位没有的按街道的办；要改的，给旧的填停用日期，再登记新的。"
    )
    order = ("group", "ordinal", "-starts_on", "pk")
    columns = (
        "group",
        "ordinal",
        column(ChecklistItem, "text", width=30),
        "starts_on",
        "ends_on",
        unit_column(ChecklistItem),
    )
    form_class = ChecklistItemForm
    form_layout = (("group", "ordinal"), "text", ("starts_on", "ends_on"))
    filters = ("group",)
    search = ("text",)
    search_hint = "清单内容"
    identity = ("group", "ordinal", "starts_on")

    @property
    def edit_permission(self):
        return MANAGE

    def list_actions(self, user):
        if not access_of(user).may(MANAGE):
            return ()
        return [Action("采用常用清单", reverse("checklist-seed"))]
