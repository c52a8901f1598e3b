"""Posts, diaries, consultations and problem items."""

from datetime import date

from residents.enums import ConsultationTopic, ProblemKind
from residents.models import Consultation, Diary, DiaryContact, JobInfo, JobPush, Problem

DAY = date(2025, 3, 10)
RESIDENTS = ["residents"]


def job_info(unit, occurred_on=DAY, **fields) -> JobInfo:
    fields = {"employer": "春华物业公司", "post": "保洁员", "domains": RESIDENTS} | fields
    return JobInfo.objects.create(unit=unit, occurred_on=occurred_on, **fields)


def job_push(info, person, occurred_on=DAY, **fields) -> JobPush:
    return JobPush.objects.create(
        unit=info.unit, info=info, resident=person, occurred_on=occurred_on, **fields
    )


def diary(unit, *people, occurred_on=DAY, **fields) -> Diary:
    fields = {"author": "李梅", "heard": "楼道灯不亮。", "domains": RESIDENTS} | fields
    page = Diary.objects.create(unit=unit, occurred_on=occurred_on, **fields)
    for person in people:
        DiaryContact.objects.create(unit=unit, diary=page, resident=person, occurred_on=occurred_on)
    return page


def consultation(person, occurred_on=DAY, **fields) -> Consultation:
    fields = {"topic": ConsultationTopic.BLOOD_PRESSURE, "domains": RESIDENTS} | fields
    return Consultation.objects.create(
        unit=person.unit, resident=person, occurred_on=occurred_on, **fields
    )


def problem(unit, occurred_on=DAY, **fields) -> Problem:
    fields = {
        "title": "楼道灯不亮",
        "kind": ProblemKind.FACILITIES,
        "domains": RESIDENTS,
    } | fields
    return Problem.objects.create(unit=unit, occurred_on=occurred_on, **fields)
