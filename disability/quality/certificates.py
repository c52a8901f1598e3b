"""What is wrong with certificates and applications."""

from django.db.models import Exists, F, OuterRef, Q

from disability.application_workflow import CARD
from disability.enums import Category
from disability.enums.applications import Business
from disability.models import CertificateApplication, DisabilityFile
from disability.quality.files import in_use, rule
from portal.quality import Severity, register
from portal.quality.family import kept


def level_of_multiple(units):
    """A 多重 certificate whose level is not the most severe of the open file's components."""
    wrong = Q(pk__in=[])
    for level in "1234":
        listed = DisabilityFile.objects.kept().filter(
            resident=OuterRef("resident"),
            unit=OuterRef("unit"),
            closed_on__isnull=True,
            components__len__gte=2,
        )
        worst = listed.filter(components__overlap=[f"{kind}{level}" for kind in "123456"])
        for milder in range(1, int(level)):
            worst = worst.exclude(components__overlap=[f"{kind}{milder}" for kind in "123456"])
        wrong |= Q(Exists(worst)) & ~Q(level=level)
    return in_use(units).filter(wrong, category=Category.MULTIPLE)


def certificate_mismatch(units):
    """Over with a card, and the card is another's, of another unit, or was never written."""
    done = kept(CertificateApplication, units).filter(stage="done", business__in=sorted(CARD))
    return done.filter(
        Q(issued__isnull=True)
        | ~Q(issued__resident=F("resident"))
        | ~Q(issued__unit=F("unit"))
        | Q(issued__deleted_at__isnull=False)
    )


def of_the_dead(units):
    """Still going on though the person has died; cancelling is what remains to be done then."""
    pending = kept(CertificateApplication, units).filter(closed_on__isnull=True)
    return pending.filter(resident__died_on__isnull=False).exclude(business=Business.CANCEL)


def without_assessment(units):
    """Assessed, and nobody wrote down where, by whom or with what result."""
    assessed = kept(CertificateApplication, units).filter(
        steps__kind="assess", steps__deleted_at__isnull=True
    )
    missing = Q(provider__isnull=True) | Q(doctor="") | Q(second_doctor="")
    return assessed.filter(missing).distinct()


HIGH, LOW = Severity.HIGH, Severity.LOW
SLUG = "certificate-applications"

register(
    rule(
        "level_of_multiple", "多重残疾的等级不是最重的一级", "重度人数和护理补贴会不准。",
        "certificates", level_of_multiple, HIGH,
    ),
    rule(
        "application_certificate", "已办结的申请与发出的残疾人证不符", "办证数和持证数会对不上。",
        SLUG, certificate_mismatch, HIGH,
    ),
    rule(
        "application_of_dead", "申请人已去世，申请还在办", "不会再有结果，应撤回，证应注销。",
        SLUG, of_the_dead, HIGH,
    ),
    rule(
        "application_assessment", "残疾评定没有写明机构和两名医生", "对评定有异议时无从核对。",
        SLUG, without_assessment, LOW,
    ),
)  # fmt: skip
