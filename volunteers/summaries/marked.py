"""What outlines D and E tell one by one of services, requests, notices and days of placements: the records
marked 写入总结. Nobody is named."""

from django.db.models import Q

from portal.happenings import WHO, events, marked
from portal.office.marked import honors_of, issues_of, slogans_of
from portal.summaries import Narrative, Telling, register
from portal.telling import clause, quoted
from residents.enums import ActivityKind
from residents.marked import activities_of
from volunteers.enums.help import HelpState
from volunteers.models import HelpRequest, RecruitmentNotice, Served, ServiceRecord, TraineeLog
from volunteers.summaries.outlines import PLACEMENTS, VOLUNTEERS

DOMAIN = "volunteers"
# Lectures stand in outline E; what volunteers held is told by its own register.
OTHERS = [kind for kind in ActivityKind if kind is not ActivityKind.LECTURE]
NOT_HELD = Q(volunteering__isnull=True)


def served(telling: Telling):
    def words(row):
        return f"{WHO}志愿者提供{row.get_service_display()}服务，服务{row.people}人"

    return events(telling, marked(Served.objects.all(), telling), words)


def requests(telling: Telling):
    """What people asked for, once it was done."""

    def words(row):
        return f"{WHO}志愿者完成居民提出的{row.get_service_display()}需求"

    rows = HelpRequest.objects.filter(state=HelpState.DONE)
    return events(telling, marked(rows, telling, "decided_on"), words, "decided_on")


def services(telling: Telling):
    """What was done in a service that counts; by whom stays in the register."""

    def words(row):
        return f"{WHO}志愿者开展{clause(row.what)}" if row.what else ""

    rows = ServiceRecord.objects.filter(counted_on__isnull=False)
    return events(telling, marked(rows, telling), words)


def notices(telling: Telling):
    def words(row):
        place = f"在{row.place}" if row.place else ""
        about = f"：{clause(row.content)}" if row.content else ""
        return f"{WHO}{place}通过{row.get_channel_display()}发布志愿者招募公告{about}"

    return events(telling, marked(RecruitmentNotice.objects.all(), telling), words)


def days(telling: Telling):
    """What those on placement did on a day, once their mentor confirmed it."""

    def words(row):
        what = quoted(clause(row.what)) if row.what else row.get_task_display()
        return f"{WHO}实践人员完成{row.get_task_display()}工作：{what}"

    rows = TraineeLog.objects.filter(confirmed_on__isnull=False)
    return events(telling, marked(rows, telling), words)


register(
    Narrative(VOLUNTEERS, "activities", 24, notices),
    Narrative(VOLUNTEERS, "activities", 42, services),
    Narrative(VOLUNTEERS, "activities", 44, activities_of(DOMAIN, OTHERS, NOT_HELD)),
    Narrative(VOLUNTEERS, "served", 40, served),
    Narrative(VOLUNTEERS, "served", 42, requests),
    Narrative(VOLUNTEERS, "publicity", 40, issues_of(DOMAIN)),
    Narrative(VOLUNTEERS, "publicity", 42, slogans_of(DOMAIN)),
    Narrative(VOLUNTEERS, "stars", 30, honors_of(DOMAIN)),
    Narrative(PLACEMENTS, "tasks", 250, days),
)
