"""Which papers a case may have, and what they tell of it (domain §2.3)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from portal.ledgers import Action
from portal.scope import access_of
from servicecenter.enums.cases import CaseState
from servicecenter.enums.supervision import SupervisionState
from servicecenter.models import Case, CaseMaterial, Hall, ItemMaterial, Supervision
from servicecenter.selectors.clock import reckoning_of
from servicecenter.workflow import CLERK, FINISHED, RUNNING

VIEW = "servicecenter.view"
SEPARATORS = re.compile(r"[\n；;]+")
ORDINAL = re.compile(r"^[（(]?[0-9一二三四五六七八九十]{1,3}[）).、．]\s*")
OVER = {CaseState.REFUSED, CaseState.CANCELLED}


@dataclass(frozen=True)
class PaperKind:
    """One paper: ``fits`` says whether the case's state and days allow it."""

    slug: str
    title: str
    fits: Callable[[Case], bool]


def is_accepted(case) -> bool:
    return case.accepted_on is not None


def is_told(case) -> bool:
    return case.told_on is not None and bool(case.missing)


def lacks_materials(case) -> bool:
    """After acceptance: materials that may follow and have not come yet."""
    return case.state in RUNNING and bool(outstanding(case))


def is_supervised(case) -> bool:
    return supervision_of(case) is not None


def supervision_of(case) -> Supervision | None:
    """The newest supervision of the case that is not closed."""
    rows = Supervision.objects.kept().filter(case=case).exclude(state=SupervisionState.CLOSED)
    return rows.order_by("occurred_on", "pk").last()


PAPERS = {
    kind.slug: kind
    for kind in (
        PaperKind("accept", "受理通知书（承办单）", is_accepted),
        PaperKind("supplement", "一次性告知书", is_told),
        PaperKind("mend", "补正通知书", lacks_materials),
        PaperKind("refuse", "不予受理告知书", lambda case: case.state == CaseState.REFUSED),
        PaperKind("extend", "延期告知书", lambda case: case.extended_days > 0),
        PaperKind("reply", "办结回执", lambda case: case.state in FINISHED),
        PaperKind("urge", "督办单", is_supervised),
        PaperKind("proxy", "委托代办书", lambda case: case.state not in OVER),
    )
}


def papers_for(case) -> list[PaperKind]:
    """The papers that the case may have now."""
    return [kind for kind in PAPERS.values() if kind.fits(case)]


def outstanding(case) -> list[CaseMaterial]:
    """Materials of the case that were not handed in."""
    return [m for m in case.given.all() if m.deleted_at is None and m.given_on is None]


@dataclass(frozen=True)
class Wanted:
    """A material that is still asked for, with what helps to get it right."""

    name: str
    originals: int = 0
    copies: int = 0
    basis: str = ""
    sample: str = ""
    due_on: date | None = None


def counts_of(material) -> str:
    """原件 1 份、复印件 2 份."""
    told = [("原件", material.originals), ("复印件", material.copies)]
    return "、".join(f"{word} {count} 份" for word, count in told if count)


def wanted_before(case) -> list[Wanted]:
    """What the one notice before acceptance asked for: its lines, each with the guide's own words on the
    material that it names; without such a material the version's legal basis."""
    known = sorted(case.item.materials.kept(), key=lambda m: -len(m.name))
    rows = []
    for line in SEPARATORS.split(case.missing):
        text = ORDINAL.sub("", line.strip()).rstrip("。，、")
        if not text:
            continue
        found = next((m for m in known if m.name in text), None)
        basis = (found.basis if found else "") or _first_basis(case)
        rows.append(
            Wanted(
                text,
                found.originals if found else 0,
                found.copies if found else 0,
                basis,
                _help(found) if found else "",
                case.supply_by,
            )
        )
    return rows


def wanted_after(case) -> list[Wanted]:
    """What is to follow after acceptance (容缺), each with its own day."""
    return [
        Wanted(
            m.name,
            m.originals,
            m.copies,
            m.material.basis if m.material else "",
            _help(m.material) if m.material else "",
            m.due_on,
        )
        for m in outstanding(case)
    ]


def _first_basis(case) -> str:
    return next((line.strip() for line in case.item.basis.splitlines() if line.strip()), "")


def _help(material: ItemMaterial) -> str:
    return "；".join(filter(None, (material.source, material.sample)))


@dataclass(frozen=True)
class Desk:
    """Whose paper it is: the hall's name and phones, else the unit's and the guide's."""

    name: str
    place: str
    hours: str
    phone: str
    complaint_phone: str


def desk_of(case) -> Desk:
    hall = Hall.objects.kept().filter(unit=case.unit_id).first()
    version = case.item
    if hall is None:
        return Desk(
            case.unit.name, version.place, version.hours, version.phone, version.complaint_phone
        )
    return Desk(
        hall.name,
        hall.address or version.place,
        hall.hours or version.hours,
        hall.phone or version.phone,
        hall.complaint_phone or version.complaint_phone,
    )


def is_provisional(case) -> bool:
    """Whether the promised day depends on a year whose notice is not out yet (暂定)."""
    reckoning = reckoning_of(case)
    return bool(reckoning and case.due_on and reckoning.provisional)


def paper_actions(case, user) -> list[Action]:
    """The papers that the case may have now; the receipt is first handed over, then printed again."""
    found, access = [], access_of(user)
    if not access.may(VIEW, case.unit_id):
        return found
    for kind in papers_for(case):
        if kind.slug == "accept" and case.receipt_on is None:
            if access.may(CLERK, case.unit_id):
                found.append(Action("出具承办单", reverse("case-receipt", args=[case.pk])))
            continue
        url = reverse("case-paper", args=[case.pk, kind.slug])
        found.append(Action(f"打印{kind.title}", url))
    return found
