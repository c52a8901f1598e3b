"""Somebody becomes a volunteer, and ceases to be one. Nobody is volunteered: their own act comes first."""

import re
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from portal.ledgers.services import recycle
from portal.models import keep_serial, next_serial
from portal.scope import access_of
from residents.models.outside import DERIVED
from volunteers.models import ServiceRecord, Volunteer
from volunteers.models.volunteers import OF_AGE, YOUNGEST
from volunteers.selectors.shifts import VOID, standing
from volunteers.services.shifts import hold_ahead, withdraw
from volunteers.workflow import EDIT

SERIES = "volunteer"
TOO_YOUNG = f"未满 {YOUNGEST} 周岁，不能登记为志愿者。"
OTHER_PERSON = "已有服务记录，不能换成另一个人；换了人的请另行登记。"
MINOR = f"未满 {OF_AGE} 周岁，须经监护人同意，请填写"
GUARDIAN = {
    "guardian_name": "监护人姓名",
    "guardian_phone": "监护人电话",
    "guardian_agreed_on": "监护人同意日期",
}


def too_young(born_on: date | None, joined_on: date) -> str:
    """What is said of somebody who may not join yet, with the age; "" of everybody else."""
    age = Volunteer(born_on=born_on).age_on(joined_on)
    return f"加入当天 {age} 周岁，{TOO_YOUNG}" if age is not None and age < YOUNGEST else ""


def faults(volunteer: Volunteer, *, whole: bool = True) -> dict[str, str]:
    """What forbids that somebody joins, by field. A register brought in, which is not ``whole``, may
    lack the evidence and the guardian's consent: these are then asked for by the worklist."""
    found = {}
    day, age = volunteer.joined_on, volunteer.age_on(volunteer.joined_on)
    born = "resident" if volunteer.resident_id else "born_on"
    if day > timezone.localdate():
        found["joined_on"] = "加入日期不能晚于今天。"
    if message := too_young(volunteer.birth, day):
        found[born] = message
    if not whole:
        return found
    if age is None:
        found.setdefault(born, "请先登记出生日期：要核对是否满 14 周岁、是否成年。")
    if not volunteer.evidence:
        found["evidence"] = "请写明本人申请或同意的凭据；志愿服务须出于本人自愿。"
    if age is not None and YOUNGEST <= age < OF_AGE:
        missing = {name: label for name, label in GUARDIAN.items() if not getattr(volunteer, name)}
        found |= {name: f"{MINOR}{label}。" for name, label in missing.items()}
    return found


def twin_of(volunteer: Volunteer) -> Volunteer | None:
    """Another record of the unit by which the same person is a volunteer now."""
    rows = Volunteer.objects.kept().filter(unit=volunteer.unit_id, left_on=None)
    if volunteer.resident_id:
        rows = rows.filter(resident=volunteer.resident_id)
    elif volunteer.number:
        volunteer.derive()
        rows = rows.filter(number_hash=volunteer.number_hash)
    else:
        return None
    return rows.exclude(pk=volunteer.pk).first()


@transaction.atomic
def enrol(volunteer: Volunteer, *, by, whole: bool = True) -> Volunteer:
    """Store a new volunteer. A number that they bring along is kept; else the unit's next one is given.

    Raises ValidationError by field for who may not join or did so already, Denied without the right.
    """
    if by is not None:
        access_of(by).check(EDIT, volunteer.unit_id)
        volunteer.recorded_by = by
    found = faults(volunteer, whole=whole)
    if volunteer.left_on is None and (twin := twin_of(volunteer)):
        field = "resident" if volunteer.resident_id else "number"
        found[field] = f"已是志愿者，编号 {twin.serial_number}。"
    if found:
        raise ValidationError(found)
    number_of(volunteer)
    volunteer.derive()
    volunteer.clean_fields(exclude={"recorded_by", "deleted_by", *DERIVED})
    volunteer.validate_constraints()
    volunteer.save()
    return volunteer


def repointed(volunteer: Volunteer) -> dict[str, str]:
    """By field, why a stored volunteer may not become another person: their service is of who they were.

    Somebody from outside may become the resident who has their ID, and an ID may be added.
    """
    before = Volunteer.objects.select_related("resident").get(pk=volunteer.pk)
    if not ServiceRecord.objects.kept().filter(volunteer=before).exists():
        return {}
    if before.resident_id:
        fits, field = volunteer.resident_id == before.resident_id, "resident"
    elif volunteer.resident_id:
        fits, field = _is_resident(before, volunteer.resident), "resident"
    else:
        fits, field = not before.number or volunteer.number == before.number, "number"
    return {} if fits else {field: OTHER_PERSON}


def _is_resident(outsider: Volunteer, resident) -> bool:
    """By the ID, as the register has it or a record merged into it had; without one by name and birth."""
    if outsider.number_hash:
        merged = resident.absorbed.filter(id_hash=outsider.number_hash)
        return resident.id_hash == outsider.number_hash or merged.exists()
    born = outsider.born_on
    return outsider.name == resident.name and (born is None or born == resident.born_on)


def number_of(volunteer: Volunteer) -> None:
    """Give the number; one of the unit's own shape is not given a second time."""
    code = volunteer.unit.code
    if not volunteer.serial_number:
        volunteer.serial_number = f"{code}-{next_serial(volunteer.unit, SERIES):05d}"
    elif own := re.fullmatch(rf"{re.escape(code)}-(\d{{5}})", volunteer.serial_number):
        keep_serial(volunteer.unit, SERIES, int(own[1]))


def check_leaving(volunteer: Volunteer, day: date) -> None:
    """Raise ValidationError where there is service on the day or after it: it was a volunteer's."""
    served = ServiceRecord.objects.kept().filter(volunteer=volunteer).exclude(state__in=VOID)
    last = served.aggregate(last=Max("occurred_on"))["last"]
    if last and day <= last:
        raise ValidationError({"left_on": f"{last}有服务记录，退出日期应晚于这一天。"})


@transaction.atomic
def leave(volunteer: Volunteer, day: date, reason: str, *, by=None) -> Volunteer:
    """From the day on they are no volunteer; memberships end on the day before, later ones are undone.

    Raises ValidationError by field, StaleRecord when somebody changed the record meanwhile.
    """
    if by is not None:
        access_of(by).check(EDIT, volunteer.unit_id)
    if volunteer.left_on:
        raise ValidationError(f"已于 {volunteer.left_on} 退出。")
    if day > timezone.localdate():
        raise ValidationError({"left_on": "退出日期不能晚于今天。"})
    if day < volunteer.joined_on:
        raise ValidationError({"left_on": "退出日期不能早于加入日期。"})
    hold_ahead(volunteer)
    check_leaving(volunteer, day)
    volunteer.left_on, volunteer.leaving_reason = day, reason
    volunteer.save(update_fields=["left_on", "leaving_reason"])
    left(volunteer, by=by)
    return volunteer


@transaction.atomic
def renew_link(volunteer: Volunteer, *, by) -> Volunteer:
    """Make the personal link void, with every phone that remembers it: the card was lost. The next card
    carries the new one. Raises Denied, StaleRecord."""
    access_of(by).check(EDIT, volunteer.unit_id)
    volunteer.link_serial += 1
    volunteer.save(update_fields=["link_serial"])
    return volunteer


def left(volunteer: Volunteer, *, by) -> None:
    """End what somebody who left still belongs to; what would begin later goes to the recycle bin, and
    their places in shifts that lie ahead go to those who wait. Who stores ``left_on`` calls
    ``hold_ahead`` before."""
    day = volunteer.left_on
    ahead = standing().filter(volunteer=volunteer, shift__starts_at__gt=timezone.now())
    for sign_up in ahead.select_related("shift").order_by("shift"):
        if timezone.localdate(sign_up.shift.starts_at) >= day:
            withdraw(sign_up, by=by)
    for membership in volunteer.memberships.kept():
        if membership.starts_on >= day:
            recycle(membership, version=membership.version, by=by)
        elif membership.ends_on is None or membership.ends_on >= day:
            membership.ends_on = day - timedelta(days=1)
            membership.save(update_fields=["ends_on"])
