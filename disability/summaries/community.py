"""What the yearly and half-yearly summary of a community tells of the shared facts (outline A)."""

from django.db.models import Q

from disability.summaries.outlines import COMMUNITY, STREET
from disability.summaries.telling import clauses
from portal.figures import engine
from portal.happenings import TO, WHO, events, marked
from portal.observances import ordinal
from portal.summaries import FigureTable, Narrative, Sentence, Telling, register
from portal.telling import clause, month_day, quoted
from residents.enums import ActivityKind, AssistanceKind, Attendee
from residents.marked import activities_of, solved_problems, visits_of
from residents.models import Activity, Assistance, Participation


def sentence(part, order, text, *when):
    return Sentence(COMMUNITY, part, order, text, tuple(f"disability.{code}" for code in when))


OURS = Q(domains__contains=["disability"])
ELSEWHERE = (ActivityKind.TRAINING, ActivityKind.PUBLICITY, ActivityKind.CULTURE)
OTHERS = [kind for kind in ActivityKind if kind not in ELSEWHERE]


def basics(telling: Telling):
    """Who is registered and who holds a certificate on the last day of the period."""
    counted = ("disability.registered", "disability.holders")
    if any(engine.read(code, telling.units, telling.period).value for code in counted):
        day = telling.period.end
        yield (
            f"截至{day.year}年{month_day(day)}，在册残疾人{{disability.registered}}，其中持证残疾人"
            "{disability.holders}，一级、二级重度残疾人{disability.severe_holders}。"
        )


def helped(kind: AssistanceKind, verb: str):
    """One sentence for each marked gift of the kind; names stay out of the text."""

    def words(given):
        festival = f"{given.festival}前夕，" if given.festival else ""
        goods = f"，送去{clause(given.goods)}" if given.goods else ""
        return f"{festival}{given.giver}{TO}{verb}困难残疾人{goods}"

    def compose(telling: Telling):
        return events(telling, marked(Assistance.objects.filter(OURS, kind=kind), telling), words)

    return compose


def trainings(telling: Telling):
    """What each training was, where and by whom."""

    def words(training):
        hosts = f"{training.organisers}举办的" if training.organisers else ""
        who = who_came(training)
        verb = f"组织{who}参加" if who or hosts else "举办"
        return f"{verb}{hosts}{quoted(training.title)}"

    rows = Activity.objects.filter(OURS, kind=ActivityKind.TRAINING)
    return events(telling, marked(rows, telling), words)


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

    def words(event):
        occasion = ""
        if event.theme_day:
            number = ordinal(event.theme_day, event.occurred_on.year)
            name = event.get_theme_day_display()
            occasion = f"围绕第{number}次{name}，" if number else f"围绕{name}，"
        place = f"在{event.place}" if event.place else ""
        hosts = f"与{event.organisers}共同" if event.organisers else ""
        slogan = f"，以“{event.slogan}”为主题" if event.slogan else ""
        return f"{WHO}{occasion}{place}{hosts}开展{quoted(event.title)}活动{slogan}"

    rows = Activity.objects.filter(OURS, kind=ActivityKind.PUBLICITY)
    return events(telling, marked(rows, telling), words)


def expired(telling: Telling):
    """Certificates that ran out and are still in use."""
    found = engine.by_category("disability.holders", "status", telling.units, telling.period)
    if found["run_out"].value:
        yield f"残疾人证已到有效期仍未换领的有{found['run_out'].full}，需逐户提醒办理。"


register(
    Narrative(COMMUNITY, "basics", 10, basics),
    clauses(
        COMMUNITY,
        "visits",
        10,
        ("坚持入户走访与电话询访相结合", "visits_phone"),
        ("共走访残疾人{disability.visits}", "visits"),
        ("其中入户走访{disability.visits_home}", "visits_home"),
        ("电话询访{disability.visits_phone}", "visits_phone"),
        ("涉及残疾人{disability.visited_persons}", "visited_persons"),
    ),
    sentence("visits", 15, "另有来访和网上联系{disability.visits_other}。", "visits_other"),
    sentence("visits", 20, "走访覆盖率为{disability.visit_coverage}。", "registered"),
    Narrative(COMMUNITY, "visits", 27, visits_of("disability", "残疾人")),
    Narrative(COMMUNITY, "visits", 28, solved_problems("disability")),
    # A gift stands among the donations and is not told here once more. An amount or a count that nobody
    # wrote down is unknown, not zero: it is left out.
    clauses(
        COMMUNITY,
        "assistance",
        10,
        ("开展慰问帮扶{disability.help_given}", "help_given"),
        ("发放慰问金{disability.assistance_amount}", "assistance_amount"),
    ),
    *(
        Narrative(outline, part, order, helped(kind, verb))
        for outline, part in ((COMMUNITY, "assistance"), (STREET, "care"))
        for order, kind, verb in (
            (70, AssistanceKind.CONDOLENCE, "上门慰问"),
            (72, AssistanceKind.RELIEF, "救助"),
        )
    ),
    sentence(
        "insurance",
        10,
        "协助困难残疾人{disability.insurance}申请医疗保险资助，其中已获批准"
        "{disability.insurance_approved}。",
        "insurance",
    ),
    sentence("insurance", 20, "尚有{disability.insurance_pending}正在办理。", "insurance_pending"),
    clauses(
        COMMUNITY,
        "training",
        10,
        ("组织参加培训{disability.trainings}", "trainings"),
        ("残疾人参训{disability.trainees}", "trainees"),
        ("残疾人家属参训{disability.family_trainees}", "family_trainees"),
    ),
    Narrative(COMMUNITY, "training", 20, trainings),
    Narrative(STREET, "guidance", 90, trainings),
    clauses(
        COMMUNITY,
        "publicity",
        10,
        ("开展宣传活动{disability.activities}", "activities"),
        ("参加群众{disability.publicity_reach}", "publicity_reach"),
        ("其中残疾人{disability.publicity_disabled}", "publicity_disabled"),
        ("接受现场咨询{disability.consultations}", "consultations"),
        ("发放宣传资料{disability.handouts}", "handouts"),
        ("悬挂横幅标语{disability.banners}", "banners"),
    ),
    Narrative(COMMUNITY, "publicity", 20, publicity),
    Narrative(STREET, "publicity", 20, publicity),
    *(
        Narrative(outline, "publicity", 22, activities_of("disability", OTHERS))
        for outline in (COMMUNITY, STREET)
    ),
    FigureTable(
        COMMUNITY,
        "visits",
        30,
        "各月工作量",
        (
            "disability.visits_home",
            "disability.visits_phone",
            "disability.visits",
            "disability.help_given",
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
    *(Narrative(outline, "gaps", 20, expired) for outline in (COMMUNITY, STREET)),
    sentence(
        "next",
        10,
        "继续做好残疾人走访和需求登记，及时办理各项补贴、保险资助和证件换领，"
        "依托社区力量开展助残宣传和培训，欢迎居民和上级部门提出意见。",
    ),
)
