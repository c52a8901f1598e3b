"""Guided acts on certificates: 冻结, 解冻, 注销, 迁出, and writing the next one.

Each raises ValidationError at the field of a form that names it the same, and StaleRecord where
somebody changed the certificate meanwhile.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from disability.certificate_numbers import parse_certificate
from disability.enums import CertificateStatus as Status
from disability.models import Certificate, CertificateFreeze, DisabilityFile
from portal.errors import StaleRecord, settle, translating

YEARS_VALID = 10
ONE_DAY = timedelta(days=1)


def ten_years_after(day: date) -> date:
    """The day up to which a certificate of that day is valid."""
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year + YEARS_VALID)


def next_number(resident, category, level, *, lost: bool = False) -> str:
    """The number of the resident's next certificate: the present one's where nothing in it changes,
    with the next mark where the card was lost (B1, B2 …), else a plain one."""
    plain = f"{resident.id_number}{category}{level}"
    marks = [parsed.reissue for parsed in _known(resident) if parsed.number[:20] == plain]
    last = max(marks, default=0)
    if lost:
        return f"{plain}B{last + 1}"
    return f"{plain}B{last}" if last else plain


def _known(resident):
    """The numbers of all certificates of the resident in sight, ended ones too."""
    for certificate in Certificate.objects.kept().filter(resident=resident):
        try:
            yield parse_certificate(certificate.number)
        except ValidationError:  # one of before the rules
            continue


def marks_before(resident, number: str, but=None) -> list[int] | None:
    """The marks (0 for a plain number) of the resident's earlier certificates of the same category and
    level; None where nothing of them is known."""
    rows = Certificate.objects.kept().filter(resident=resident).exclude(pk=but)
    numbers = [row.number for row in rows]
    if not numbers:
        return None
    found = []
    for each in numbers:
        try:
            parsed = parse_certificate(each)
        except ValidationError:
            continue
        if parsed.number[:20] == number[:20]:
            found.append(parsed.reissue)
    return found


def _locked(certificate: Certificate) -> Certificate:
    """The certificate as it is stored now, in use. Raises StaleRecord, ValidationError."""
    row = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if row.version != certificate.version:
        raise StaleRecord(f"certificate {row.pk} was changed")
    if row.ended_on:
        raise ValidationError(f"这本证已于{row.ended_on}失效（{row.get_status_display()}）。")
    return row


def _check_day(certificate, field: str, day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError({field: "不能晚于今天。"})
    if day < certificate.counts_from:
        raise ValidationError({field: f"不能早于这本证的起始日期{certificate.counts_from}。"})


@transaction.atomic
def freeze(certificate: Certificate, *, on: date, reason: str, by) -> CertificateFreeze:
    row = _locked(certificate)
    _check_day(row, "on", on)
    if row.status == Status.FROZEN:
        raise ValidationError("这本证已经冻结。")
    spell = CertificateFreeze(
        unit=row.unit, certificate=row, starts_on=on, reason=reason, recorded_by=by
    )
    try:
        spell.validate_constraints(exclude={"recorded_by", "deleted_by"})
    except ValidationError as error:
        raise ValidationError({"on": error.messages}) from None
    spell.save()
    row.status = Status.FROZEN
    row.save()
    return spell


@transaction.atomic
def thaw(certificate: Certificate, *, on: date, by) -> None:
    """``on`` is the first day on which the certificate is valid again."""
    row = _locked(certificate)
    if row.status != Status.FROZEN:
        raise ValidationError("这本证没有冻结。")
    _check_day(row, "on", on)
    _end_freeze(row, on)
    row.status = Status.VALID
    row.save()


def _end_freeze(row, on: date) -> None:
    spell = row.freezes.filter(deleted_at__isnull=True, ends_on__isnull=True).first()
    if spell is None:
        return
    if on <= spell.starts_on:
        raise ValidationError({"on": f"应晚于冻结日期{spell.starts_on}。"})
    spell.ends_on = on - ONE_DAY
    spell.save()


@transaction.atomic
def end(certificate: Certificate, status: str, *, on: date, note: str = "") -> Certificate:
    """The first day on which it counts no longer; ``status`` says why: 注销, 迁出, 已换新证."""
    row = _locked(certificate)
    _check_day(row, "on", on)
    if row.status == Status.FROZEN:
        _end_freeze(row, on)
    row.status, row.ended_on, row.end_note = status, on, note
    row.save()
    return row


@transaction.atomic
def move_out(certificate: Certificate, *, on: date, to: str = "", by) -> Certificate | None:
    """迁出 from the day on; gives the certificate that counts at the unit which has taken the holder over,
    where one has. The records of before stay with the unit that made them."""
    row = end(certificate, Status.MOVED, on=on, note=f"迁往{to}" if to else "")
    settle()
    with translating(), connection.cursor() as cursor:
        cursor.execute("SELECT disability_move_certificate(%s, %s)", [row.pk, on])
        [moved] = cursor.fetchone()
    if moved is None:
        return None
    for file in DisabilityFile.objects.kept().filter(
        resident=row.resident, unit=row.unit, closed_on__isnull=True, opened_on__lte=on
    ):
        file.closed_on = on
        file.save()
    settle()
    return Certificate(pk=moved)


@transaction.atomic
def write_next(
    resident, unit, *, category: str, level: str, on: date, by, old=None, lost=False
) -> Certificate:
    """The certificate handed out on the day; the present one ends with it."""
    number = next_number(resident, category, level, lost=lost)
    if old is not None:
        end(old, Status.REPLACED, on=on)
    new = Certificate(
        unit=unit,
        resident=resident,
        number=number,
        category=category,
        level=level,
        occurred_on=on,
        expires_on=ten_years_after(on),
        recorded_by=by,
    )
    new.derive()
    new.validate_constraints(exclude={"recorded_by", "deleted_by"})
    new.save()
    return new
