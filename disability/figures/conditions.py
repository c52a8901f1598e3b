"""指标 of complications, treatments, advice, carers and appointments (domain §7 S7), each with its 口径."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from disability.enums.conditions import (
    AdviceItem,
    AppointmentState,
    ComplicationKind,
    TherapyKind,
)
from disability.figures.base import flow, ratio, stock
from disability.models import (
    CarerTraining,
    Complication,
    DisabilityFile,
    NursingAdvice,
    TherapyAppointment,
    Treatment,
)
from portal.figures import Category, Distinct, Total, register

KIND = Category("并发症", "kind", dict(ComplicationKind.choices))
ITEM = Category("指导内容", "items", dict(AdviceItem.choices), array=True)
TOPIC = Category("学习内容", "topics", dict(AdviceItem.choices), array=True)
THERAPY = Category("治疗项目", "kind", dict(TherapyKind.choices))
S = AppointmentState


def of_the_file():
    """The complications of the person of a file, at the file's unit."""
    return Complication.objects.kept().filter(resident=OuterRef("resident"), unit=OuterRef("unit"))


def ill_on(day) -> Q:
    still = Q(resolved_on__isnull=True) | Q(resolved_on__gt=day)
    return Q(Exists(of_the_file().filter(still, found_on__lte=day)))


def ill_before(period) -> Q:
    return ill_on(period.start - timedelta(days=1))


def ill_at_end(period) -> Q:
    return ill_on(period.end)


def fell_ill(period) -> Q:
    return Q(Exists(of_the_file().filter(found_on__range=(period.start, period.end))))


def registered(code, label, definition, keywords, where):
    """A share of the registered of the last day, so that no rate is above 100 %."""
    return stock(
        code,
        label,
        "人",
        definition,
        keywords,
        model=DisabilityFile,
        where=where,
        value=Distinct("resident"),
        starts="opened_on",
        ends="closed_on",
    )


register(
    flow(
        "treatments",
        "康复治疗人次",
        "人次",
        "日期在期内的治疗记录条数。",
        ("治疗",),
        model=Treatment,
    ),
    flow(
        "treatment_persons",
        "接受康复治疗人数",
        "人",
        "期内有治疗记录的居民，一人多次只算一人。",
        ("接受治疗",),
        model=Treatment,
        value=Distinct("resident"),
    ),
    flow(
        "complications_found",
        "发现并发症",
        "例",
        "发现日期在期内的并发症记录条数。",
        ("并发症", "发现"),
        model=Complication,
        date="found_on",
        categories={"kind": KIND},
    ),
    flow(
        "complications_resolved",
        "消除并发症",
        "例",
        "消除日期在期内的并发症记录条数，不论何时发现。",
        ("消除", "治愈"),
        model=Complication,
        date="resolved_on",
        categories={"kind": KIND},
    ),
    stock(
        "complications_open",
        "未消除的并发症",
        "例",
        "期末那一天已发现、尚未消除的并发症。",
        ("尚有并发症", "未消除"),
        model=Complication,
        starts="found_on",
        ends="resolved_on",
        categories={"kind": KIND},
    ),
    registered(
        "complication_persons",
        "新发并发症人数",
        "期末在册残疾人中期内新发现并发症的人，去重。",
        ("新发并发症",),
        fell_ill,
    ),
    registered(
        "complication_persons_before",
        "期初有并发症人数",
        "期末在册残疾人中，期初前一天已有并发症、当时尚未消除的人，去重。",
        ("期初",),
        ill_before,
    ),
    registered(
        "complication_persons_after",
        "期末有并发症人数",
        "期末在册残疾人中，期末那一天仍有并发症未消除的人，去重。",
        ("期末",),
        ill_at_end,
    ),
    ratio(
        "complication_rate",
        "并发症发生率",
        "新发并发症人数 ÷ 期末在册残疾人。",
        ("发生率",),
        of="complication_persons",
        among="registered",
    ),
    ratio(
        "complication_rate_before",
        "期初并发症患病率",
        "期初有并发症人数 ÷ 期末在册残疾人。",
        ("患病率",),
        of="complication_persons_before",
        among="registered",
    ),
    ratio(
        "complication_rate_after",
        "期末并发症患病率",
        "期末有并发症人数 ÷ 期末在册残疾人。",
        ("患病率",),
        of="complication_persons_after",
        among="registered",
    ),
    flow(
        "nursing_advice",
        "护理指导人次",
        "人次",
        "日期在期内的护理指导记录条数。",
        ("护理指导",),
        model=NursingAdvice,
        categories={"items": ITEM},
    ),
    flow(
        "nursing_items",
        "护理指导内容",
        "条",
        "日期在期内的护理指导所勾选的指导内容条数之和。",
        ("指导内容",),
        model=NursingAdvice,
        value=Total("items__len"),
    ),
    flow(
        "nursing_persons",
        "接受护理指导人数",
        "人",
        "期内接受护理指导（本人或其照护人）的居民，一人多次只算一人。",
        ("接受护理指导",),
        model=NursingAdvice,
        value=Distinct("resident"),
    ),
    flow(
        "carers_trained",
        "指导照护人数",
        "人",
        "期内接受一对一指导的照护人，同一居民的同一照护人只算一人；集中培训另计。",
        ("照护人", "照护者", "护理员"),
        model=CarerTraining,
        value=Distinct("carer_key"),
    ),
    flow(
        "carer_trainings",
        "指导照护人次",
        "人次",
        "日期在期内的照护人指导记录条数；集中培训另计。",
        ("照护人", "照护者", "护理员"),
        model=CarerTraining,
        categories={"topics": TOPIC},
    ),
    flow(
        "appointments",
        "治疗预约",
        "人次",
        "预约日期在期内、没有取消的治疗预约条数。",
        ("预约",),
        model=TherapyAppointment,
        date="planned_on",
        where=~Q(state=S.CANCELLED),
        categories={"kind": THERAPY},
    ),
    flow(
        "appointments_kept",
        "按约到诊",
        "人次",
        "预约日期在期内、状态为已到的治疗预约条数。",
        ("到诊", "按约"),
        model=TherapyAppointment,
        date="planned_on",
        where=Q(state=S.KEPT),
        categories={"kind": THERAPY},
    ),
    flow(
        "appointments_missed",
        "预约未到",
        "人次",
        "预约日期在期内、状态为未到的治疗预约条数。",
        ("未到", "失约"),
        model=TherapyAppointment,
        date="planned_on",
        where=Q(state=S.MISSED),
        categories={"kind": THERAPY},
    ),
    flow(
        "appointments_settled",
        "已有结果的预约",
        "人次",
        "预约日期在期内、状态为已到或未到的治疗预约条数。",
        model=TherapyAppointment,
        date="planned_on",
        where=Q(state__in=[S.KEPT, S.MISSED]),
        categories={"kind": THERAPY},
    ),
    ratio(
        "appointment_attendance",
        "预约到诊率",
        "按约到诊 ÷ 已有结果的预约（到诊与未到之和）。",
        ("到诊率",),
        of="appointments_kept",
        among="appointments_settled",
    ),
)
