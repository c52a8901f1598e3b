"""志愿服务记录证明: which records of service count, what the paper says, and the code by which it is found."""

import json
from collections import Counter
from datetime import date

from django.db.models import Exists, F, IntegerField, OuterRef, Q, TextField
from django.db.models.expressions import Func
from django.db.models.functions import Cast

from portal.codes import code_from
from portal.crypto import keyed_hash
from volunteers.enums.certificates import CertificateState
from volunteers.enums.help import Satisfaction
from volunteers.enums.hours import HoursState
from volunteers.enums.volunteers import EvaluationSource
from volunteers.models import ServiceCertificate, ServiceRecord

# On their way to being counted: said where nothing is counted yet.
UNDER_WAY = (
    HoursState.OPEN,
    HoursState.RECORDED,
    HoursState.CONFIRMED,
    HoursState.POSTED,
)


def services_in(volunteer, unit, starts_on: date, ends_on: date):
    """The volunteer's records that this unit kept of those days: who keeps the record certifies it."""
    return ServiceRecord.objects.kept().filter(
        volunteer=volunteer, unit=unit, occurred_on__gte=starts_on, occurred_on__lte=ends_on
    )


def counted_services(volunteer, unit, starts_on: date, ends_on: date) -> list[ServiceRecord]:
    """Those that a certificate stands on, the earliest first."""
    rows = services_in(volunteer, unit, starts_on, ends_on).filter(state=HoursState.COUNTED)
    related = ("activity__type", "trainee_log__trainee")
    return list(rows.select_related(*related).order_by("occurred_on", "came_at", "pk"))


def why_none(volunteer, unit, starts_on: date, ends_on: date) -> str:
    """The reason, in words, where no record of those days is counted."""
    rows = services_in(volunteer, unit, starts_on, ends_on).filter(state__in=UNDER_WAY)
    waiting = rows.count()
    if waiting:
        return f"这段时间还没有已计入的服务记录（{waiting} 条还在确认或公示），计入后才能出具证明。"
    return "这段时间没有已计入的服务记录，不能出具证明。"


# --- what the paper says ----------------------------------------------------------------------
def content_of(certificate, services, *, issued_on: date) -> dict:
    """Every field of the paper, as JSON holds it (domain §3.2). Complaints are kept in the volunteer's
    record and not told here: they speak of third persons and are not decided."""
    volunteer, unit = certificate.volunteer, certificate.unit
    identified = volunteer.resident or volunteer
    number = identified.id_number if volunteer.resident else identified.number
    return {
        "number": certificate.label,
        "issued_on": issued_on.isoformat(),
        "purpose": certificate.purpose,
        "note": certificate.note,
        "name": volunteer.called,
        "id_kind": identified.get_id_kind_display() if number else "",
        "id_number": number,
        "serial_number": volunteer.serial_number,
        "starts_on": certificate.starts_on.isoformat(),
        "ends_on": certificate.ends_on.isoformat(),
        "services": _by_activity(services, unit),
        "minutes": sum(record.minutes for record in services),
        "trainings": _trainings(certificate),
        "awards": _awards(certificate),
        "evaluations": _evaluations(certificate),
        "issuer": unit.name_on(issued_on),
        "manager": certificate.manager,
        "clerk": certificate.clerk,
        "phone": certificate.phone,
    }


def _by_activity(services, unit) -> list[dict]:
    """One line for each activity; those of one name, place and purpose are one line with all their days."""
    lines: dict[tuple, dict] = {}
    for record in services:
        name, kind, place, serves, usual = _about(record, unit)
        line = lines.setdefault(
            (name, kind, place, serves),
            {
                "name": name,
                "kind": kind,
                "place": place,
                "serves": serves,
                "what": [],
                "days": [],
                "minutes": 0,
            },
        )
        line["days"].append(record.occurred_on.isoformat())
        line["minutes"] += record.minutes
        what = (record.what or usual).strip()
        if what and what not in line["what"]:
            line["what"].append(what)
    return list(lines.values())


def _about(record, unit) -> tuple[str, str, str, str, str]:
    """Name, kind, place, whom it served and the usual words on what was done."""
    if record.activity is None:
        log = record.trainee_log
        placement = log.trainee
        kind = placement.get_kind_display()
        name = f"{kind}（{placement.post}）" if placement.post else kind
        return name, kind, unit.name, "", log.what or log.get_task_display()
    activity = record.activity
    return (
        activity.title,
        activity.type.name,
        activity.place,
        activity.serves,
        activity.content or activity.type.name,
    )


def _within(rows, certificate):
    days = {"occurred_on__gte": certificate.starts_on, "occurred_on__lte": certificate.ends_on}
    return rows.filter(deleted_at__isnull=True, **days).order_by("occurred_on", "pk")


def _trainings(certificate) -> list[dict]:
    return [
        {
            "day": row.occurred_on.isoformat(),
            "title": row.title,
            "organiser": row.organiser,
            "place": row.place,
            "hours": row.hours,
        }
        for row in _within(certificate.volunteer.trainings, certificate)
    ]


def _awards(certificate) -> list[dict]:
    found = [
        {"day": row.occurred_on.isoformat(), "name": row.name, "grantor": row.grantor}
        for row in _within(certificate.volunteer.awards, certificate)
    ]
    stars = _within(certificate.volunteer.stars, certificate).filter(revoked_on__isnull=True)
    found += [
        {
            "day": star.occurred_on.isoformat(),
            "name": f"{star.get_level_display()}志愿者",
            "grantor": star.unit.name_on(star.occurred_on),
        }
        for star in stars.select_related("unit")
    ]
    return sorted(found, key=lambda award: award["day"])


def _evaluations(certificate) -> list[str]:
    """In words, by who said it: how often which level."""
    rows = _within(certificate.volunteer.evaluations, certificate).exclude(
        source=EvaluationSource.COMPLAINT
    )
    by_source: dict[str, Counter] = {}
    for row in rows:
        by_source.setdefault(row.source, Counter())[row.level] += 1
    told = []
    for source in EvaluationSource.values:
        if levels := by_source.get(source):
            said = [
                f"{Satisfaction(level).label} {times} 次"
                for level, times in sorted(levels.items(), key=lambda item: -(item[0] or 0))
                if level
            ]
            whole = f"{EvaluationSource(source).label} {levels.total()} 次"
            told.append(f"{whole}（{'、'.join(said)}）" if said else whole)
    return told


def frozen(content: dict) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


# --- the code -----------------------------------------------------------------------------------
def code_of(certificate) -> str:
    """The verification code on the paper, by key: nothing is stored, a paper can be printed again."""
    return code_from(keyed_hash(str(certificate.pk), "service certificate"))


def hash_of_code(code: str) -> str:
    """By what the certificate of a code is found."""
    return keyed_hash(code.strip().upper(), "service certificate code")


# --- certificates that no longer hold -------------------------------------------------------------
def to_look_at_again(rows):
    """Of these certificates, those in force that stand on a record which since was revoked, deleted or
    cut: they say more than is true."""
    key = Cast("pk", TextField())
    minutes = Func(
        OuterRef("certified"), key, function="jsonb_extract_path_text", output_field=TextField()
    )
    records = (
        ServiceRecord.objects.filter(volunteer=OuterRef("volunteer"))
        .annotate(certified=Cast(minutes, IntegerField()))
        .filter(certified__isnull=False)
    )
    fallen = records.filter(
        ~Q(state=HoursState.COUNTED)
        | Q(deleted_at__isnull=False)
        | Q(minutes__isnull=True)
        | Q(minutes__lt=F("certified"))
    )
    return rows.filter(Exists(fallen), state=CertificateState.ISSUED, deleted_at__isnull=True)


def no_longer_true(certificate) -> bool:
    return to_look_at_again(ServiceCertificate.objects.filter(pk=certificate.pk)).exists()
