"""Enforcement, clean-ups, contests, hot spots, cadres' visits and plans of sanitation work; call inside
``acting``."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from portal.office.models import (
    Campaign,
    IncomingDocument,
    PolicyDocument,
    Post,
    PostHolder,
    Rule,
    Station,
    WorkPlan,
    WorkTask,
)
from residents.enums import ActivityKind, ProblemKind, VisitPurpose
from residents.models import Activity, Problem, Visit
from sanitation.enums.enforcement import Handling, TargetKind
from sanitation.models import (
    CleanupDetail,
    EnforcementAction,
    EnforcementItem,
    EnforcementOperation,
)
from tests.factories import people, services, shared

DAY = date(2025, 5, 26)
TAGS = ["sanitation"]


def operation(unit, name="集镇环境综合整治", **fields) -> EnforcementOperation:
    return EnforcementOperation.objects.create(
        unit=unit, name=name, **{"starts_on": date(2025, 5, 1)} | fields
    )


def action(unit, day=DAY, **fields) -> EnforcementAction:
    fields = {"title": "违章广告和店外经营整治", "roads": "S207、春垅公路", "people": 26} | fields
    return EnforcementAction.objects.create(unit=unit, occurred_on=day, **fields)


def item(of: EnforcementAction, kind=TargetKind.WINDOW_SHOP, quantity=9, **fields):
    fields = {"handling": Handling.CLOSED} | fields
    return EnforcementItem.objects.create(
        unit=of.unit, action=of, occurred_on=of.occurred_on, kind=kind, quantity=quantity, **fields
    )


def event(unit, kind, day=DAY, **fields) -> Activity:
    return shared.activity(
        unit, day, **{"kind": kind, "domains": TAGS, "participants": 40} | fields
    )


def cleanup(unit, day=DAY, title="春季大扫除", **fields) -> Activity:
    return event(unit, ActivityKind.CLEANUP, day, title=title, **fields)


def detail(activity, **fields) -> CleanupDetail:
    fields = {
        "scopes": ["road", "water"],
        "vehicles": 4,
        "tonnes": Decimal("12.340"),
        "spots": 7,
    } | fields
    return CleanupDetail.objects.create(
        unit=activity.unit, activity=activity, occurred_on=activity.occurred_on, **fields
    )


def hot_spot(unit, day=DAY, **fields) -> Problem:
    fields = {"title": "河边垃圾成堆", "kind": ProblemKind.ENVIRONMENT, "domains": TAGS} | fields
    return services.problem(unit, day, **{"owner": "彭主任"} | fields)


def cadre_visit(person, day=DAY, **fields) -> Visit:
    fields = {
        "purposes": [VisitPurpose.WASTE_SORTING],
        "content": "讲解四分类。",
        "domains": TAGS,
    } | fields
    return shared.visit(person, day, **fields)


def plan(unit, title="2026 年环境卫生工作计划", year=2026, **fields) -> WorkPlan:
    fields = {
        "starts_on": date(year, 1, 1),
        "ends_on": date(year, 12, 31),
        "domains": TAGS,
    } | fields
    return WorkPlan.objects.create(unit=unit, title=title, **fields)


def task(of: WorkPlan, title="推行垃圾收费", **fields) -> WorkTask:
    fields = {"owner": "城管办", "starts_on": of.starts_on, "due_on": of.ends_on} | fields
    return WorkTask.objects.create(unit=of.unit, plan=of, title=title, **fields)


def rule(unit, title="常规巡查计入季度检查", **fields) -> Rule:
    fields = {"starts_on": date(2025, 1, 1), "domains": TAGS} | fields
    return Rule.objects.create(unit=unit, title=title, **fields)


def document(unit, **fields) -> PolicyDocument:
    fields = {
        "title": "春华街道环境治理工作方案",
        "number": "春治发〔2025〕3号",
        "kind": "plan",
        "occurred_on": date(2025, 2, 20),
        "starts_on": date(2025, 1, 1),
        "ends_on": date(2026, 12, 31),
        "domains": TAGS,
    } | fields
    return PolicyDocument.objects.create(unit=unit, **fields)


def station(unit, name="城管办公室", **fields) -> Station:
    fields = {
        "kind": "station",
        "starts_on": date(2025, 3, 1),
        "document": "2025 年小城镇管理工作要点",
        "duties": "统筹“三点一线”环境卫生",
        "domains": TAGS,
    } | fields
    return Station.objects.create(unit=unit, name=name, **fields)


def holder(of: Station, person="周建华") -> PostHolder:
    post = Post.objects.create(
        unit=of.unit, title="城管队员", station=of, starts_on=of.starts_on, domains=TAGS
    )
    return PostHolder.objects.create(unit=of.unit, post=post, person=person, starts_on=of.starts_on)


def campaign(unit, **fields) -> Campaign:
    fields = {
        "name": "城乡环境卫生整洁行动",
        "rank": "district",
        "grantor": "县委、县政府",
        "starts_on": date(2025, 1, 1),
        "domains": TAGS,
    } | fields
    return Campaign.objects.create(unit=unit, **fields)


def one_of_each(person) -> dict:
    """A row for each ledger of this part of sanitation work."""
    unit = person.unit
    whole = operation(unit, ends_on=date(2025, 12, 31), basis="街道整治方案", goal="长效管理")
    once = action(unit, operation=whole, units="城管办、派出所", vehicles=3, note="第一行\n第二行")
    thing = item(
        once,
        area=Decimal("1320.50"),
        handling=Handling.ORDERED,
        road="S207",
        target="甲门窗店",
        document="城管〔2025〕1号",
        rechecked_on=date(2025, 6, 2),
        recheck="已整改",
    )
    cleaned = cleanup(unit, ends_on=DAY + timedelta(days=2), parties=3, place="全村")
    detail(cleaned)
    offices, papers = station(unit), plan(unit)
    found = {
        "enforcement-operations": whole,
        "enforcement-actions": once,
        "enforcement-items": thing,
        "cleanups": cleaned,
        "contests": event(unit, "contest", title="环保法知识竞赛", parties=6),
        "study-tours": event(unit, "study_tour", title="考察垃圾分类", place="白沙、开慧"),
        "sanitation-publicity": event(unit, "publicity", title="百日宣传", parties=9),
        "hot-spots": hot_spot(unit),
        "cadre-visits": cadre_visit(person),
        "sanitation-campaigns": campaign(unit),
        "sanitation-documents": document(unit),
        "sanitation-incoming": IncomingDocument.objects.create(
            unit=unit,
            title="关于开展整洁行动的通知",
            sender="县生态办",
            occurred_on=DAY,
            domains=TAGS,
        ),
        "sanitation-rules": rule(unit),
        "sanitation-stations": offices,
        "sanitation-staff": (who := holder(offices)),
        "sanitation-posts": who.post,
        "sanitation-plans": papers,
        "sanitation-tasks": task(papers),
    }
    return found


# --- what breaks a rule of quality ------------------------------------------------------------------
def _fresh(unit, **fields) -> EnforcementAction:
    return action(unit, timezone.localdate() - timedelta(days=40), **fields)


def _with_item(unit, kind=TargetKind.STALL, **fields):
    return item(_fresh(unit), kind, **fields)


def outside(unit) -> EnforcementAction:
    row = action(unit, operation=operation(unit, starts_on=DAY + timedelta(days=1)))
    item(row, TargetKind.STALL)
    return row


def complete_cleanup(unit, **fields) -> Activity:
    row = cleanup(unit, **fields)
    detail(row)
    return row


def home_of(unit, name="覃秀英"):
    person = people.resident(unit, name, phone="13800000001", address="春华路 8 号")
    people.member(people.household(unit, "9-901"), person)
    return person


def unnoted(unit) -> Visit:
    return cadre_visit(home_of(unit), content="")


def without_people(unit) -> EnforcementAction:
    row = action(unit, people=None)
    item(row, TargetKind.STALL)
    return row


def solved(unit, **fields) -> Problem:
    fields = {"closed_on": DAY + timedelta(days=5), "result": "已清运"} | fields
    return hot_spot(unit, state="solved", **fields)


BROKEN = {
    "sanitation.enforcement_items": action,
    "sanitation.enforcement_people": without_people,
    "sanitation.enforcement_outside": outside,
    "sanitation.enforcement_area_of_uncounted": lambda unit: _with_item(unit, area=Decimal(5)),
    "sanitation.enforcement_without_area": lambda unit: _with_item(unit, TargetKind.SIGNBOARD),
    "sanitation.enforcement_document": lambda unit: _with_item(unit, handling=Handling.FINED),
    "sanitation.enforcement_recheck": lambda unit: _with_item(unit, handling=Handling.ORDERED),
    "sanitation.cleanup_detail": cleanup,
    "sanitation.cleanup_participants": lambda unit: complete_cleanup(unit, participants=None),
    "sanitation.contest_participants": lambda unit: event(unit, "contest", participants=None),
    "sanitation.tour_participants": lambda unit: event(
        unit, "study_tour", participants=None, place="白沙"
    ),
    "sanitation.tour_place": lambda unit: event(unit, "study_tour"),
    "sanitation.hot_spot_owner": lambda unit: hot_spot(unit, owner=""),
    "sanitation.hot_spot_reply": solved,
    "sanitation.cadre_visit_content": unnoted,
    "sanitation.task_outside_plan": lambda unit: task(plan(unit), starts_on=date(2025, 10, 1)),
}
