"""Writes of 民情走访: the shared visit together with what the agency adds; the usual checklist."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.bulk import load
from portal.ledgers import services as rows
from portal.scope import access_of
from residents.models import Visit
from servicecenter.checklist_seed import SEED
from servicecenter.models import ChecklistAnswer, ChecklistItem, FolkVisit
from servicecenter.selectors.visits import checklist_on, household_on

MANAGE = "catalogue.manage"


@transaction.atomic
def save_visit(visit: Visit, *, known: Collection[int], need: str, by) -> Visit:
    """Store a visit of the agency, what it found, and an answer to each item of the checklist of that
    day: found out where its key is in ``known``. Answers to items no longer asked go to the bin."""
    if visit._state.adding:
        visit.recorded_by = by
    visit.save()
    folk = FolkVisit.objects.filter(visit=visit).first()
    if folk is None:
        folk = FolkVisit(visit=visit, recorded_by=by, recorded_at=visit.recorded_at)
    items = checklist_on(visit.unit, visit.occurred_on)
    folk.unit, folk.need = visit.unit, need
    folk.household = household_on(visit.resident, visit.unit, visit.occurred_on)
    folk.asked, folk.known = len(items), sum(item.pk in known for item in items)
    folk.save()
    _answer(folk, items, known, by)
    return visit


def _answer(folk, items, known, by):
    given = {answer.item_id: answer for answer in folk.answers.kept()}
    for item in items:
        answer = given.pop(item.pk, None)
        if answer is None:
            answer = ChecklistAnswer(unit=folk.unit, folk=folk, item=item, recorded_by=by)
        elif answer.known == (item.pk in known):
            continue
        answer.known = item.pk in known
        answer.save()
    for answer in given.values():
        answer.deleted_at, answer.deleted_by = timezone.now(), by
        answer.save(update_fields=["deleted_at", "deleted_by"])


@transaction.atomic
def recycle_visit(visit: Visit, *, version: int, by) -> None:
    """Move the visit and all that the agency added to the bin."""
    rows.recycle(visit, version=version, by=by)
    gone = {"deleted_at": visit.deleted_at, "deleted_by": by}
    ChecklistAnswer.objects.kept().filter(folk__visit=visit).update(**gone)
    FolkVisit.objects.kept().filter(visit=visit).update(**gone)


@transaction.atomic
def restore_visit(visit: Visit, *, by) -> None:
    """Take the visit back with all that went to the bin along."""
    when = visit.deleted_at
    back = {"deleted_at": None, "deleted_by": None}
    FolkVisit.objects.filter(visit=visit, deleted_at=when).update(**back)
    ChecklistAnswer.objects.filter(folk__visit=visit, deleted_at=when).update(**back)
    access_of(by).check("servicecenter.edit", visit.unit_id)
    rows.refuse_if_referring(visit)
    visit.deleted_at = visit.deleted_by = None
    visit.save(update_fields=["deleted_at", "deleted_by"])


@transaction.atomic
def take_seed(unit, *, by) -> list[ChecklistItem]:
    """The usual items, in force at the unit from the first day of this year; raises ValidationError
    where the unit keeps items already."""
    access_of(by).check(MANAGE, unit.pk)
    if ChecklistItem.objects.kept().filter(unit=unit).exists():
        raise ValidationError("本单位已有走访清单，请直接修改。")
    first = timezone.localdate().replace(month=1, day=1)
    return load(
        ChecklistItem,
        [
            ChecklistItem(
                unit=unit, group=group, ordinal=number, text=text, starts_on=first, recorded_by=by
            )
            for group, texts in SEED.items()
            for number, text in enumerate(texts, 1)
        ],
    )
