"""What inspectors see on their phone: what runs, what they chose last, what they found so far."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from portal.ledgers.registry import ledgers
from portal.models import Attachment, Unit
from portal.models.units import UnitKind
from portal.scope import access_of
from sanitation.enums.inspections import InspectionKind
from sanitation.enums.places import PointKind as K
from sanitation.models import Finding, Inspection, InspectionPoint, RubricFault, RubricItem
from sanitation.selectors.inspections import is_marked, lines_of, marking_of

EDIT = "sanitation.edit"
# A superior's check is recorded at the desk, from its letter.
BY_PHONE = (
    InspectionKind.ROUTINE,
    InspectionKind.QUARTER,
    InspectionKind.UNANNOUNCED,
    InspectionKind.SPECIAL,
)
GROUPS = (
    ("道路、集镇", {K.ROAD, K.MARKET}),
    ("水域、厕所、垃圾点", {K.WATER, K.DITCH, K.TOILET, K.BIN}),
    ("庭院、田野、单位", {K.YARD, K.FIELD, K.HILL, K.INSTITUTION}),
)
REST = "其他项目"
MOST_RUNNING = 20
MOST_RECENT = 4
LOOKED_BACK = 60


@dataclass(frozen=True)
class Found:
    """A finding as the list on the phone tells it."""

    finding: Finding
    photos: int
    lacks_photo: bool


def editable(user):
    """The inspections that the user may record for."""
    return Inspection.objects.kept().filter(unit__in=access_of(user).units(EDIT))


def running(user) -> list[Inspection]:
    """Not handed in, and of the user: begun by them, or naming them among the inspectors. Newest first."""
    own = Q(recorded_by=user)
    if len(user.name) > 1:
        own |= Q(inspectors__contains=user.name)
    rows = editable(user).filter(own, handed_in_on__isnull=True)
    return list(rows.select_related("community").order_by("-occurred_on", "-pk")[:MOST_RUNNING])


def begun_keys(user) -> list[int]:
    """Of all that the user may still record for: what their phone keeps of others is over."""
    rows = editable(user).filter(handed_in_on__isnull=True)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def last_begun(user) -> Inspection | None:
    """What the user began last: the next one offers its community and inspectors again."""
    rows = editable(user).filter(recorded_by=user, kind__in=BY_PHONE)
    return rows.order_by("-pk").first()


def communities(user, day: date):
    """Where the user may inspect."""
    units = access_of(user).units(EDIT)
    found = Unit.objects.filter(pk__in=units, kind=UnitKind.COMMUNITY)
    return found.valid_on(day).order_by("code")


def groups_of(community, day: date):
    grids = Unit.objects.filter(kind=UnitKind.GRID, parent=community)
    return grids.valid_on(day).order_by("code")


def points_of(inspection):
    """The points to look at in the community on the day of the inspection."""
    day = inspection.occurred_on
    rows = InspectionPoint.objects.kept().filter(community=inspection.community_id)
    in_force = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    return rows.filter(in_force, starts_on__lte=day).order_by("kind", "name")


def grouped(items: list[RubricItem]) -> list[tuple[str, list[RubricItem]]]:
    """The items under the headings by which one walks; only headings that have some."""
    found = {name: [] for name, _ in GROUPS} | {REST: []}
    for item in items:
        name = next((name for name, kinds in GROUPS if item.place_kind in kinds), REST)
        found[name].append(item)
    return [(name, members) for name, members in found.items() if members]


def recent_faults(user, inspection) -> list[RubricFault]:
    """The faults that the user chose last by this rubric, each once."""
    rows = Finding.objects.kept().filter(
        recorded_by=user, fault__item__rubric=inspection.rubric_id, fault__isnull=False
    )
    last = rows.select_related("fault__item").order_by("-pk")[:LOOKED_BACK]
    return list({row.fault_id: row.fault for row in last}.values())[:MOST_RECENT]


def found_by(inspection) -> list[Found]:
    """Newest first, each with the number of its photos."""
    rows = inspection.findings.kept().select_related("fault__item", "point", "grid")
    listed = list(rows.order_by("-pk"))
    photos = dict.fromkeys((row.pk for row in listed), 0)
    files = Attachment.objects.kept().filter(
        subject=Finding._meta.label_lower, subject_id__in=list(photos)
    )
    for pk in files.values_list("subject_id", flat=True):
        photos[pk] += 1
    return [Found(row, photos[row.pk], _asks_photo(row) and not photos[row.pk]) for row in listed]


def _asks_photo(finding) -> bool:
    return finding.fault_id is not None and finding.fault.item.needs_photo


def taken_off(found: list[Found]) -> Decimal:
    """What the findings take off, before any cap."""
    return sum((each.finding.points for each in found), Decimal(0))


def found_page(inspection) -> dict:
    """What the list of findings on the phone shows: sanitation/_found.html."""
    found = found_by(inspection)
    told = {
        "inspection": inspection,
        "found": found,
        "taken": taken_off(found),
        "ledger": ledgers["findings"],
    }
    if is_marked(inspection):
        marked = marking_of(lines_of(inspection))
        told |= {"score": marked.score, "full": marked.full}
    return told
