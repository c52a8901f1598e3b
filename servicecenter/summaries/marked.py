"""What outline C tells one by one of ratings, redress, visits, honours, what was published and slogans: the
records marked 写入总结. Nobody is named, and no case."""

from portal.happenings import WHO, events, marked
from portal.office.marked import honors_of, issues_of, slogans_of
from portal.summaries import Narrative, Telling, register
from portal.telling import clause, quoted
from residents.marked import visits_of
from servicecenter.enums.ratings import RedressState
from servicecenter.models import Rating, Redress
from servicecenter.summaries.outlines import AGENCY

DOMAIN = "servicecenter"


def ratings(telling: Telling):
    """By the item and the level; the words of the applicant stay in the records."""

    def words(rating):
        item = clause(str(rating.case.item))
        return f"{WHO}申请人对{quoted(item)}事项评价为{quoted(rating.get_level_display())}"

    rows = marked(Rating.objects.filter(voided_on__isnull=True), telling)
    return events(telling, rows.select_related("case__item"), words)


def redresses(telling: Telling):
    """What was done about a bad rating, once it was looked at again."""

    def words(redress):
        return f"{WHO}办结1件差评整改：{clause(redress.remedy)}" if redress.remedy else ""

    rows = Redress.objects.filter(state=RedressState.DONE)
    return events(telling, marked(rows, telling, "closed_on"), words, "closed_on")


register(
    Narrative(AGENCY, "supervision", 215, ratings),
    Narrative(AGENCY, "supervision", 225, redresses),
    Narrative(AGENCY, "wider", 33, visits_of(DOMAIN, "居民")),
    Narrative(AGENCY, "places", 80, honors_of(DOMAIN)),
    Narrative(AGENCY, "publicity", 30, issues_of(DOMAIN)),
    Narrative(AGENCY, "publicity", 32, slogans_of(DOMAIN)),
)
