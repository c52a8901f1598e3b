"""办证申请: applying, the steps, and what the last step writes; many at once or one.

A ValidationError names the field of the form it belongs to; of many applications the first that cannot
go on stops all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from disability.application_workflow import ASSESSED, OF_CERTIFICATE, OVER, SHARED, WORKFLOWS
from disability.certificate_numbers import certified
from disability.enums import ADULT, NEEDS_GUARDIAN
from disability.enums import CertificateStatus as Status
from disability.enums.applications import Business, Stage, StepKind
from disability.models import (
    ApplicationStep,
    Certificate,
    CertificateApplication,
    DisabilityFile,
)
from disability.services import certificates
from portal.bulk import load
from portal.workdays import after_workdays
from residents.enums import ApplicationKind, ApplicationState
from residents.models import Application
from residents.workflow import DECIDED

OURS = ["disability"]


@dataclass(frozen=True)
class Taken:
    """One step as a form asks for it. ``values`` are fields of the application that it fills."""

    kind: str
    on: date
    actor: str = ""
    note: str = ""
    values: dict = field(default_factory=dict)


# --- applying ---------------------------------------------------------------------------------------


def current_certificate(resident, unit) -> Certificate | None:
    rows = Certificate.objects.kept().filter(resident=resident, ended_on__isnull=True)
    return rows.filter(unit=unit).first()


def needs_guardian(resident, day, components=()) -> bool:
    """A minor, and who is of intellectual or mental disability, applies through the guardian."""
    age = resident.age_on(day)
    if age is not None and age < ADULT:
        return True
    return any(code[0] in NEEDS_GUARDIAN for code in components)


def components_of(residents, units) -> dict[int, set[str]]:
    """What open files and certificates in use say of these people: codes that begin with a category."""
    found: dict[int, set[str]] = {}
    files = DisabilityFile.objects.kept().filter(
        resident__in=residents, unit__in=units, closed_on__isnull=True
    )
    for key, components in files.values_list("resident", "components"):
        found.setdefault(key, set()).update(components)
    cards = Certificate.objects.kept().filter(
        resident__in=residents, unit__in=units, ended_on__isnull=True
    )
    for key, category, level in cards.values_list("resident", "category", "level"):
        found.setdefault(key, set()).add(f"{category}{level}")
    return found


def _shared_row(draft: CertificateApplication, by) -> Application:
    return Application(
        unit_id=draft.unit_id,
        occurred_on=draft.occurred_on,
        resident_id=draft.resident_id,
        kind=ApplicationKind.DISABILITY_CERTIFICATE,
        title=draft.get_business_display(),
        agent=draft.agent,
        domains=OURS,
        recorded_by=by,
    )


@transaction.atomic
def apply(draft: CertificateApplication, *, by) -> CertificateApplication:
    """Store a new application, the shared row and its first step."""
    return apply_many([draft], by=by)[0]


@transaction.atomic
def apply_many(drafts: Iterable[CertificateApplication], *, by) -> list[CertificateApplication]:
    """Store new applications at once. The forms have judged them; the database keeps its constraints."""
    drafts = list(drafts)
    for draft, shared in zip(
        drafts, load(Application, [_shared_row(draft, by) for draft in drafts]), strict=True
    ):
        draft.application, draft.recorded_by = shared, by
    load(CertificateApplication, drafts)
    load(
        ApplicationStep,
        [
            ApplicationStep(
                unit_id=draft.unit_id,
                application=draft,
                kind=StepKind.APPLY,
                occurred_on=draft.occurred_on,
                actor=draft.agent,
                recorded_by=by,
            )
            for draft in drafts
        ],
    )
    return drafts


@transaction.atomic
def change(application: CertificateApplication) -> CertificateApplication:
    """Store what a form changed; the shared row and the first step tell the same."""
    application.save()
    shared = application.application
    shared.resident_id, shared.occurred_on = application.resident_id, application.occurred_on
    shared.agent, shared.title = application.agent, application.get_business_display()
    shared.save()
    first = application.steps.filter(kind=StepKind.APPLY, deleted_at__isnull=True).first()
    if first is not None and first.occurred_on != application.occurred_on:
        first.occurred_on = application.occurred_on
        first.save()
    return application


# --- the steps --------------------------------------------------------------------------------------


def earliest_approval(published_on: date) -> date:
    """The first day after the notice: as many working days after the publication as the rule says."""
    days = settings.CERTIFICATE_NOTICE_DAYS
    if not days:
        return published_on
    return after_workdays(published_on, days) + timedelta(days=1)


@transaction.atomic
def take(applications: Iterable[CertificateApplication], step: Taken, *, by) -> int:
    """Take one step with all of these applications. Raises ValidationError naming whose cannot."""
    keys = [application.pk for application in applications]
    rows = CertificateApplication.objects.select_for_update(of=("self",)).filter(
        pk__in=keys, deleted_at__isnull=True
    )
    rows = rows.select_related("resident", "application", "certificate", "unit")
    found = list(rows.prefetch_related("steps").order_by("pk"))
    for application in found:
        _take_one(application, step, by, named=len(found) > 1)
    return len(found)


def _take_one(application, step: Taken, by, named: bool) -> None:
    try:
        _check(application, step)
        _do(application, step, by)
    except ValidationError as error:
        if not named:
            raise
        who = f"{application.resident}（{application.get_business_display()}）："
        raise ValidationError([who + message for message in error.messages]) from None


def _check(application, step: Taken) -> None:
    workflow = WORKFLOWS[Business(application.business)]
    known = workflow.steps.get(step.kind)
    if known is None or application.stage not in known.sources:
        told = StepKind(step.kind).label
        raise ValidationError(f"现在是“{application.get_stage_display()}”，不能办理“{told}”。")
    if step.on > timezone.localdate():
        raise ValidationError({"on": "日期不能晚于今天。"})
    last = max(s.occurred_on for s in application.steps.all() if s.deleted_at is None)
    if step.on < last:
        raise ValidationError({"on": f"不能早于上一步的日期{last}。"})
    if "note" in known.needs and not step.note:
        raise ValidationError({"note": f"{known.label}请写明原因。"})
    died_on = application.resident.died_on
    goes_on = step.kind not in (StepKind.WITHDRAW, StepKind.DISAPPROVE, StepKind.REFUSE)
    if died_on and step.on >= died_on and goes_on and application.business != Business.CANCEL:
        raise ValidationError({"on": f"这位居民已于{died_on}去世，只能撤回或不予批准。"})
    if step.kind == StepKind.APPROVE:
        _check_notice(application, step.on)


def _check_notice(application, day: date) -> None:
    published = application.day_of(StepKind.PUBLISH)
    if published is None or application.business not in ASSESSED:
        return
    earliest = earliest_approval(published)
    if day < earliest:
        raise ValidationError(
            {
                "on": f"{published}起公示{settings.CERTIFICATE_NOTICE_DAYS}个工作日，"
                f"最早{earliest}审批。"
            }
        )


def _do(application, step: Taken, by) -> None:
    workflow = WORKFLOWS[Business(application.business)]
    for name, value in step.values.items():
        setattr(application, name, value)
    application.stage = workflow.steps[step.kind].target
    if application.stage in OVER:
        application.closed_on = step.on
    if step.kind == StepKind.ISSUE:
        _issue(application, step.on, by)
    elif step.kind == StepKind.FINISH:
        _finish(application, step.on, by)
    application.full_clean(exclude={"recorded_by", "deleted_by", "resident", "application"})
    application.save()
    ApplicationStep.objects.create(
        unit=application.unit,
        application=application,
        kind=step.kind,
        occurred_on=step.on,
        actor=step.actor,
        note=step.note,
        recorded_by=by,
    )
    _keep_in_step(application, step.on)


def _keep_in_step(application, day: date) -> None:
    """The shared row stands as ours does."""
    shared, state = application.application, SHARED[Stage(application.stage)]
    if shared.state == state:
        return
    if state not in DECIDED:
        shared.decided_on = None
    elif shared.state not in DECIDED or state != ApplicationState.APPROVED:
        shared.decided_on = day
    shared.state = state
    shared.save()


def _issue(application, day: date, by) -> None:
    """The card is handed out: it is the holder's certificate from that day."""
    old = application.certificate
    if application.business in OF_CERTIFICATE and old is None:
        old = current_certificate(application.resident, application.unit)
    if application.business in OF_CERTIFICATE and old is None:
        raise ValidationError("本单位没有这位居民在用的残疾人证，请先登记原证。")
    if application.conclusion:
        category, level = certified(application.conclusion)
    elif old is not None:
        category, level = old.category, old.level
    else:
        raise ValidationError("还没有评定结论，请先补填。")
    if not application.resident.id_number:
        raise ValidationError("持证人还没有登记证件号码，编不出残疾人证号，请先补登。")
    if old is not None:
        old.refresh_from_db()
    application.certificate = old
    application.issued = certificates.write_next(
        application.resident,
        application.unit,
        category=str(category),
        level=str(level),
        on=day,
        by=by,
        old=old,
        lost=application.business == Business.REISSUE,
    )
    _tell_file(application)


def _tell_file(application) -> None:
    """The open file lists what was assessed."""
    if not application.conclusion:
        return
    for file in DisabilityFile.objects.kept().filter(
        resident=application.resident, unit=application.unit, closed_on__isnull=True
    ):
        if set(file.components) != set(application.conclusion):
            file.components = list(application.conclusion)
            file.save()


def _finish(application, day: date, by) -> None:
    """注销 and 迁移: the certificate counts no longer from the day."""
    old = application.certificate or current_certificate(application.resident, application.unit)
    if old is None:
        raise ValidationError("本单位没有这位居民在用的残疾人证。")
    old.refresh_from_db()
    application.certificate = old
    if application.business == Business.MOVE:
        certificates.move_out(old, on=day, to=application.moved_to, by=by)
    else:
        certificates.end(old, Status.CANCELLED, on=day, note=application.note[:100])
