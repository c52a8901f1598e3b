"""Needs, surveys and reviews marked 写入总结, a sentence each (outlines A, B and F). Nobody is named."""

from disability.enums.needs import NeedState
from disability.models import Need, NeedsSurvey, PlanReview
from disability.summaries.outlines import CENTRE, COMMUNITY, STREET
from portal.happenings import WHO, events, marked
from portal.summaries import Narrative, Telling, register
from portal.telling import clause

PLACES = ((COMMUNITY, "rehabilitation"), (STREET, "doorstep"))


def surveys(telling: Telling):
    def words(survey):
        return f"{WHO}{survey.get_mode_display()}调查1名残疾人的康复需求"

    return events(telling, marked(NeedsSurvey.objects.all(), telling), words)


def needs(telling: Telling):
    """What was met by the day on which it was; others are told by number alone."""

    def words(need):
        item = need.item or need.get_kind_display()
        arranged = f"：{clause(need.arranged)}" if need.arranged else ""
        return f"{WHO}落实1名残疾人的{clause(item)}需求{arranged}"

    rows = marked(Need.objects.filter(state=NeedState.MET), telling, "met_on")
    return events(telling, rows, words, "met_on")


def reviews(telling: Telling):
    def words(review):
        return f"{WHO}复评1份康复方案，进展为{review.get_progress_display()}"

    return events(telling, marked(PlanReview.objects.all(), telling), words)


register(
    *(Narrative(outline, part, 16, surveys) for outline, part in (*PLACES, (CENTRE, "basics"))),
    *(Narrative(outline, part, 18, needs) for outline, part in (*PLACES, (CENTRE, "services"))),
    *(Narrative(outline, part, 34, reviews) for outline, part in (*PLACES, (CENTRE, "plans"))),
)
