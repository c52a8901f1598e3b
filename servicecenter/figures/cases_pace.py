"""指标 of how long cases take: working days of handling, and calendar days of the steps around it."""

from django.db.models import Q

from portal.figures import DaysBetween, Total, register
from servicecenter.enums.catalogue import CaseKind
from servicecenter.figures.base import average, flow
from servicecenter.figures.categories import DECIDED
from servicecenter.models import Case

WORKDAYS, DAYS = "个工作日", "天"
TIMED = Q(worked_days__isnull=False)


def handled(name, words, where=None):
    """Working days, the cases they belong to, and their average; ``words`` name the cases."""
    where = TIMED if where is None else TIMED & where
    options = {"model": Case, "date": "decided_on", "where": where, "categories": DECIDED}
    return (
        flow(
            f"worked_days{name}",
            f"{words}办理用时",
            WORKDAYS,
            f"期内办结的{words}从受理到办结所用的工作日之和，受理当天和挂起期间不计。",
            value=Total("worked_days"),
            **options,
        ),
        flow(
            f"timed{name}",
            f"计时的{words}",
            "件",
            f"办结日期在期内、记有办理工作日的{words}件数。",
            **options,
        ),
        average(
            f"average_days{name}",
            f"{words}平均办理时间",
            WORKDAYS,
            f"{words}办理用时 ÷ 计时的{words}。",
            (f"{words}平均", *(("平均办理", "平均用时") if not name else ())),
            of=f"worked_days{name}",
            among=f"timed{name}",
            categories=DECIDED,
        ),
    )


def waited(name, label, since, until, words):
    """Calendar days between two steps, the cases that took both, and their average."""
    both = Q(**{f"{since}__isnull": False, f"{until}__isnull": False})
    options = {"model": Case, "date": until, "where": both, "categories": DECIDED}
    return (
        flow(
            f"{name}_days",
            f"{label}用时",
            DAYS,
            f"{words}，{label}所用的自然日之和。",
            value=DaysBetween(since, until=until),
            **options,
        ),
        flow(f"{name}_timed", f"计时的{label}", "件", f"{words}的件数。", **options),
        average(
            f"{name}_average",
            f"{label}平均用时",
            DAYS,
            f"{label}用时 ÷ 计时的{label}。",
            (f"{label}平均",),
            of=f"{name}_days",
            among=f"{name}_timed",
            categories=DECIDED,
        ),
    )


register(
    *handled("", "办件"),
    *(
        figure
        for kind in CaseKind
        if kind is not CaseKind.ON_SPOT
        for figure in handled(f"_{kind}", kind.label, Q(kind=kind))
    ),
    *waited("intake", "受理环节", "occurred_on", "accepted_on", "受理日期在期内、从申请到受理"),
    *waited("street", "街道环节", "sent_up_on", "decided_on", "办结日期在期内、从上报到办结"),
    *waited("answer", "回复环节", "decided_on", "replied_on", "回复日期在期内、从办结到回复"),
)
