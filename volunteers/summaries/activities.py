"""What outline D tells of activities, how volunteers were sought, and projects."""

from portal.happenings import WHO, events, marked
from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import in_force, listed, quoted
from volunteers.enums.activities import ActivityState, NoticeChannel
from volunteers.figures.activities import BY_CHANNEL
from volunteers.models import VolunteerActivity, VolunteerProject
from volunteers.summaries.outlines import VOLUNTEERS, told
from volunteers.summaries.telling import codes, divided, each_of


def by_type(telling: Telling):
    """Every kind that there was, with how often."""
    found = divided(telling, "activities", "type", least=2)
    if found:
        yield f"按类型分，{found}。"


def channels(telling: Telling):
    """Each channel in its own measure."""
    words = {BY_CHANNEL[channel][0]: NoticeChannel(channel).label for channel in NoticeChannel}
    found = each_of(telling, words)
    if found:
        yield f"发布招募公告{{volunteers.notices}}，其中{found}。"


def projects(telling: Telling):
    rows = in_force(VolunteerProject.objects.all(), telling).order_by("-is_key", "starts_on", "pk")
    names = list(dict.fromkeys(quoted(name) for name in rows.values_list("name", flat=True)))
    if names:
        key = each_of(telling, {"key_projects": "其中重点项目"})
        yield (
            f"实施{listed(names)}等志愿服务项目{{volunteers.projects}}{f'，{key}' if key else ''}。"
            if len(names) > 1
            else f"实施{names[0]}志愿服务项目。"
        )


def held(telling: Telling):
    """Those that are marked for it, in the order of days; nobody is named."""

    def words(row):
        people = row.activity.participants
        came = f"，{people}人次参加" if people else ""
        by = row.org.name if row.org else WHO
        return f"{by}在{row.place}开展{quoted(row.title)}{came}"

    rows = VolunteerActivity.objects.filter(
        state=ActivityState.HELD, activity__deleted_at__isnull=True
    )
    rows = marked(rows, telling, "starts_on").select_related("type", "activity", "org")
    return events(telling, rows, words, "starts_on")


register(
    told(
        "activities",
        10,
        "举办志愿活动{volunteers.activities}，志愿者参与{volunteers.attendance}，服务时长"
        "{volunteers.hours}。",
        "activities",
    ),
    Narrative(VOLUNTEERS, "activities", 12, by_type),
    Narrative(VOLUNTEERS, "activities", 20, channels),
    told(
        "activities",
        22,
        "各班次需要{volunteers.shift_places}，报名{volunteers.signed_up}，班次满员率"
        "{volunteers.places_filled}。",
        "shift_places",
    ),
    Narrative(VOLUNTEERS, "activities", 30, projects),
    Narrative(VOLUNTEERS, "activities", 40, held),
    FigureTable(
        VOLUNTEERS,
        "activities",
        80,
        "各类志愿活动",
        codes("activities", "activity_participants"),
        by="type",
    ),
    FigureTable(
        VOLUNTEERS,
        "activities",
        82,
        "各类活动服务时长",
        codes("attendance", "active", "hours", "hours_per_volunteer"),
        by="type",
    ),
    FigureTable(
        VOLUNTEERS, "activities", 84, "各月志愿活动", codes("activities", "attendance", "hours")
    ),
)
