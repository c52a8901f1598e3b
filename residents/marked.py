"""Facts that departments share, each in a sentence of the summary: those marked 写入总结. Nobody is named."""

from collections.abc import Callable, Iterable

from django.db.models import Q

from portal.happenings import TO, events, marked
from portal.summaries import Telling
from portal.telling import bodies, clause, listed, quoted
from residents.enums import ProblemState, VisitMode, VisitPurpose
from residents.models import Activity, Problem, Visit

WAYS = {
    VisitMode.HOME: "入户走访",
    VisitMode.PHONE: "电话询访",
    VisitMode.OFFICE: "接待来访的",
    VisitMode.ONLINE: "网上联系",
}
Compose = Callable[[Telling], Iterable[str]]


def ours(model, domain: str):
    return model.objects.filter(domains__contains=[domain])


def visits_of(domain: str, whom: str) -> Compose:
    """3月5日，入户走访残疾人，主要是了解近况、政策宣传。 By way and purpose; what was heard is not told."""

    def words(visit):
        purposes = [VisitPurpose(each).label for each in visit.purposes]
        about = f"，主要是{listed(purposes)}" if purposes else ""
        return f"{WAYS[visit.mode]}{whom}{about}"

    def compose(telling: Telling):
        return events(telling, marked(ours(Visit, domain), telling), words)

    return compose


def activities_of(domain: str, kinds: Iterable[str], where: Q | None = None) -> Compose:
    """4月2日，在中街与市残联共同开展“义诊进社区”，60人次参加。 ``where`` narrows further."""
    kinds = list(kinds)

    def compose(telling: Telling):
        rows = marked(ours(Activity, domain).filter(where or Q(), kind__in=kinds), telling)
        return events(telling, rows, activity, until="ends_on")

    return compose


def activity(event) -> str:
    """What it was, where, with whom (bodies only) and how many came."""
    by = bodies([event.organisers])
    place = f"在{event.place}" if event.place else ""
    hosts = f"与{listed(by)}共同" if by else ""
    came = f"，{event.participants}人次参加" if event.participants else ""
    return f"{place}{hosts}开展{quoted(clause(event.title))}{came}"


def solved_problems(domain: str, where: Q | None = None) -> Compose:
    """5月6日，解决“楼道坡道破损”：已修复。 By the day on which it was solved; others are told by number."""

    def words(problem):
        result = f"：{clause(problem.result)}" if problem.result else ""
        return f"{TO}解决{quoted(clause(problem.title))}{result}"

    def compose(telling: Telling):
        rows = ours(Problem, domain).filter(where or Q(), state=ProblemState.SOLVED)
        return events(telling, marked(rows, telling, "closed_on"), words, "closed_on")

    return compose
