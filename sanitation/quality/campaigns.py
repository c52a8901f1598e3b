"""What is wrong or missing in clean-ups, contests, study tours, hot spots, visits and plans."""

from django.db.models import Exists, F, OuterRef, Q

from portal.ledgers.shares import part_of
from portal.office.models import WorkTask
from portal.quality import Severity, register
from portal.quality.family import kept
from residents.enums import ProblemState
from residents.models import Activity, Problem, Visit
from sanitation.models import CleanupDetail
from sanitation.quality.base import rule
from sanitation.selectors.shares import CADRE_VISITS, CLEANUPS, CONTESTS, HOT_SPOTS, STUDY_TOURS

DETAILS = CleanupDetail.objects.kept().filter(activity=OuterRef("pk"))


def cleanup_without_detail(units):
    return kept(Activity, units).filter(CLEANUPS, ~Exists(DETAILS))


def without_participants(share):
    return lambda units: kept(Activity, units).filter(share, participants__isnull=True)


def tour_without_place(units):
    return kept(Activity, units).filter(STUDY_TOURS, place="")


def hot_spot_without_owner(units):
    unsettled = Q(closed_on__isnull=True)
    return kept(Problem, units).filter(HOT_SPOTS, unsettled, owner="")


def solved_without_reply(units):
    return kept(Problem, units).filter(
        HOT_SPOTS, state=ProblemState.SOLVED, replied_on__isnull=True
    )


def visit_without_content(units):
    return kept(Visit, units).filter(CADRE_VISITS, content="")


def task_before_plan(units):
    """“从今年四季度开始” in the plan of next year: the day does not fit the plan that it stands in."""
    ours = part_of("plan__domains", "sanitation")["where"]
    return kept(WorkTask, units).filter(
        ours,
        Q(starts_on__lt=F("plan__starts_on")) | Q(due_on__gt=F("plan__ends_on")),
        plan__deleted_at__isnull=True,
        cancelled_on__isnull=True,
    )


register(
    rule(
        "cleanup_detail", "集中清理没有清理成果", "清理范围、车辆和垃圾吨数会少。",
        "cleanups", cleanup_without_detail,
    ),
    rule(
        "cleanup_participants", "集中清理没有参加人次", "参加人次会少。",
        "cleanups", without_participants(CLEANUPS),
    ),
    rule(
        "contest_participants", "环卫竞赛没有参加人次", "参加人次会少。",
        "contests", without_participants(CONTESTS), field="participants",
    ),
    rule(
        "tour_participants", "外出学习考察没有参加人次", "考察人次会少。",
        "study-tours", without_participants(STUDY_TOURS), field="participants",
    ),
    rule(
        "tour_place", "外出学习考察没有地点", "总结要写明到哪里学习。",
        "study-tours", tour_without_place, field="place",
    ),
    rule(
        "hot_spot_owner", "未办结的环境卫生热点问题没有责任人", "没有人办，问题会拖下去。",
        "hot-spots", hot_spot_without_owner, Severity.MIDDLE, field="owner",
    ),
    rule(
        "hot_spot_reply", "环境卫生热点问题已解决、没有答复反映人", "请答复反映人并填写答复日期。",
        "hot-spots", solved_without_reply, field="replied_on",
    ),
    rule(
        "cadre_visit_content", "干部入户没有情况记录", "没有记录，入户排名没有依据。",
        "cadre-visits", visit_without_content, field="content",
    ),
    rule(
        "task_outside_plan", "环卫工作任务的日期不在计划时间内",
        "如把“今年四季度开始”的事写进了下一年的计划；请改日期，或移到应在的计划。",
        "sanitation-tasks", task_before_plan, Severity.HIGH,
    ),
)  # fmt: skip
