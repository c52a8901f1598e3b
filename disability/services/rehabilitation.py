"""Storing services with their agreement and plan, sessions with the services of all who took part, and
agreements with many people at once."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from disability.enums.services import ServiceMode
from disability.models import RehabAgreement, RehabPlan, RehabService, RehabSession
from portal.bulk import load, prepared
from residents.models import Resident

COMMON = ("occurred_on", "kind", "provider_id", "staff", "minutes", "items")


def link_agreements(services: Iterable[RehabService]) -> None:
    """Give each service without one the agreement of its provider that was in force on its day."""
    waiting = [s for s in services if s.agreement_id is None and s.provider_id is not None]
    if not waiting:
        return
    agreements = RehabAgreement.objects.kept().filter(
        resident__in={s.resident_id for s in waiting}, provider__in={s.provider_id for s in waiting}
    )
    by_pair = {}
    for agreement in agreements:
        by_pair.setdefault((agreement.resident_id, agreement.provider_id), []).append(agreement)
    for service in waiting:
        for agreement in by_pair.get((service.resident_id, service.provider_id), ()):
            if covers(agreement, service.occurred_on):
                service.agreement = agreement


def link_plans(services: Iterable[RehabService]) -> None:
    """Give each service without one the plan that the person had on its day, where it was one alone."""
    waiting = [s for s in services if s.plan_id is None]
    by_person = {}
    plans = RehabPlan.objects.kept().filter(resident__in={s.resident_id for s in waiting})
    for plan in plans:
        by_person.setdefault(plan.resident_id, []).append(plan)
    for service in waiting:
        mine = by_person.get(service.resident_id, ())
        found = [plan for plan in mine if covers(plan, service.occurred_on)]
        if len(found) == 1:
            service.plan = found[0]


def covers(spell: RehabAgreement | RehabPlan, day) -> bool:
    return spell.starts_on <= day and (spell.ends_on is None or day <= spell.ends_on)


def save_service(service: RehabService) -> RehabService:
    link_agreements([service])
    link_plans([service])
    service.save()
    return service


def save_new_services(services: list[RehabService], *, by) -> list[RehabService]:
    """Store new services as save_service() would one by one."""
    for service in services:
        service.recorded_by = by
    link_agreements(services)
    link_plans(services)
    return load(RehabService, [prepared(service) for service in services])


@transaction.atomic
def save_session(session: RehabSession, people: list[Resident], *, by) -> RehabSession:
    """Store a session and exactly one service for each of these people; those of others go to the
    bin. What the session says, each service says too; effect and plan stay each service's own."""
    session.save()
    kept = {service.resident_id: service for service in session.services.kept()}
    new, changed = [], []
    for person in people:
        service = kept.pop(person.pk, None)
        if service is None:
            new.append(_service(session, person))
        elif any(getattr(service, name) != getattr(session, name) for name in COMMON):
            _say_again(service, session)
            service.agreement = None  # that of another day or provider
            changed.append(service)
    link_agreements(changed)
    for service in changed:
        service.save()
    save_new_services(new, by=by)
    for service in kept.values():
        service.deleted_at, service.deleted_by = timezone.now(), by
        service.save(update_fields=["deleted_at", "deleted_by"])
    return session


def _service(session, person) -> RehabService:
    service = RehabService(
        unit=session.unit, resident=person, session=session, mode=ServiceMode.GROUP
    )
    _say_again(service, session)
    return service


def _say_again(service, session) -> None:
    for name in COMMON:
        setattr(service, name, getattr(session, name))


@transaction.atomic
def sign_many(people: list[Resident], *, by, **said) -> tuple[list[RehabAgreement], list[Resident]]:
    """Store one agreement for each person, all saying the same; (stored, those left out because an
    agreement with the provider already covers some of the time)."""
    already = _signed(people, said["provider"], said["starts_on"], said["ends_on"])
    new = [
        RehabAgreement(resident=person, recorded_by=by, **said)
        for person in people
        if person.pk not in already
    ]
    stored = load(RehabAgreement, [prepared(agreement) for agreement in new])
    return stored, [person for person in people if person.pk in already]


def _signed(people, provider, starts_on, ends_on) -> set[int]:
    rows = RehabAgreement.objects.kept().filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on),
        resident__in=[person.pk for person in people],
        provider=provider,
    )
    if ends_on is not None:
        rows = rows.filter(starts_on__lte=ends_on)
    return set(rows.values_list("resident", flat=True))
