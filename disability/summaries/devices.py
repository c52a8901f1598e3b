"""What outlines A, B and F tell of assistive devices (domain §7 S7-8 … S7-10)."""

from disability.models import DeviceCase, DeviceTraining
from disability.summaries.conditions import told
from disability.summaries.outlines import CENTRE, COMMUNITY, STREET
from disability.summaries.telling import clauses
from portal.happenings import WHO, events, marked
from portal.summaries import Narrative, Telling, register
from portal.telling import clause

NEEDS = (
    (
        "登记辅助器具需求{disability.device_needs}，已满足{disability.device_needs_met}，适配率"
        "{disability.device_fit_rate}",
        "device_needs",
    ),
    (
        "为{disability.device_persons}适配和借出辅助器具{disability.device_fitted}",
        "device_fitted",
    ),
    ("期末在借{disability.devices_on_loan}", "devices_on_loan"),
)
USE = (
    "指导使用辅助器具{disability.device_trainings}，涉及{disability.device_training_persons}，其中"
    "{disability.device_mastered_persons}已经掌握。"
)


def stories(telling: Telling):
    """Those marked 写入总结; names stay out."""

    def words(row):
        verb = "借出" if row.due_back_on else "适配"
        why = f"，{clause(row.reason)}" if row.reason else ""
        return f"{WHO}为1名残疾人{verb}{row.kind.name}{why}"

    rows = marked(DeviceCase.objects.all(), telling, "issued_on").select_related("kind")
    return events(telling, rows, words, "issued_on")


def trainings(telling: Telling):
    """How devices are used, of those marked; names stay out."""

    def words(row):
        mastered = "，已掌握使用方法" if row.mastered else ""
        return f"{WHO}指导1名残疾人使用{row.kind.name}{mastered}"

    rows = marked(DeviceTraining.objects.all(), telling).select_related("kind")
    return events(telling, rows, words)


def group(order, who, code, device, aim):
    """What one group of people was given and taught."""
    tokens = f"disability.{code}"
    return clauses(
        CENTRE,
        "services",
        order,
        (f"对{who}，适配{device}{{{tokens}_fitted}}", f"{code}_fitted"),
        (
            f"{aim}{{{tokens}_trainings}}，涉及{{{tokens}_training_persons}}",
            f"{code}_trainings",
        ),
    )


register(
    clauses(COMMUNITY, "rehabilitation", 610, *NEEDS),
    told(COMMUNITY, "rehabilitation", 620, USE, "device_trainings"),
    *(
        Narrative(outline, part, order, compose)
        for outline, part in (
            (COMMUNITY, "rehabilitation"),
            (STREET, "doorstep"),
            (CENTRE, "services"),
        )
        for order, compose in ((660, stories), (662, trainings))
    ),
    clauses(STREET, "doorstep", 610, *NEEDS),
    told(STREET, "doorstep", 620, USE, "device_trainings"),
    group(610, "视力残疾人", "cane", "盲杖", "指导正确使用盲杖等辅助器具"),
    group(620, "肢体残疾人", "prosthesis", "假肢", "指导假肢的穿戴和使用"),
    group(630, "听力、言语残疾人", "hearing_aid", "助听器", "指导正确使用助听器"),
    told(
        CENTRE,
        "services",
        625,
        "与{disability.sign_language_persons}用手语沟通，了解需求。",
        "sign_language_persons",
    ),
    clauses(CENTRE, "services", 640, *NEEDS),
    told(CENTRE, "services", 650, USE, "device_trainings"),
    told(
        COMMUNITY,
        "gaps",
        610,
        "期内登记的辅助器具需求中还有{disability.device_needs_waiting}没有满足。",
        "device_needs_waiting",
    ),
    told(
        CENTRE,
        "gaps",
        610,
        "期内登记的辅助器具需求中还有{disability.device_needs_waiting}没有满足。",
        "device_needs_waiting",
    ),
)
