"""What ledgers about one resident have in common."""

from django.urls import reverse

from portal.ledgers import Column, Ledger
from portal.ledgers.columns import reader
from portal.ledgers.declare import Action
from portal.office.ledgers.base import Spells
from portal.scope import access_of
from residents.models import Resident
from residents.resolving import RESIDENT
from residents.selectors import extended_in, search_residents


def person_columns(model):
    """姓名 and 证件号码 of the resident that a record is about; imported, they find the resident."""
    return (
        Column(
            "姓名",
            reader(model, "resident.name"),
            field="resident",
            sort="resident__pinyin",
            width=12,
        ),
        Column(
            "证件号码",
            reader(model, "resident.masked_id"),
            field="resident",
            width=22,
            masked=True,
            sealed="resident.id_number",
        ),
    )


def unit_column(model):
    return Column("单位", reader(model, "unit"), sort="unit__code", width=16)


def goes_on_elsewhere(record, what: str) -> str:
    """Said of a fact that a department extends, and so keeps in its own ledger; "" of any other."""
    keeper = extended_in(record)
    return f"{what}在“{keeper}”台账中办理，请到那里修改。" if keeper else ""


def problem_action(record, user, field: str) -> list[Action]:
    """转为问题事项: a new problem that begins with what this record knows."""
    if not access_of(user).may("residents.edit", record.unit_id):
        return []
    url = f"{reverse('ledger-add', args=['problems'])}?{field}={record.pk}"
    return [Action("转为问题事项", url)]


class AboutResident(Ledger):
    """A ledger whose rows are each about one resident."""

    select_related = ("resident",)
    resolvers = {"resident": RESIDENT}
    search = ("resident__name",)
    search_hint = "姓名、拼音首字母、证件或电话"

    def found(self, rows, text):
        people = search_residents(Resident.objects.all(), text)
        return rows.filter(resident__in=people)


class LastingAboutResident(Spells, AboutResident):
    """Rows from ``starts_on`` to ``ends_on``, both days included: the person's page shows those in
    force, and the list can be asked as of a day."""

    date = "starts_on"
