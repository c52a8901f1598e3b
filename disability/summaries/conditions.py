"""What outlines A, B and F tell of treatments, complications, advice, carers, appointments and
outcomes."""

from disability.models import OutcomeMeasure, Treatment
from disability.summaries.outlines import CENTRE, COMMUNITY, STREET
from portal.happenings import WHO, events, marked
from portal.summaries import Narrative, Sentence, Telling, register
from portal.telling import clause


def told(outline, part, order, text, *when):
    """A sentence that is told when one of these figures is not zero."""
    return Sentence(outline, part, order, text, tuple(f"disability.{code}" for code in when))


def treatments(telling: Telling):
    """Those marked 写入总结; names stay out, and so does the complaint."""

    def words(row):
        by = row.provider.name if row.provider else "业务骨干"
        what = f"针对{row.complication.what}" if row.complication else ""
        result = f"，{clause(row.result)}" if row.result else ""
        return f"{WHO}{by}{what}进行{clause(row.method)}{result}"

    rows = marked(Treatment.objects.all(), telling).select_related("complication", "provider")
    return events(telling, rows, words)


def outcomes(telling: Telling):
    """Marked assessments, by the scale; the person stays out."""

    def words(row):
        return f"用{row.get_scale_display()}为1名残疾人作效果评定"

    return events(telling, marked(OutcomeMeasure.objects.all(), telling), words)


CARE = (
    "开展护理指导{disability.nursing_advice}、{disability.nursing_items}，涉及"
    "{disability.nursing_persons}，指出不良生活习惯，讲解饮食、排泄、翻身、按摩等护理要点。"
)
CARERS = (
    "为家属和护理员讲授护理知识{disability.carer_trainings}，一对一教会照护人"
    "{disability.carers_trained}。"
)
THERAPY = (
    "安排治疗预约{disability.appointments}，按约到诊{disability.appointments_kept}，未到"
    "{disability.appointments_missed}，到诊率{disability.appointment_attendance}。"
)
COMPLICATIONS = (
    "期内发现并发症{disability.complications_found}，消除{disability.complications_resolved}。"
)
STILL_OPEN = "期末尚有并发症{disability.complications_open}未消除。"
RATES = (
    "并发症发生率为{disability.complication_rate}；在册残疾人中有并发症的，期初为"
    "{disability.complication_rate_before}，期末为{disability.complication_rate_after}。"
)
EFFECT = (
    "对{disability.outcomes_measured}作了前后评定，其中{disability.outcomes_improved}有改善，"
    "改善率{disability.improvement_rate}。"
)
CONFIDENCE = (
    "{disability.confidence_measured}前后自评了自信心，{disability.confidence_improved}有提高，"
    "体现了自尊、自信、自强、自立的精神。"
)
TREATED = "治疗{disability.treatments}，接受治疗{disability.treatment_persons}。"

register(
    told(COMMUNITY, "rehabilitation", 410, f"配合卫生服务机构{TREATED}", "treatments"),
    told(COMMUNITY, "rehabilitation", 420, CARE, "nursing_advice"),
    told(COMMUNITY, "rehabilitation", 430, CARERS, "carer_trainings"),
    told(COMMUNITY, "rehabilitation", 440, COMPLICATIONS, "complications_found"),
    told(COMMUNITY, "rehabilitation", 442, STILL_OPEN, "complications_open"),
    told(COMMUNITY, "rehabilitation", 450, EFFECT, "outcomes_measured"),
    told(STREET, "doorstep", 420, f"上门{CARE}", "nursing_advice"),
    told(STREET, "doorstep", 430, CARERS, "carer_trainings"),
    told(STREET, "doorstep", 440, THERAPY, "appointments"),
    told(STREET, "doorstep", 450, EFFECT, "outcomes_measured"),
    told(CENTRE, "services", 410, f"由业务骨干开展{TREATED}", "treatments"),
    *(
        Narrative(outline, part, 415, treatments)
        for outline, part in (
            (COMMUNITY, "rehabilitation"),
            (STREET, "doorstep"),
            (CENTRE, "services"),
        )
    ),
    *(
        Narrative(outline, part, 455, outcomes)
        for outline, part in (
            (COMMUNITY, "rehabilitation"),
            (STREET, "doorstep"),
            (CENTRE, "outcomes"),
        )
    ),
    told(CENTRE, "services", 420, CARE, "nursing_advice"),
    told(CENTRE, "services", 430, CARERS, "carer_trainings"),
    told(CENTRE, "services", 440, THERAPY, "appointments"),
    told(
        CENTRE,
        "outcomes",
        410,
        COMPLICATIONS,
        *("complications_found", "complications_resolved"),
    ),
    told(CENTRE, "outcomes", 412, STILL_OPEN, "complications_open"),
    told(
        CENTRE,
        "outcomes",
        420,
        RATES,
        *("complication_persons", "complication_persons_before", "complication_persons_after"),
    ),
    told(CENTRE, "outcomes", 430, EFFECT, "outcomes_measured"),
    told(CENTRE, "outcomes", 440, CONFIDENCE, "confidence_measured"),
    told(
        CENTRE,
        "gaps",
        410,
        "仍有{disability.complications_open}并发症没有消除，需继续随访。",
        "complications_open",
    ),
    told(
        CENTRE,
        "gaps",
        420,
        "预约治疗未到{disability.appointments_missed}，需了解原因、另行约定。",
        "appointments_missed",
    ),
)
