"""What outline C tells of reception, mediation and the echo wall. Nobody who came, asked or was in dispute
is named: records marked for it are told by topic, place and result."""

from portal.figures import engine
from portal.summaries import Narrative, Telling, register
from portal.telling import bodies, listed, month_day, quoted, sentence_of, within
from servicecenter.figures.reception import RECEPTION
from servicecenter.models import Echo, Mediation, OnsiteOffice, Reception, ReceptionDay
from servicecenter.selectors.echoes import PUBLIC
from servicecenter.summaries.outlines import AGENCY, told

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
        yield f"群众问得较多的是{'、'.join(parts)}。"


def marked(model, telling):
    return within(model.objects.filter(highlight=True), telling)


def receptions(telling: Telling):
    for row in marked(Reception, telling).exclude(answered_on=None):
        topics = "、".join(RECEPTION["topics"].choices[topic] for topic in row.topics)
        yield f"{month_day(row.occurred_on)}，答复群众关于{topics}的咨询。"


def reception_days(telling: Telling):
    for day in marked(ReceptionDay, telling):
        who = sentence_of(day.position).rstrip("。") if day.position else "干部"
        yield (
            f"{month_day(day.occurred_on)}，{who}接待群众{day.visitors}人次，"
            f"反映事项{day.raised}件，解决{day.solved}件。"
        )


def onsite_offices(telling: Telling):
    for office in marked(OnsiteOffice, telling):
        by = bodies([office.participants])
        joined = f"，{listed(by)}参加" if by else ""
        place = sentence_of(office.place).rstrip("。")
        yield (
            f"{month_day(office.occurred_on)}，在{place}现场办公{joined}，"
            f"服务群众{office.reached}人次，受理事项{office.raised}件，解决{office.solved}件。"
        )


def mediations(telling: Telling):
    for row in marked(Mediation, telling).exclude(ended_on=None):
        signed = "，签订调解协议" if row.signed_on else ""
        kind, result = row.get_kind_display(), row.get_result_display()
        yield f"{month_day(row.occurred_on)}受理的{kind}纠纷{result}{signed}。"


def echoes(telling: Telling):
    """Only what everybody may read already."""
    for row in marked(Echo, telling).filter(PUBLIC, published_on__lte=telling.period.end):
        yield f"社区回音壁答复{quoted(row.shown)}：{sentence_of(row.reply)}"


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
        "{servicecenter.reception_day_solved}。",
        "reception_days",
    ),
    told(
        "wider",
        21,
        "接待日问题解决率{servicecenter.reception_day_rate}。",
        "reception_day_raised",
    ),
    Narrative(AGENCY, "wider", 22, reception_days),
    told(
        "wider",
        24,
        "开展现场办公{servicecenter.onsite_offices}，服务群众{servicecenter.onsite_reached}，受理事项"
        "{servicecenter.onsite_raised}，解决{servicecenter.onsite_solved}。",
        "onsite_offices",
    ),
    told(
        "wider",
        25,
        "现场办公问题解决率{servicecenter.onsite_rate}。",
        "onsite_raised",
    ),
    Narrative(AGENCY, "wider", 26, onsite_offices),
    told(
        "wider",
        40,
        "调解矛盾纠纷{servicecenter.mediations}，调解结束{servicecenter.mediations_ended}，成功"
        "{servicecenter.mediations_succeeded}。",
        "mediations",
    ),
    told("wider", 41, "调解成功率{servicecenter.mediation_rate}。", "mediations_ended"),
    told(
        "wider",
        42,
        "签订调解协议{servicecenter.agreements}，已履行{servicecenter.agreements_kept}。",
        "agreements",
    ),
    Narrative(AGENCY, "wider", 43, mediations),
    told(
        "wider",
        50,
        "社区回音壁收到问题{servicecenter.echoes}，已回复{servicecenter.echoes_answered}，回复率"
        "{servicecenter.echo_reply_rate}。",
        "echoes",
    ),
    told("wider", 51, "公开答复{servicecenter.echoes_public}。", "echoes_public"),
    Narrative(AGENCY, "wider", 52, echoes),
    told(
        "gaps",
        50,
        "有{servicecenter.receptions_waiting}来访咨询还没有答复。",
        "receptions_waiting",
    ),
    told("gaps", 52, "有{servicecenter.mediations_running}纠纷还在调解。", "mediations_running"),
    told("gaps", 54, "回音壁有{servicecenter.echoes_waiting}还没有回复。", "echoes_waiting"),
)
