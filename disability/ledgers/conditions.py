"""The ledgers of complications, treatments, nursing advice, carers and therapy appointments."""

from django.core.exceptions import ValidationError
from django.db.models import Q

from disability.enums.conditions import APPOINTMENT, AppointmentState, ComplicationKind
from disability.forms.conditions import CarerTrainingForm, ConditionForm, SpellForm
from disability.ledgers.columns import part_of, provider_column, sentence
from disability.models import (
    CarerTraining,
    Complication,
    NursingAdvice,
    TherapyAppointment,
    Treatment,
)
from portal import masks
from portal.days import parse_date
from portal.ledgers import MORE, Action, Column, Sheet, column, register
from portal.scope import access_of
from residents.ledgers.about import AboutResident, person_columns, unit_column

REHABILITATION = "康复服务"


@register
class ComplicationLedger(AboutResident):
    slug, title, icon, section = "complications", "并发症", "alert-circle", REHABILITATION
    quick = False
    model = Complication
    description = "便秘、压疮、泌尿系感染等，发现时登记，消除后填消除日期。"
    date, order = "found_on", ("-found_on", "-pk")
    columns = (
        *person_columns(Complication),
        "kind",
        column(Complication, "name", sort="", listed=False),
        "gravity",
        "found_on",
        "resolved_on",
        sentence(Complication, "handling", 30),
        column(Complication, "finder", sort="", listed=False),
        unit_column(Complication),
    )
    form_class = SpellForm
    form_layout = (
        ("resident", "found_on"),
        ("kind", "gravity", "finder"),
        "handling",
        ("resolved_on", "name"),
    )
    form_folds = {"resolved_on": MORE}
    today, own_name = "found_on", "finder"
    filters = ("kind", "gravity")
    search_hint = "姓名、证件或电话，也可加并发症名称和发现日期"
    identity = ("resident", "kind", "name", "found_on")
    related = (("treatments", "complication"),)
    footer = (
        "disability.complications_found",
        "disability.complications_resolved",
        "disability.complications_open",
    )

    def as_of(self, rows, day):
        return rows.filter(Q(resolved_on__isnull=True) | Q(resolved_on__gt=day), found_on__lte=day)

    def found(self, rows, text):
        """By person, by kind and by day, in one line: 黄文发 便秘 2025-03-10."""
        for word in text.split():
            kinds = [value for value, label in ComplicationKind.choices if word == label]
            if kinds:
                rows = rows.filter(kind__in=kinds)
            elif day := day_in(word):
                rows = rows.filter(found_on=day)
            else:
                rows = super().found(rows, word) | rows.filter(name=word)
        return rows

    def actions(self, record, user):
        if not access_of(user).may(self.edit_permission, record.unit_id):
            return []
        known = f"?resident={record.resident_id}&complication={record.pk}"
        return [Action("登记治疗", part_of("treatments", known))]


def day_in(word: str):
    try:
        return parse_date(word)
    except (ValueError, ValidationError):
        return None


@register
class TreatmentLedger(AboutResident):
    slug, title, icon, section = "treatments", "治疗", "stethoscope", REHABILITATION
    quick = False
    model = Treatment
    description = "业务骨干对并发症和其他不适的治疗；主诉加密保存。"
    select_related = ("resident", "complication__resident", "provider")
    columns = (
        "occurred_on",
        *person_columns(Treatment),
        Column("针对的并发症", lambda t: t.complication, field="complication", width=26),
        sentence(Treatment, "method", 30),
        sentence(Treatment, "result", 20),
        column(Treatment, "staff", sort=""),
        provider_column(Treatment),
        column(Treatment, "minutes", label="时长（分钟）", listed=False),
        Column("主诉", lambda t: "", field="complaint", shown=False),
        column(Treatment, "highlight", sort="", width=10, listed=False),
        unit_column(Treatment),
    )
    form_class = ConditionForm
    form_layout = (
        ("resident", "occurred_on"),
        ("complication", "staff"),
        *("method", "result"),
        ("provider", "minutes"),
        *("complaint", "highlight"),
    )
    form_folds = {"provider": MORE}
    kept_for_next = ("occurred_on",)
    today, own_name = "occurred_on", "staff"
    identity = ("resident", "occurred_on", "method")
    unmaskable = ("complaint",)
    footer = ("disability.treatments", "disability.treatment_persons")


@register
class NursingAdviceLedger(AboutResident):
    slug, title, icon, section = "nursing-advice", "护理指导", "clipboard-check", REHABILITATION
    quick = False
    model = NursingAdvice
    description = "饮食、排泄、翻身、按摩等护理要点，逐项勾选讲了什么、讲给谁。"
    select_related = ("resident", "provider")
    columns = (
        "occurred_on",
        *person_columns(NursingAdvice),
        column(NursingAdvice, "items", width=30),
        column(NursingAdvice, "advised", width=14),
        column(NursingAdvice, "adviser", sort=""),
        provider_column(NursingAdvice),
        sentence(NursingAdvice, "note", 24, listed=False),
        unit_column(NursingAdvice),
    )
    form_class = ConditionForm
    form_layout = (
        ("resident", "occurred_on"),
        "items",
        ("advised", "adviser"),
        "note",
        "provider",
    )
    form_folds = {"note": MORE}
    sheet = Sheet(
        "护理指导登记表",
        common=("occurred_on", "adviser", "provider", "items", "advised"),
        each={"resident": 14, "note": 50},
        margin=("本人（家属）签名",),
    )
    kept_for_next = ("occurred_on",)
    today, own_name = "occurred_on", "adviser"
    filters = ("items", "advised")
    identity = ("resident", "occurred_on", "items")
    footer = (
        "disability.nursing_advice",
        "disability.nursing_items",
        "disability.nursing_persons",
    )


@register
class CarerTrainingLedger(AboutResident):
    slug, title, icon, section = "carer-trainings", "照护人指导", "users", REHABILITATION
    quick = False
    model = CarerTraining
    description = "在床边、在家里一对一教会照护人；集中办班的登记在“残疾人培训”。"
    select_related = ("resident", "provider")
    columns = (
        "occurred_on",
        *person_columns(CarerTraining),
        column(CarerTraining, "carer"),
        column(CarerTraining, "relation", sort=""),
        column(CarerTraining, "topics", width=28),
        column(CarerTraining, "trainer", sort=""),
        column(CarerTraining, "minutes", label="时长（分钟）", listed=False),
        "mastered",
        Column("照护人电话", lambda t: masks.mask_phone(t.phone), field="phone", shown=False),
        provider_column(CarerTraining),
        unit_column(CarerTraining),
    )
    form_class = CarerTrainingForm
    form_layout = (
        ("resident", "occurred_on"),
        ("carer", "relation"),
        "topics",
        ("trainer", "mastered"),
        ("phone", "minutes", "provider"),
    )
    form_folds = {"phone": MORE}
    today, own_name = "occurred_on", "trainer"
    kept_for_next = ("occurred_on",)
    filters = ("topics", "mastered")
    search = ("resident__name", "carer")
    identity = ("resident", "carer", "occurred_on")
    unmaskable = ("phone",)
    footer = ("disability.carers_trained", "disability.carer_trainings")


@register
class TherapyAppointmentLedger(AboutResident):
    slug, title, icon, section = "therapy-appointments", "治疗预约", "calendar", REHABILITATION
    quick = False
    model = TherapyAppointment
    description = "约好的物理治疗、作业治疗等，来了没有；来了做了什么登记在康复服务。"
    date, order = "planned_on", ("-planned_on", "-planned_at", "-pk")
    select_related = ("resident", "provider")
    columns = (
        "planned_on",
        column(TherapyAppointment, "planned_at", width=8),
        *person_columns(TherapyAppointment),
        "kind",
        "state",
        column(TherapyAppointment, "therapist", sort=""),
        provider_column(TherapyAppointment),
        sentence(TherapyAppointment, "note", 20),
        unit_column(TherapyAppointment),
    )
    form_class = SpellForm
    form_layout = (
        ("resident", "kind"),
        ("planned_on", "planned_at"),
        ("provider", "therapist"),
        ("state", "note"),
    )
    form_folds = {"state": MORE}
    preset = {"state": "planned"}
    workflow = APPOINTMENT
    sheet = Sheet(
        "治疗预约登记表",
        common=("planned_on", "kind", "provider", "therapist", "state"),
        each={"resident": 14, "planned_at": 10, "note": 30},
        margin=("到诊签名",),
    )
    kept_for_next = ("planned_on", "kind")
    filters = ("kind", "state")
    identity = ("resident", "planned_on", "planned_at", "kind")
    footer = (
        "disability.appointments",
        "disability.appointments_kept",
        "disability.appointments_missed",
        "disability.appointment_attendance",
    )

    def actions(self, record, user):
        """After who came, what was done: that is a service of its own."""
        found = list(super().actions(record, user))
        may = access_of(user).may(self.edit_permission, record.unit_id)
        if may and record.state == AppointmentState.KEPT:
            known = f"?resident={record.resident_id}&occurred_on={record.planned_on}"
            found.append(Action("登记康复服务", part_of("rehab-services", known)))
        return found
