"""Programmes in facilities and what belongs to them."""

from datetime import date, time

from disability.enums.programmes import GroupActivity, IncidentKind, ProgrammeKind, SessionKind
from disability.models import (
    Attendance,
    Enrolment,
    FamilyContact,
    GroupMembership,
    Incident,
    InterestGroup,
    MedicationLog,
    Placement,
    Programme,
    ProgrammeClosure,
    ProgrammeSession,
    TimetableSlot,
)

SINCE, DAY = date(2024, 1, 1), date(2025, 3, 10)  # a Monday


def programme(unit, **fields) -> Programme:
    usual = {
        "name": "阳光之家",
        "kind": ProgrammeKind.SUNSHINE,
        "starts_on": SINCE,
        "youngest": 16,
        "oldest": 35,
    }
    return Programme.objects.create(unit=unit, **usual | fields)


def enrolment(of, person, **fields) -> Enrolment:
    usual = {"starts_on": SINCE, "unit": of.unit}
    return Enrolment.objects.create(programme=of, resident=person, **usual | fields)


def closure(of, **fields) -> ProgrammeClosure:
    usual = {"starts_on": DAY, "ends_on": DAY, "reason": "场地维修", "unit": of.unit}
    return ProgrammeClosure.objects.create(programme=of, **usual | fields)


def interest_group(of, name="腰鼓队", **fields) -> InterestGroup:
    usual = {"kind": GroupActivity.PERCUSSION, "starts_on": SINCE, "unit": of.unit}
    return InterestGroup.objects.create(programme=of, name=name, **usual | fields)


def group_membership(group, enrolled, **fields) -> GroupMembership:
    usual = {"starts_on": SINCE, "unit": group.unit}
    return GroupMembership.objects.create(group=group, enrolment=enrolled, **usual | fields)


def attendance(enrolled, occurred_on=DAY, mark="P") -> Attendance:
    return Attendance.objects.create(
        unit=enrolled.unit, enrolment=enrolled, occurred_on=occurred_on, mark=mark
    )


def timetable_slot(of, **fields) -> TimetableSlot:
    usual = {
        "weekday": "1",
        "begins": time(9),
        "ends": time(10, 30),
        "topic": "腰鼓练习",
        "kind": SessionKind.CULTURE,
        "starts_on": SINCE,
        "unit": of.unit,
    }
    return TimetableSlot.objects.create(programme=of, **usual | fields)


def programme_session(of, **fields) -> ProgrammeSession:
    usual = {
        "occurred_on": DAY,
        "title": "户外运动",
        "kind": SessionKind.OUTDOOR,
        "unit": of.unit,
    }
    return ProgrammeSession.objects.create(programme=of, **usual | fields)


def medication_log(enrolled, **fields) -> MedicationLog:
    usual = {"occurred_on": DAY, "time": "1", "unit": enrolled.unit}
    return MedicationLog.objects.create(enrolment=enrolled, **usual | fields)


def family_contact(enrolled, **fields) -> FamilyContact:
    usual = {"occurred_on": DAY, "relative": "母亲", "unit": enrolled.unit}
    return FamilyContact.objects.create(enrolment=enrolled, **usual | fields)


def incident(of, **fields) -> Incident:
    usual = {"occurred_on": DAY, "kind": IncidentKind.FALL, "unit": of.unit}
    return Incident.objects.create(programme=of, **usual | fields)


def placement(person, **fields) -> Placement:
    usual = {"starts_on": DAY, "institution": "金色晚年养护院", "unit": person.unit}
    return Placement.objects.create(resident=person, **usual | fields)


def one_of_each(person, **of_programme) -> dict:
    """A row of every ledger of these by its slug; the person left once, and came back."""
    ages = {"kind": ProgrammeKind.HOME, "youngest": 16, "oldest": 60}
    home = programme(person.unit, **{"name": "温馨家园"} | ages | of_programme)
    left, back = date(2024, 6, 30), date(2024, 9, 1)
    before = enrolment(home, person, ends_on=left, end_reason="health")
    enrolled = enrolment(home, person, starts_on=back, dose_times=["1", "2"])
    drums = interest_group(home)
    group_membership(drums, before, ends_on=left)
    attendance(before, date(2024, 5, 6), "A")
    medication_log(before, occurred_on=date(2024, 5, 6))
    family_contact(before, occurred_on=date(2024, 5, 6), content="询问病情")
    slot = timetable_slot(home, group=drums)
    programme_session(home, title="腰鼓练习", group=drums, slot=slot, minutes=90, people=8)
    incident(home, kind=IncidentKind.FIRE, closed_on=DAY, highlight=True)
    return {
        "programmes": home,
        "programme-closures": closure(home),
        "enrolments": enrolled,
        "interest-groups": drums,
        "group-memberships": group_membership(drums, enrolled, starts_on=back),
        "attendance": attendance(enrolled),
        "timetable": slot,
        "programme-sessions": programme_session(home, people=12),
        "medication": medication_log(enrolled, result="missed", given_by="李梅"),
        "family-contacts": family_contact(enrolled, staff="李梅"),
        "incidents": incident(home, resident=person, content="在走廊滑倒", family_told=True),
        "placements": placement(person, monthly_fee="1800.50", funding="本人自付"),
    }
