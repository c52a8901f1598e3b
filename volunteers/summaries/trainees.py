"""Summary E: people on placement, who guided them, what they did, reading room, lectures, appraisal."""

from functools import partial

from portal.figures import engine
from portal.happenings import WHO, events, marked
from portal.office.models import Honor
from portal.office.summaries import planned_next
from portal.punctuation import joined
from portal.summaries import FigureTable, Narrative, Phrase, Sentence, register
from portal.telling import Said, clause, listed, month_day, quoted, within
from residents.models import Activity
from volunteers.enums.placements import TaskKind
from volunteers.figures.trainees import LECTURES
from volunteers.models import Trainee
from volunteers.summaries.outlines import PLACEMENTS, told
from volunteers.summaries.telling import counted

told_here = partial(told, outline=PLACEMENTS)
OURS = ("volunteers", "office")
PEOPLE = ("volunteers.trainees", "volunteers.trainee_days", "volunteers.trainee_hours")


def during(telling):
    """Placements of which a day lies in the period, the first to begin first."""
    return (
        Trainee.objects.kept()
        .filter(
            unit__in=telling.units,
            starts_on__lte=telling.period.end,
            ends_on__gte=telling.period.start,
        )
        .order_by("starts_on", "pk")
    )


def spans(telling):
    """From the first day to the last one, as the placements say."""
    people = list(during(telling))
    if people:
        first, last = min(p.starts_on for p in people), max(p.ends_on for p in people)
        posts = listed(dict.fromkeys(clause(p.post) for p in people if p.post))
        where = f"，岗位为{posts}" if posts else ""
        yield (
            f"实践实习从{first.year}年{month_day(first)}开始，"
            f"到{f'{last.year}年' if last.year != first.year else ''}{month_day(last)}结束{where}。"
        )


def mentors(telling):
    """Mentors by name and post: they are staff."""
    names = [
        name.strip()
        for person in during(telling)
        for name in clause(person.mentors).replace("，", "、").replace(",", "、").split("、")
    ]
    if names:
        yield f"由{listed(name for name in names if name)}担任指导老师。"


def honours(telling):
    """What the office that took them in was honoured for, until the period's end."""
    rows = Honor.objects.kept().filter(
        unit__in=telling.units, domains__overlap=OURS, occurred_on__lte=telling.period.end
    )
    for row in rows.order_by("occurred_on", "pk"):
        honor = Said(row)
        yield (
            f"{honor.recipient}于{row.occurred_on.year}年被{honor.grantor}"
            f"授予{quoted(row.name)}称号。"
        )


def tasks(telling):
    """What kinds of work they did; how many days and hours of each stands in the table."""
    found = engine.by_category("volunteers.trainee_days", "task", telling.units, telling.period)
    kinds = [label for task, label in TaskKind.choices if found[task].value]
    if kinds:
        yield f"工作内容包括{joined(kinds)}。"


def opinions(telling):
    """What mentors wrote, word by word, nobody named."""
    appraised = Trainee.objects.filter(appraised_on__isnull=False)
    said = [
        quoted(clause(row.mentor_words))
        for row in within(appraised, telling, "appraised_on")
        if row.mentor_words
    ]
    if said:
        yield f"指导老师评语：{listed(said, 8)}。"


def lectures(telling):
    """Each lecture marked 写入总结 by its topic."""

    def words(row):
        who = f"由{clause(row.speaker)}主讲" if row.speaker else "举办讲座"
        audience = f"，听众为{clause(row.audience)}" if row.audience else ""
        return f"{WHO}{who}{quoted(row.title)}{audience}"

    return events(telling, marked(Activity.objects.filter(LECTURES), telling), words)


def not_appraised(telling):
    """Those whose time is over and who were not appraised."""
    finished = counted(telling, "trainees_finished")
    if finished > counted(telling, "trainees_finished_appraised"):
        yield (
            "期满的实践实习人员{volunteers.trainees_finished}中，已鉴定的只有"
            "{volunteers.trainees_finished_appraised}，其余需抓紧鉴定。"
        )


register(
    told_here(
        "people",
        100,
        "共接收社会实践和实习人员{volunteers.trainees}。",
        "trainees",
    ),
    Narrative(PLACEMENTS, "people", 300, spans),
    FigureTable(
        PLACEMENTS,
        "people",
        400,
        "实践实习人员类别",
        (*PEOPLE, "volunteers.trainees_finished_appraised"),
        by="kind",
    ),
    FigureTable(PLACEMENTS, "people", 500, "实践实习人员学校（单位）", PEOPLE, by="school"),
    Narrative(PLACEMENTS, "place", 100, mentors),
    Narrative(PLACEMENTS, "place", 200, honours),
    told_here(
        "tasks",
        100,
        "累计实践{volunteers.trainee_days}、{volunteers.trainee_hours}，"
        "人均{volunteers.trainee_hours_each}；时长以指导老师确认的日志为准。",
        "trainee_hours",
    ),
    told_here(
        "tasks",
        120,
        "其中{volunteers.trainee_hours_chosen}经本人选择，同时登记为志愿服务。",
        "trainee_hours_chosen",
    ),
    Narrative(PLACEMENTS, "tasks", 200, tasks),
    FigureTable(
        PLACEMENTS,
        "tasks",
        300,
        "实践实习工作内容",
        ("volunteers.trainee_days", "volunteers.trainee_hours"),
        by="task",
    ),
    Sentence(
        PLACEMENTS,
        "reading",
        100,
        "阅览室现有藏书报刊{office.reading_holdings}。",
        ("office.reading_holdings",),
    ),
    FigureTable(
        PLACEMENTS,
        "reading",
        300,
        "期末藏书报刊",
        ("office.reading_holdings",),
        by="kind",
    ),
    Sentence(
        PLACEMENTS,
        "reading",
        200,
        "全期开放{office.reading_days}，到访{office.reading_visits}，"
        "其中中老年人{office.reading_elders}，借出{office.reading_lent}。",
        ("office.reading_days",),
    ),
    told_here(
        "lectures",
        100,
        "举办讲座{volunteers.lectures}，听众{volunteers.lecture_audience}。",
        "lectures",
    ),
    Narrative(PLACEMENTS, "lectures", 200, lectures),
    told_here(
        "lectures",
        300,
        "开展法制等宣传活动{volunteers.publicity_activities}，"
        "参加{volunteers.publicity_activity_reach}。",
        "publicity_activities",
    ),
    told_here(
        "appraisal",
        100,
        "期满{volunteers.trainees_finished}，已鉴定{volunteers.trainees_finished_appraised}，"
        "鉴定率{volunteers.trainee_appraisal_rate}。",
        "trainees_finished",
    ),
    FigureTable(
        PLACEMENTS,
        "appraisal",
        400,
        "期内鉴定等次",
        ("volunteers.trainees_appraised",),
        by="grade",
    ),
    Narrative(PLACEMENTS, "appraisal", 300, opinions),
    told_here(
        "gaps",
        100,
        "还有{volunteers.trainee_hours_waiting}的日志没有经指导老师确认，未计入时长。",
        "trainee_hours_waiting",
    ),
    Narrative(PLACEMENTS, "gaps", 110, not_appraised),
    Narrative(PLACEMENTS, "next", 100, lambda telling: planned_next(telling, "volunteers")),
    Phrase(PLACEMENTS, "实践人员团结协作、耐心细致、微笑服务，得到居民和社区的好评。"),
    Phrase(PLACEMENTS, "实践人员使用受限账号，只填写本人日志，不接触居民资料。"),
)
