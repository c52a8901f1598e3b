"""Activities of volunteers and the shared fact of those that were held: written here, always together."""

from collections.abc import Mapping
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.errors import StaleRecord
from portal.ledgers import services as rows
from portal.scope import access_of
from residents.models import Activity
from volunteers.enums.activities import ActivityState as S
from volunteers.models import SignUp, VolunteerActivity
from volunteers.workflow import ACTIVITY, EDIT

DOMAIN = "volunteers"
# What only the shared fact knows; asked when the activity is held or was.
OF_THE_FACT = ("participants", "consultations", "theme_day")
NOTHING: Mapping = MappingProxyType({})


@transaction.atomic
def store(
    activity: VolunteerActivity, *, held=False, told: Mapping = NOTHING, by
) -> VolunteerActivity:
    """Store an entered or changed activity. ``held`` says that it took place: then, or where it was held
    before, the shared fact follows, with ``told`` of OF_THE_FACT.

    Raises ValidationError where the day is still to come or a shift would lie outside the days.
    """
    if activity._state.adding:
        activity.recorded_by = by
    elif outside := _shifts_outside(activity):
        raise ValidationError({"starts_on": f"已有班次在{outside}，不在活动日期内，请先调整班次。"})
    if held or activity.state == S.HELD:
        _take_place(activity, told, by)
    activity.save()
    return activity


@transaction.atomic
def hold(activity: VolunteerActivity, *, participants=None, by=None) -> VolunteerActivity:
    """The activity took place: the shared fact is written, once, however often this is called; gives
    the stored row. ``participants`` counts those who took part, where it is known.

    Raises Denied, or ValidationError where the activity was called off or its day is still to come.
    """
    if by is not None:
        access_of(by).check(EDIT, activity.unit_id)
    row = _locked(activity)
    told = {} if participants is None else {"participants": participants}
    if row.state == S.HELD:
        if told:
            _follow(row, told)
        return row
    if row.state not in ACTIVITY.steps["hold"].sources:
        raise ValidationError(f"活动{row.get_state_display()}，不能登记已举办。")
    _take_place(row, told, by)
    row.save()
    return row


@transaction.atomic
def cancel(activity: VolunteerActivity, reason: str, *, by=None) -> VolunteerActivity:
    """Call it off; those who signed up see it, and their time is free again."""
    return _go(activity, "cancel", {"cancelled_for": reason}, by)


@transaction.atomic
def recruit(activity: VolunteerActivity, *, by=None) -> VolunteerActivity:
    """Begin to seek volunteers; where there is a risk, it is told and insured first."""
    return _go(activity, "recruit", {}, by)


@transaction.atomic
def act(activity: VolunteerActivity, name: str, values: Mapping, *, by) -> VolunteerActivity:
    """Take one step of ``workflow.ACTIVITY`` on the activity as it was loaded; holding it takes
    OF_THE_FACT. Raises StaleRecord when somebody changed it meanwhile."""
    if name != "hold":
        return _go(activity, name, dict(values), by)
    access_of(by).check(EDIT, activity.unit_id)
    row = _locked(activity)
    if row.version != activity.version:
        raise StaleRecord(f"activity {row.pk} was changed")
    _refuse_step(row, name)
    _take_place(row, values, by)
    row.save()
    return row


@transaction.atomic
def recycle(activity: VolunteerActivity, *, version: int, by) -> None:
    """Move the activity with its shifts, their withdrawn sign-ups and the shared fact to the bin."""
    rows.recycle(activity, version=version, by=by)
    gone = {"deleted_at": activity.deleted_at, "deleted_by": by}
    SignUp.objects.kept().filter(shift__activity=activity).update(**gone)
    if activity.activity_id:
        Activity.objects.kept().filter(pk=activity.activity_id).update(**gone)


@transaction.atomic
def restore(activity: VolunteerActivity, *, by) -> None:
    """Take the activity back with all that went along."""
    when, back = activity.deleted_at, {"deleted_at": None, "deleted_by": None}
    if activity.activity_id:
        Activity.objects.filter(pk=activity.activity_id, deleted_at=when).update(**back)
    SignUp.objects.filter(shift__activity=activity, deleted_at=when).update(**back)
    rows.restore(activity, by=by)


def domains_of(activity: VolunteerActivity) -> list[str]:
    """The departments that count it."""
    return sorted({DOMAIN, *activity.type.domains, *activity.also})


def needs_telling(activity: VolunteerActivity) -> dict[str, str]:
    """What a risky activity must say before it seeks people, by field."""
    if not activity.type.is_risky:
        return {}
    asked = {
        "risks": f"“{activity.type}”有风险，招募前请写明风险告知。",
        "insurance": f"“{activity.type}”有风险，招募前请写明保险安排。",
    }
    return {name: message for name, message in asked.items() if not getattr(activity, name)}


def _go(activity, name, values, by):
    if by is not None:
        access_of(by).check(EDIT, activity.unit_id)
    if name == "recruit" and (missing := needs_telling(activity)):
        raise ValidationError(list(missing.values()))
    lacking = [field for field in ACTIVITY.steps[name].needs if not values.get(field)]
    if lacking:
        labels = {f: activity._meta.get_field(f).verbose_name for f in lacking}
        raise ValidationError({f: f"请填写{label}。" for f, label in labels.items()})
    rows.take_step(activity, ACTIVITY, name, values)
    return type(activity).objects.select_related("type", "org", "unit").get(pk=activity.pk)


def _locked(activity) -> VolunteerActivity:
    related = VolunteerActivity.objects.select_related("type", "org", "unit")
    return related.select_for_update(of=("self",)).get(pk=activity.pk)


def _refuse_step(row, name):
    step = ACTIVITY.steps[name]
    if row.state not in step.sources:
        raise ValidationError(f"现在是“{row.get_state_display()}”，不能{step.label}。")


def _take_place(row, told, by):
    """The row becomes a held one, with its fact; the caller saves the row."""
    if row.starts_on > timezone.localdate():
        raise ValidationError({"starts_on": "活动日期还没有到，不能登记为已举办。"})
    if row.activity_id is None:
        row.activity = _entered_before(row) or Activity(unit=row.unit, recorded_by=by)
        further = {*row.activity.domains} - {*domains_of(row)}
        row.also = sorted({*row.also, *further})
    row.state = S.HELD
    _follow(row, told)


def _entered_before(row) -> Activity | None:
    """The same activity where another department entered it already: one fact, counted once."""
    same = Activity.objects.kept().filter(
        unit=row.unit, title=row.title, occurred_on=row.starts_on, volunteering__isnull=True
    )
    return same.order_by("pk").first()


def _follow(row, told):
    """Let the shared fact say what the activity says."""
    shared = row.activity
    before = None if shared._state.adding else {**vars(shared)}
    shared.occurred_on = row.starts_on
    shared.ends_on = row.ends_on if row.ends_on != row.starts_on else None
    shared.title, shared.place, shared.content = row.title, row.place, row.content
    shared.kind, shared.domains = row.type.kind, domains_of(row)
    shared.highlight = row.highlight
    if row.org_id:
        shared.organisers = row.org.name
    for name in OF_THE_FACT:
        if name in told:
            setattr(shared, name, told[name])
    if before is not None and before == vars(shared):
        return
    shared.full_clean(exclude={"recorded_by", "deleted_by"})
    shared.save()
    row.activity = shared


def _shifts_outside(activity) -> str:
    """The first day of a shift that the changed days would leave out; "" where all are within."""
    last = activity.ends_on or activity.starts_on
    for begins in activity.shifts.kept().values_list("starts_at", flat=True):
        day = timezone.localdate(begins)
        if not activity.starts_on <= day <= last:
            return f"{day}"
    return ""
