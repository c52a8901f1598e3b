"""Writes of clean-ups: the shared activity together with what it took and brought away, told once.

Where another department keeps the activity, as volunteers do, only the detail is written here.
"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.ledgers import services as rows
from portal.scope import access_of
from residents.enums import ActivityKind
from residents.models import Activity
from residents.selectors import extended_in
from sanitation.models import CleanupDetail
from sanitation.selectors.shares import CLEANUPS
from sanitation.workflow import EDIT

DOMAIN = "sanitation"
NOT_OURS = "同一天已有同名的活动，没有计入环境卫生；请先核对那次活动，确是另一次的请换一个名称。"
OF_THE_DETAIL = ("scopes", "vehicles", "tonnes", "spots")


def kept_elsewhere(activity: Activity) -> str:
    """The ledger of another department that keeps the clean-up; "" for one of ours."""
    return extended_in(activity, besides="cleanup") if activity.pk else ""


def entered_before(activity: Activity, by) -> Activity | None:
    """The same activity where somebody of the unit entered it already and ``by`` may read it: one fact,
    counted once."""
    same = Activity.objects.visible_to(by).filter(
        unit=activity.unit, title=activity.title, occurred_on=activity.occurred_on
    )
    return same.exclude(pk=activity.pk).order_by("pk").first()


@transaction.atomic
def store(activity: Activity, told: Mapping, *, by) -> Activity:
    """Store a clean-up with ``told`` of OF_THE_DETAIL; a new one that was entered before, here or by
    another department, is completed and not entered again. All of the detail empty takes it away.

    Raises Denied; ValidationError where the same activity is no clean-up of ours.
    """
    access_of(by).check(EDIT, activity.unit_id)
    if activity._state.adding and (same := entered_before(activity, by)):
        activity = _taken_over(activity, same)
    if not kept_elsewhere(activity):
        if activity._state.adding:
            activity.recorded_by = by
        activity.save()
    _tell(activity, told, by)
    return activity


def _taken_over(new: Activity, same: Activity) -> Activity:
    """The activity that is there, saying what was typed where it is ours to say."""
    if keeper := kept_elsewhere(same):
        if not Activity.objects.filter(CLEANUPS, pk=same.pk).exists():
            raise ValidationError(
                {
                    "title": f"同一天已有同名的活动，在“{keeper}”台账中办理，不是计入环境卫生的卫生清理；"
                    "请先到那里修改。"
                }
            )
        return same
    if DOMAIN not in same.domains:
        raise ValidationError({"title": NOT_OURS})
    for name in ("place", "organisers", "content", "participants", "parties", "ends_on"):
        value = getattr(new, name)
        if value not in (None, ""):
            setattr(same, name, value)
    same.kind = ActivityKind.CLEANUP
    same.highlight = same.highlight or new.highlight
    same.domains = sorted({*same.domains, *new.domains, DOMAIN})
    same.full_clean(exclude={"recorded_by", "deleted_by"})
    return same


def _tell(activity, told, by):
    detail = CleanupDetail.objects.filter(activity=activity).first()
    empty = not any(told.get(name) not in (None, "", []) for name in OF_THE_DETAIL)
    if detail is None:
        if empty:
            return
        detail = CleanupDetail(activity=activity, recorded_by=by)
    before = None if detail._state.adding else dict(vars(detail))
    detail.unit, detail.grid_id = activity.unit, activity.grid_id
    detail.occurred_on = activity.occurred_on
    for name in OF_THE_DETAIL:
        setattr(detail, name, told.get(name) or [] if name == "scopes" else told.get(name))
    detail.deleted_at, detail.deleted_by = (timezone.now(), by) if empty else (None, None)
    if empty and before and before["deleted_at"]:
        return
    if before != vars(detail):
        detail.save()


@transaction.atomic
def recycle(activity: Activity, *, version: int, by) -> None:
    """Move a clean-up of ours and its detail to the bin."""
    rows.recycle(activity, version=version, by=by)
    kept = CleanupDetail.objects.kept().filter(activity=activity)
    kept.update(deleted_at=activity.deleted_at, deleted_by=by)


@transaction.atomic
def restore(activity: Activity, *, by) -> None:
    """Take the clean-up back with the detail that went to the bin along."""
    access_of(by).check(EDIT, activity.unit_id)
    when = activity.deleted_at
    CleanupDetail.objects.filter(activity=activity, deleted_at=when).update(
        deleted_at=None, deleted_by=None
    )
    activity.deleted_at = activity.deleted_by = None
    activity.save(update_fields=["deleted_at", "deleted_by"])
