"""志愿服务记录证明: asked for, issued with a number and frozen words, declined or revoked.

A certificate is free of charge, stands on counted records alone, and never changes once it is issued.
"""

from copy import copy
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.ledgers.services import take_step
from portal.models import next_serial
from portal.scope import Denied, access_of
from portal.text import clean_text
from volunteers.enums.certificates import CertificateState
from volunteers.models import ServiceCertificate, Volunteer
from volunteers.selectors.certificates import (
    code_of,
    content_of,
    counted_services,
    frozen,
    hash_of_code,
    why_none,
)
from volunteers.workflow import CERTIFICATE, EDIT

SERIES = "volunteer-certificate"
MOST_WAITING = 3


def may_take(certificate, name: str, user) -> bool:
    """Whether the user's roles allow the step there; the state is another question."""
    return access_of(user).may(CERTIFICATE.steps[name].who or EDIT, certificate.unit_id)


@transaction.atomic
def request(
    volunteer: Volunteer,
    purpose: str,
    starts_on: date,
    ends_on: date,
    *,
    by=None,
    on: date | None = None,
) -> ServiceCertificate:
    """Ask, today or ``on`` a day, for a certificate of the service from a day to a day; ``by`` is None
    where the volunteer asks.

    Raises ValidationError at the field: no counted record in that time, the same asked for already.
    """
    if by is not None:
        access_of(by).check(EDIT, volunteer.unit_id)
    volunteer = Volunteer.objects.select_for_update(of=("self",)).get(pk=volunteer.pk)
    if volunteer.deleted_at:
        raise ValidationError("这位志愿者的记录在回收站里，不能申请证明。")
    certificate = ServiceCertificate(
        unit_id=volunteer.unit_id,
        volunteer=volunteer,
        occurred_on=on or timezone.localdate(),
        purpose=clean_text(purpose),
        starts_on=starts_on,
        ends_on=ends_on,
        by_self=by is None,
        recorded_by=by,
    )
    certificate.full_clean(exclude={"recorded_by", "deleted_by"})
    if ends_on > certificate.occurred_on:
        raise ValidationError({"ends_on": "截止日期不能晚于申请日期，证明只写已完成的服务。"})
    _refuse_again(certificate)
    _counted(certificate)
    certificate.save()
    return certificate


def _refuse_again(certificate) -> None:
    rows = ServiceCertificate.objects.kept().filter(
        volunteer=certificate.volunteer, state=CertificateState.REQUESTED
    )
    waiting = list(rows.values_list("purpose", "starts_on", "ends_on")[:MOST_WAITING])
    if (certificate.purpose, certificate.starts_on, certificate.ends_on) in waiting:
        raise ValidationError({"purpose": "同样的证明已经申请，正在等待出具。"})
    if len(waiting) >= MOST_WAITING:
        raise ValidationError(f"已有 {MOST_WAITING} 件证明申请在等待出具，请先等这些办完。")


def _counted(certificate) -> list:
    asked = (
        certificate.volunteer,
        certificate.unit,
        certificate.starts_on,
        certificate.ends_on,
    )
    found = counted_services(*asked)
    if not found:
        raise ValidationError({"starts_on": why_none(*asked)})
    return found


@transaction.atomic
def issue(
    certificate: ServiceCertificate,
    manager: str,
    clerk: str,
    phone: str,
    note: str = "",
    *,
    by,
    on: date | None = None,
) -> ServiceCertificate:
    """Issue it, as it was loaded: its words are frozen, its number is the unit's next of the year.

    Raises Denied, ValidationError where nothing is counted or a field is empty, StaleRecord.
    """
    said = {"manager": manager, "clerk": clerk, "phone": phone, "note": note}
    said = {name: clean_text(value) for name, value in said.items()}
    _check(certificate, "issue", said, by)
    today = on or timezone.localdate()
    services = _counted(certificate)
    numbered = said | {
        "year": today.year,
        "number": next_serial(certificate.unit, SERIES, today.year),
    }
    draft = copy(certificate)
    for name, value in numbered.items():
        setattr(draft, name, value)
    content = content_of(draft, services, issued_on=today)
    values = numbered | {
        "issued_on": today,
        "minutes": content["minutes"],
        "content": _fitting(frozen(content)),
        "certified": {str(record.pk): record.minutes for record in services},
        "code_hash": hash_of_code(code_of(certificate)),
    }
    return _take(certificate, "issue", values)


def _fitting(content: str) -> str:
    most = ServiceCertificate._meta.get_field("content").max_length
    if len(content) > most:
        raise ValidationError("这段时间的服务太多，一份证明写不下，请分成几段申请。")
    return content


@transaction.atomic
def decline(certificate: ServiceCertificate, reason: str, *, by) -> ServiceCertificate:
    """Turn a request down, with the reason. Raises Denied, ValidationError, StaleRecord."""
    return _with_reason(certificate, "decline", reason, {}, by)


@transaction.atomic
def revoke(
    certificate: ServiceCertificate, reason: str, *, by, on: date | None = None
) -> ServiceCertificate:
    """Revoke what was issued; who verifies it is told so from then on. Raises as ``decline``."""
    return _with_reason(
        certificate, "revoke", reason, {"revoked_on": on or timezone.localdate()}, by
    )


def _with_reason(certificate, name, reason, further, by):
    said = {"revoked_for": clean_text(reason)}
    _check(certificate, name, said, by)
    return _take(certificate, name, said | further)


def _check(certificate, name: str, said: dict, by) -> None:
    if by is not None and not may_take(certificate, name, by):
        raise Denied("您的角色没有这项权限；如确需办理，请联系安全管理员。")
    lacking = [field for field in CERTIFICATE.steps[name].needs if not said.get(field)]
    if lacking:
        labels = {f: str(certificate._meta.get_field(f).verbose_name) for f in lacking}
        raise ValidationError({f: f"请填写{label}。" for f, label in labels.items()})


def _take(certificate, name: str, values: dict) -> ServiceCertificate:
    take_step(certificate, CERTIFICATE, name, values)
    return ServiceCertificate.objects.select_related("unit", "volunteer__resident").get(
        pk=certificate.pk
    )
