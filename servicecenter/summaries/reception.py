"""What outline C tells of reception, mediation and the echo wall. Nobody who came, asked or was in dispute
is named: records marked for it are told by topic, place and result."""

from portal.figures import engine
from portal.happenings import WHO, events, marked
from portal.punctuation import joined
from portal.summaries import Narrative, Telling, register
from portal.telling import bodies, clause, listed, quoted
from servicecenter.figures.reception import RECEPTION
from servicecenter.models import Echo, Mediation, OnsiteOffice, Reception, ReceptionDay
from servicecenter.selectors.echoes import PUBLIC
from servicecenter.summaries.outlines import AGENCY, told
from servicecenter.summaries.telling import clauses

TOPICS_TOLD = 5


def by_topic(telling: Telling):
    """The topics that most persons came with."""
    code = "servicecenter.reception_people"
    found = engine.by_category(code, "topics", telling.units, telling.period)
    most = sorted(
        ((name, reading) for name, reading in found.items() if reading.value),
        key=lambda pair: -pair[1].value,
    )
    if len(most) > 1:
        labels = RECEPTION["topics"].choices
        parts = [f"{labels[name]}{reading.full}" for name, reading in most[:TOPICS_TOLD]]
        yield f"群众问得较多的是{joined(parts)}。"


def receptions(telling: Telling):
    def words(row):
        topics = joined(RECEPTION["topics"].choices[topic] for topic in row.topics)
        return f"{WHO}答复群众关于{topics}的咨询"

    rows = Reception.objects.exclude(answered_on=None)
    return events(telling, marked(rows, telling), words)


def reception_days(telling: Telling):
    def words(day):
        who = clause(day.position) if day.position else "干部"
        return f"{WHO}{who}接待群众{day.visitors}人次，反映事项{day.raised}件，解决{day.solved}件"

    return events(telling, marked(ReceptionDay.objects.all(), telling), words)


def onsite_offices(telling: Telling):
    def words(office):
        by = bodies([office.participants])
        with_whom = f"，{listed(by)}参加" if by else ""
        return (
            f"{WHO}在{clause(office.place)}现场办公{with_whom}，服务群众{office.reached}人次，"
            f"受理事项{office.raised}件，解决{office.solved}件"
        )

    return events(telling, marked(OnsiteOffice.objects.all(), telling), words)


def mediations(telling: Telling):
    def words(row):
        signed = "，签订调解协议" if row.signed_on else ""
        return f"{WHO}受理的{row.get_kind_display()}纠纷{row.get_result_display()}{signed}"

    return events(telling, marked(Mediation.objects.exclude(ended_on=None), telling), words)


def echoes(telling: Telling):
    """Only what everybody may read already."""

    def words(row):
        return f"{WHO}社区回音壁收到{quoted(clause(row.shown))}，答复：{clause(row.reply)}"

    rows = Echo.objects.filter(PUBLIC, published_on__lte=telling.period.end)
    return events(telling, marked(rows, telling), words)


register(
    told(
        "totals",
        60,
        "接待群众来访咨询{servicecenter.reception_people}，咨询答复率"
        "{servicecenter.reception_answer_rate}。",
        "reception_people",
    ),
    told(
        "wider",
        10,
        "接待群众来访咨询{servicecenter.receptions}、{servicecenter.reception_people}，已答复"
        "{servicecenter.receptions_answered}。",
        "receptions",
    ),
    Narrative(AGENCY, "wider", 11, by_topic),
    told(
        "wider",
        12,
        "经咨询转为办件{servicecenter.receptions_to_cases}。",
        "receptions_to_cases",
    ),
    Narrative(AGENCY, "wider", 13, receptions),
    told(
        "wider",
        20,
        "开展干部接待日{servicecenter.reception_days}，接待群众"
        "{servicecenter.reception_day_visitors}，反映事项{servicecenter.reception_day_raised}，解决"
        "{servicecenter.reception_day_solved}，解决率{servicecenter.reception_day_rate}。",
        "reception_days",
    ),
    Narrative(AGENCY, "wider", 22, reception_days),
    told(
        "wider",
        24,
        "开展现场办公{servicecenter.onsite_offices}，服务群众{servicecenter.onsite_reached}，受理事项"
        "{servicecenter.onsite_raised}，解决{servicecenter.onsite_solved}，解决率"
        "{servicecenter.onsite_rate}。",
        "onsite_offices",
    ),
    Narrative(AGENCY, "wider", 26, onsite_offices),
    clauses(
        "wider",
        40,
        ("调解矛盾纠纷{servicecenter.mediations}", "mediations"),
        (
            "调解结束{servicecenter.mediations_ended}，成功{servicecenter.mediations_succeeded}，"
            "调解成功率{servicecenter.mediation_rate}",
            "mediations_ended",
        ),
        (
            "签订调解协议{servicecenter.agreements}，已履行{servicecenter.agreements_kept}",
            "agreements",
        ),
    ),
    Narrative(AGENCY, "wider", 43, mediations),
    clauses(
        "wider",
        50,
        (
            "社区回音壁收到问题{servicecenter.echoes}，已回复{servicecenter.echoes_answered}，回复率"
            "{servicecenter.echo_reply_rate}",
            "echoes",
        ),
        ("公开答复{servicecenter.echoes_public}", "echoes_public"),
    ),
    Narrative(AGENCY, "wider", 52, echoes),
    told(
        "gaps",
        50,
        "来访咨询还有{servicecenter.receptions_waiting}没有答复。",
        "receptions_waiting",
    ),
    told(
        "gaps", 52, "矛盾纠纷还有{servicecenter.mediations_running}正在调解。", "mediations_running"
    ),
    told("gaps", 54, "回音壁的问题还有{servicecenter.echoes_waiting}没有回复。", "echoes_waiting"),
)
