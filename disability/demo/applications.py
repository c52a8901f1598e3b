"""Demo 办证申请: renewals of cards that ran out, one batch of them, new ones, a move and what was refused."""

from datetime import date, timedelta

from disability.enums.applications import Applicant, Business, StepKind
from disability.models import (
    ApplicationStep,
    Certificate,
    CertificateApplication,
    CertificateFreeze,
    DisabilityFile,
)
from disability.services import applications as services
from disability.services import certificates
from portal.demo.world import YEAR, World, typed_at
from portal.office.models import Partner
from portal.workdays import after_workdays
from residents.models import Application

SHARE = 6  # of a hundred holders, those who apply
K = StepKind


def build(world: World) -> None:
    random = world.random
    for unit in world.communities:
        cards = list(
            Certificate.objects.kept()
            .filter(
                unit=unit,
                ended_on__isnull=True,
                resident__died_on__isnull=True,
                counts_from__lt=date(YEAR, 1, 1),
            )
            .exclude(category__in=["5", "6"])
            .exclude(resident__born_on__gt=date(YEAR - 19, 1, 1))
            .select_related("resident", "unit")
            .order_by("expires_on", "pk")
        )
        day = date(YEAR, 3, 3) + timedelta(days=7 * world.communities.index(unit))
        for card in cards[1:][-1:]:
            since = date(YEAR, 6, 2)
            certificates.freeze(card, on=since, reason="户口迁出半年未办证件迁移", by=None)
            cards.remove(card)
        count = max(1, len(cards) * SHARE // 100)
        _batch(world, unit, cards[:count], day)
        if rest := cards[count:]:
            _one(world, unit, random.choice(rest), Business.REISSUE, date(YEAR, 9, 8))
    _new(world)
    _typed_on_their_days()


def _typed_on_their_days() -> None:
    """The services write the present moment; the demo is the same whenever it is built."""
    for rows in (
        CertificateApplication.objects.all(),
        ApplicationStep.objects.all(),
        Application.objects.filter(certificate_application__isnull=False),
        Certificate.objects.filter(issued_by__isnull=False),
    ):
        for day in sorted(set(rows.values_list("occurred_on", flat=True))):
            rows.filter(occurred_on=day).update(recorded_at=typed_at(day))
    CertificateFreeze.objects.update(recorded_at=typed_at(date(YEAR, 6, 2)))


def _one(world, unit, card, business, day, **fields) -> CertificateApplication:
    return _batch(world, unit, [card], day, business, **fields)[0]


def _batch(world, unit, cards, day, business=Business.RENEW, **fields):
    """Applied for on one day; most went all the way, the last are still on it."""
    agent = world.staff(unit)
    drafts = [
        CertificateApplication(
            unit=unit,
            resident=card.resident,
            business=business,
            occurred_on=day,
            certificate=card,
            agent=agent,
            **fields,
        )
        for card in cards
    ]
    applications = services.apply_many(drafts, by=None)
    steps = ((K.ACCEPT, 2), (K.APPROVE, 16), (K.MAKE, 30), (K.ISSUE, 37))
    for number, (kind, later) in enumerate(steps):
        going = [a for n, a in enumerate(applications) if n % 5 != 4 or number < n // 5 % 4]
        taken = services.Taken(kind, day + timedelta(days=later), agent)
        services.take(going, taken, by=None)
    return applications


def _new(world) -> None:
    """Those with a file and no certificate: assessed, on notice, handed out, or refused."""
    held = Certificate.objects.kept().filter(ended_on__isnull=True).values("resident")
    files = (
        DisabilityFile.objects.kept()
        .filter(closed_on__isnull=True, resident__died_on__isnull=True)
        .exclude(resident__in=held)
        .exclude(components=[])
        .exclude(resident__certificates__ended_on__gte=date(YEAR, 1, 1))
        .exclude(resident__id_hash__isnull=True)
        .select_related("resident", "unit")
        .order_by("pk")[: max(4, world.many(30))]
    )
    day = date(YEAR, 10, 9)
    for number, file in enumerate(files):
        ward = services.needs_guardian(file.resident, day, file.components)
        draft = CertificateApplication(
            unit=file.unit,
            resident=file.resident,
            business=Business.NEW,
            occurred_on=day,
            agent=world.staff(file.unit),
            applicant=Applicant.GUARDIAN if ward else Applicant.SELF,
            guardian_name=file.guardian_name if ward else "",
        )
        application = services.apply(draft, by=None)
        published = day + timedelta(days=9)
        approved = after_workdays(published, 6)
        assessed = {
            "provider": Partner.objects.filter(unit=file.unit).order_by("pk").first(),
            "doctor": "周建国",
            "second_doctor": "何丽华",
            "conclusion": list(file.components),
        }
        steps = (
            (K.ACCEPT, day + timedelta(days=1), {}),
            (K.ASSESS, day + timedelta(days=6), assessed),
            (K.PUBLISH, published, {}),
            (K.APPROVE, approved, {}),
            (K.MAKE, approved + timedelta(days=5), {}),
            (K.ISSUE, approved + timedelta(days=8), {}),
        )
        for kind, on, values in steps[: 6 if number % 3 == 0 else 2 + number % 3]:
            taken = services.Taken(kind, on, draft.agent, "", values)
            services.take([application], taken, by=None)
