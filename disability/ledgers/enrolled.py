"""What ledgers about a programme's people have in common."""

from django.db.models import Value
from django.db.models.functions import Concat

from disability.models import Enrolment, Programme
from portal.imports.resolving import Resolver
from portal.ledgers import Column, Ledger
from portal.ledgers.columns import reader
from portal.text import clean_text
from residents.models import Resident
from residents.resolving import find_resident, only
from residents.selectors import search_residents

SECTION = "托养和活动项目"
PROGRAMME = "活动项目"


def programme_column(model, path="programme", field="programme"):
    """The programme by its name; imported, the name finds it."""
    return Column(
        PROGRAMME,
        reader(model, f"{path}.name"),
        field=field,
        sort=f"{path.replace('.', '__')}__name",
        width=20,
    )


def find_enrolment(cells, user, unit):
    """The newest enrolment of the named person in the named programme."""
    name = clean_text(cells.get(PROGRAMME) or "")
    if not name and not cells.get("姓名") and not cells.get("证件号码"):
        return None
    person = find_resident(cells, user, unit)
    rows = Enrolment.objects.visible_to(user).filter(unit=unit, resident=person)
    if name:
        rows = rows.filter(programme__name=name)
    programmes = Programme.objects.filter(pk__in=rows.values("programme"))
    programme = only(
        programmes,
        "这个人没有这个活动项目的入托登记，请先登记入托。",
        "这个人参加了几个活动项目，请填写活动项目名称。",
    )
    return rows.filter(programme=programme).order_by("-starts_on").first()


ENROLMENT = Resolver((PROGRAMME, "姓名", "证件号码"), find_enrolment, names="姓名")


def enrolled_columns(model):
    """Programme, name and number of the person that a record is about; imported, they find the
    enrolment."""
    return (
        programme_column(model, "enrolment.programme", "enrolment"),
        Column(
            "姓名",
            reader(model, "enrolment.resident.name"),
            field="enrolment",
            sort="enrolment__resident__pinyin",
            width=12,
        ),
        Column(
            "证件号码",
            reader(model, "enrolment.resident.masked_id"),
            field="enrolment",
            width=22,
            masked=True,
            listed=False,
            sealed="enrolment.resident.id_number",
        ),
    )


class AboutEnrolled(Ledger):
    """A ledger whose rows are each about one enrolment."""

    section, quick = SECTION, False
    select_related = ("enrolment__resident", "enrolment__programme")
    resolvers = {"enrolment": ENROLMENT}
    search = ("enrolment__resident__name",)
    search_hint = "姓名、拼音首字母、证件或电话"

    def found(self, rows, text):
        people = search_residents(Resident.objects.all(), text)
        return rows.filter(enrolment__resident__in=people)


def by_whole_name(rows, text, *paths):
    """Rows whose name, written after that of what they belong to, holds the text."""
    parts = [part for path in paths for part in (path, Value(" "))][:-1]
    return rows.alias(_whole=Concat(*parts)).filter(_whole__icontains=text)
