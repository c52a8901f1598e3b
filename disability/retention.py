"""How long what belongs to a disability certificate is kept, once it is over (domain §6.4: thirty years), and what
goes with it."""

from django.db.models import Q

from disability.models import (
    ApplicationStep,
    Certificate,
    CertificateApplication,
    CertificateFreeze,
    DisabilityFile,
)
from portal.retention import Rule, belongs, register
from portal.retention.periods import Kept

GROUND = "残疾人证档案 30 年：机关档案保管期限的常用年限；本地档案部门另有规定的从其规定"
KEPT = Q(deleted_at__isnull=True)

register(
    Rule(
        "disability.files",
        "已销档的残疾人档案",
        DisabilityFile,
        "closed_on",
        Kept(years=30),
        GROUND,
        KEPT,
    ),
    Rule(
        "disability.certificates",
        "已失效的残疾人证",
        Certificate,
        "ended_on",
        Kept(years=30),
        GROUND,
        KEPT,
    ),
    Rule(
        "disability.applications",
        "已办结的办证申请",
        CertificateApplication,
        "closed_on",
        Kept(years=30),
        GROUND,
        KEPT,
    ),
)
belongs(ApplicationStep, "application")
belongs(CertificateFreeze, "certificate")
