"""指标 of what happens in programmes day by day: attendance, sessions, medication, families."""

from django.db.models import Q

from disability.enums.programmes import (
    AttendanceMark,
    ContactMode,
    DoseResult,
    DoseTime,
    SessionKind,
)
from disability.figures.base import flow, ratio
from disability.figures.programmes import kinds, of
from disability.models import Attendance, FamilyContact, MedicationLog, ProgrammeSession
from portal.figures import Distinct, Total, register

BY_KIND = kinds("enrolment__programme")
DOSES = {"time": of(DoseTime, "服药时段", "time")} | BY_KIND

register(
    flow(
        "attendance_days",
        "项目出勤人次",
        "人次",
        "日期在期内、点名为“出勤”的出勤记录条数，一人一天一次。",
        ("出勤",),
        model=Attendance,
        where=Q(mark=AttendanceMark.PRESENT),
        categories=BY_KIND,
    ),
    flow(
        "attendance_expected",
        "项目应到人次",
        "人次",
        "日期在期内的出勤记录条数，出勤、请假、缺勤都算，一人一天一次；没有点名的日子不算。",
        ("应到",),
        model=Attendance,
        categories=BY_KIND | {"mark": of(AttendanceMark, "出勤情况", "mark")},
    ),
    ratio(
        "attendance_rate",
        "项目出勤率",
        "项目出勤人次 ÷ 项目应到人次；请假和缺勤都在分母中。",
        ("出勤率",),
        of="attendance_days",
        among="attendance_expected",
        categories=BY_KIND,
    ),
    flow(
        "sessions_held",
        "项目活动次数",
        "次",
        "日期在期内的项目活动（课程和户外、文体等活动）次数。",
        ("活动课", "课程"),
        model=ProgrammeSession,
        categories=kinds() | {"session": of(SessionKind, "活动类型")},
    ),
    flow(
        "session_participants",
        "项目活动参加人次",
        "人次",
        "日期在期内的项目活动所登记的参加人数之和；没有填写人数的不计。",
        ("参加人次",),
        model=ProgrammeSession,
        value=Total("people"),
        categories=kinds() | {"session": of(SessionKind, "活动类型")},
    ),
    flow(
        "medication_due",
        "应服药次数",
        "次",
        "日期在期内的服药记录条数，已服、漏服、拒服都算，一人一个时段一次。",
        ("应服药",),
        model=MedicationLog,
        categories=DOSES | {"result": of(DoseResult, "服药情况", "result")},
    ),
    flow(
        "medication_taken",
        "已服药次数",
        "次",
        "日期在期内、结果为“已服”的服药记录条数。",
        ("服药",),
        model=MedicationLog,
        where=Q(result=DoseResult.TAKEN),
        categories=DOSES,
    ),
    ratio(
        "medication_rate",
        "服药依从率",
        "已服药次数 ÷ 应服药次数。",
        ("依从率", "服药率"),
        of="medication_taken",
        among="medication_due",
        categories=DOSES,
    ),
    flow(
        "family_contacts",
        "项目家属联系",
        "次",
        "日期在期内、项目工作人员与入托人员家属联系的记录条数；不含走访。",
        ("家属联系", "联系家属"),
        model=FamilyContact,
        categories=BY_KIND | {"mode": of(ContactMode, "方式", "mode")},
    ),
    flow(
        "family_contacted",
        "联系家属的入托人员",
        "人",
        "期内与其家属有过联系的入托人员，一人多次只算一人。",
        model=FamilyContact,
        value=Distinct("enrolment__resident"),
        categories=BY_KIND,
    ),
)
