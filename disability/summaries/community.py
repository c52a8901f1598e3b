"""What the yearly and half-yearly summary of a community tells of the shared facts (outline A)."""

from disability.models import Certificate
from disability.summaries.outlines import COMMUNITY
from portal.figures import engine
from portal.observances import ordinal
from portal.summaries import FigureTable, Narrative, Sentence, Telling, register
from portal.telling import (
    Said,
)
from residents.enums import ActivityKind, AssistanceKind, Attendee
from residents.models import Activity, Assistance, Participation


def sentence(part, order, text, *when):
    return Sentence(COMMUNITY, part, order, text, tuple(f"disability.{code}" for code in when))


def month_day(day) -> str:
    return f"{day.month}月{day.day}日"


def ours(model, telling: Telling):
    rows = model.objects.kept().filter(
        unit__in=telling.units,
        occurred_on__range=(telling.period.start, telling.period.end),
        domains__contains=["disability"],
    )
    return rows.order_by("occurred_on", "pk")


def basics(telling: Telling):
    """Who is registered and who holds a certificate on the last day of the period."""
    counted = ("disability.registered", "disability.holders")
    if any(engine.read(code, telling.units, telling.period).value for code in counted):
        day = telling.period.end
        yield (
            f"截至{day.year}年{month_day(day)}，在册残疾人{{disability.registered}}，其中持证残疾人"
            "{disability.holders}，一级、二级重度残疾人{disability.severe_holders}。"
        )


def condolences(telling: Telling):
    """One sentence for each visit of help, in the order of days; names stay out of the text."""
    rows = ours(Assistance, telling).filter(highlight=True, kind=AssistanceKind.CONDOLENCE)
    for help_given in map(Said, rows):
        festival = f"{help_given.festival}前夕，" if help_given.festival else ""
        goods = f"，送去{help_given.goods}" if help_given.goods else ""
        yield (
            f"{month_day(help_given.occurred_on)}，{festival}{help_given.giver}"
            f"上门慰问困难残疾人{goods}。"
        )


def trainings(telling: Telling):
    """What each training was, where and by whom."""
    rows = ours(Activity, telling).filter(kind=ActivityKind.TRAINING, highlight=True)
    for training in map(Said, rows):
        hosts = f"{training.organisers}举办的" if training.organisers else ""
        people = who_came(training)
        yield f"{month_day(training.occurred_on)}，组织{people}参加{hosts}“{training.title}”。"


def who_came(training) -> str:
    """Residents, family members or both; "" where nobody was taken down."""
    rows = Participation.objects.kept().filter(activity=training.pk)
    attendees = set(rows.values_list("attendee", flat=True))
    return {
        frozenset({Attendee.SELF}): "残疾人",
        frozenset({Attendee.FAMILY}): "残疾人家属",
        frozenset({Attendee.SELF, Attendee.FAMILY}): "残疾人及家属",
    }.get(frozenset(attendees), "")


def publicity(telling: Telling):
    """Each booth or campaign, with its theme day, place, partners and slogan."""
    rows = ours(Activity, telling).filter(kind=ActivityKind.PUBLICITY, highlight=True)
    for event in map(Said, rows):
        day = event.occurred_on
        occasion = ""
        if event.theme_day:
            number = ordinal(event.theme_day, day.year)
            name = event.get_theme_day_display()
            occasion = f"围绕第{number}次{name}，" if number else f"围绕{name}，"
        place = f"在{event.place}" if event.place else ""
        hosts = f"与{event.organisers}共同" if event.organisers else ""
        slogan = f"，以“{event.slogan}”为主题" if event.slogan else ""
        yield f"{month_day(day)}，{occasion}{place}{hosts}开展“{event.title}”活动{slogan}。"


def gaps(telling: Telling):
    """Certificates that ran out and are still in use: what the records themselves show."""
    expired = Certificate.objects.kept().filter(
        unit__in=telling.units, ended_on__isnull=True, expires_on__lte=telling.period.end
    )
    if expired.exists():
        yield "部分残疾人证已到有效期，尚未换领，需逐户提醒办理。"


register(
    Narrative(COMMUNITY, "basics", 10, basics),
    sentence(
        "visits",
        10,
        "坚持入户走访与电话询访相结合，共走访残疾人{disability.visits}，其中入户走访"
        "{disability.visits_home}，电话询访{disability.visits_phone}，涉及残疾人"
        "{disability.visited_persons}。",
        "visits",
    ),
    sentence("visits", 15, "另有来访和网上联系{disability.visits_other}。", "visits_other"),
    sentence("visits", 20, "走访覆盖率为{disability.visit_coverage}。", "registered"),
    # A gift stands among the donations and is not told here once more.
    sentence("assistance", 10, "开展慰问帮扶{disability.help_given}。", "help_given"),
    # An amount or a count that nobody wrote down is unknown, not zero: it stands by itself.
    sentence("assistance", 15, "发放慰问金{disability.assistance_amount}。", "assistance_amount"),
    Narrative(COMMUNITY, "assistance", 20, condolences),
    sentence(
        "insurance",
        10,
        "协助困难残疾人{disability.insurance}申请医疗保险资助，其中已获批准"
        "{disability.insurance_approved}。",
        "insurance",
    ),
    sentence("insurance", 20, "尚有{disability.insurance_pending}正在办理。", "insurance_pending"),
    sentence(
        "training",
        10,
        "组织参加培训{disability.trainings}，残疾人参训{disability.trainees}。",
        "trainings",
    ),
    sentence("training", 12, "残疾人家属参训{disability.family_trainees}。", "family_trainees"),
    Narrative(COMMUNITY, "training", 20, trainings),
    sentence("publicity", 10, "开展宣传活动{disability.activities}。", "activities"),
    sentence("publicity", 12, "接受现场咨询{disability.consultations}。", "consultations"),
    sentence("publicity", 14, "发放宣传资料{disability.handouts}。", "handouts"),
    Narrative(COMMUNITY, "publicity", 20, publicity),
    FigureTable(
        COMMUNITY,
        "visits",
        30,
        "各月工作量",
        (
            "disability.visits_home",
            "disability.visits_phone",
            "disability.visits",
            "disability.assistance",
            "disability.training_person_times",
            "disability.handouts",
        ),
        by="month",
    ),
    FigureTable(
        COMMUNITY,
        "visits",
        32,
        "各社区走访情况",
        (
            "disability.registered",
            "disability.visits",
            "disability.visited_persons",
            "disability.visit_coverage",
        ),
        by="unit",
        rank="disability.visit_coverage",
        compare=True,
    ),
    sentence(
        "gaps",
        10,
        "有{disability.assistance_without_amount}慰问记录未填写金额，需补齐。",
        "assistance_without_amount",
    ),
    Narrative(COMMUNITY, "gaps", 20, gaps),
    sentence(
        "next",
        10,
        "继续做好残疾人走访和需求登记，及时办理各项补贴、保险资助和证件换领，"
        "依托社区力量开展助残宣传和培训，欢迎居民和上级部门提出意见。",
    ),
)
