"""What each person has to do with cases: to accept, assign, take, handle, reply; and what runs late.

A case is for the handler it is given to; where nobody with an account stands behind it, for all who
may handle cases in its unit, so that none is on nobody's list.
"""

from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from portal.worklists import Act, Group, Term, Worklist, everyones, register, stepping
from servicecenter.enums.cases import CaseState, Light
from servicecenter.models import Agent, Case, CaseMaterial, CasePartner, CaseStep
from servicecenter.selectors.clock import light_of, with_light
from servicecenter.workflow import CLERK, HANDLER, RUNNING, STREET

S = CaseState
SLUG = "cases"
AGAIN = ("send_back", "reopen")  # steps by which a case is on one's table once more


def cases_in(units, *states):
    rows = Case.objects.kept().filter(unit__in=units, state__in=states)
    related = ("item__item", "unit", "resident", "outsider")
    return rows.select_related(*related).order_by(F("due_on").asc(nulls_last=True), "pk")


def last_step(rows):
    """The cases with what was done with each last."""
    steps = CaseStep.objects.filter(case=OuterRef("pk")).order_by("-recorded_at", "-pk")
    return rows.annotate(last_step=Coalesce(Subquery(steps.values("action")[:1]), Value("")))


def with_account():
    """Who is in office today and signs in."""
    return Agent.objects.in_force(timezone.localdate()).filter(user__isnull=False)


def handled_by(user, path: str = "") -> Q:
    """Cases at ``path`` that are this user's to handle."""
    known = with_account().filter(station=OuterRef(f"{path}station"))
    mine = Q(**{f"{path}handler__user": user})
    at_station = Exists(known.filter(user=user))
    nobodys = nobody(f"{path}handler")
    return mine | (nobodys & (Q(at_station) | ~Q(Exists(known))))


def nobody(path: str) -> Q:
    """Where nobody is named, or one without an account, or who has left."""
    gone = Q(**{f"{path}__ends_on__lt": timezone.localdate()})
    return Q(**{f"{path}__user__isnull": True}) | gone


def carried_by(user, path: str = "") -> Q:
    """Cases at ``path`` that are this user's to carry as 代办员, or nobody's in particular."""
    return Q(**{f"{path}agent__user": user}) | nobody(f"{path}agent")


def handling(user) -> Q:
    """What the user is named for as the handler."""
    return Q(handler__user=user)


def carrying(user) -> Q:
    return Q(agent__user=user)


def of_handler(rows, user):
    return rows.filter(handled_by(user))


def of_clerk(rows, user):
    return rows.filter(carried_by(user))


def due(case) -> str:
    """The light and the day, in words."""
    light = light_of(case, timezone.localdate())
    if light == Light.STOPPED:
        return "停钟"
    if light is None or light == Light.GREEN:
        return f"{case.due_on} 到期" if case.due_on else f"{case.occurred_on} 申请"
    return f"{light.label}，{case.due_on} 到期"


def decided(case) -> str:
    return f"{case.decided_on} 办结"


def supply(case) -> str:
    return f"补正期限 {case.supply_by}"


def page_of(case) -> str:
    return reverse("ledger-detail", args=[SLUG, case.pk])


def all_cases() -> str:
    return reverse("ledger-list", args=[SLUG])


def of_case(code, title, permission, rows, *, step=None, due=due, for_user=of_handler, **more):
    """A list of cases, due by their promised day; ``step`` is the one that is to be taken."""
    known = {
        "day": "due_on",
        "term": Term.WORKDAYS,
        "act": step and stepping(step[0], "case-act", step[1]),
        "own": handling if for_user is of_handler else carrying,
    }
    return Worklist(
        f"servicecenter.{code}", title, permission, rows, SLUG, str, due, for_user=for_user,
        address=page_of, all_of_them=all_cases, **known | more,
    )  # fmt: skip


def supplement_over(units):
    """补正 that nobody brought within its time."""
    return cases_in(units, S.SUPPLEMENT).filter(supply_by__lt=timezone.localdate())


def late_or_near(units):
    """Yellow and red cases that lie with the street; the handler's others stand in their own lists."""
    rows = with_light(cases_in(units, S.SENT_UP, S.AT_STREET), timezone.localdate())
    return rows.filter(light__in=[Light.YELLOW, Light.RED])


def materials(units):
    """容缺 that was not made up for in time, of cases that are not over."""
    rows = CaseMaterial.objects.kept().filter(
        unit__in=units,
        given_on__isnull=True,
        due_on__lt=timezone.localdate(),
        case__deleted_at__isnull=True,
        case__state__in=sorted({*RUNNING, S.DECIDED}),
    )
    return rows.select_related("case__item__item", "unit").order_by("due_on", "pk")


def co_handled(units):
    """Stations that were asked to handle along and have not given their opinion."""
    rows = CasePartner.objects.kept().filter(
        unit__in=units,
        done_on__isnull=True,
        case__deleted_at__isnull=True,
        case__state__in=sorted(RUNNING),
    )
    return rows.select_related("case__item__item", "station", "unit").order_by("asked_on", "pk")


def of_partner(rows, user):
    """The co-handler's own, those of the user's station, or nobody's in particular."""
    known = with_account().filter(station=OuterRef("station"))
    at_station = Exists(known.filter(user=user))
    nobodys = nobody("handler") & (Q(at_station) | ~Q(Exists(known)))
    return rows.filter(Q(handler__user=user) | nobodys)


def opinion_page(partner) -> str:
    return reverse("case-opinion", args=[partner.case_id, partner.pk])


def material_page(material) -> str:
    return reverse("case-material", args=[material.case_id, material.pk])


def page_of_case(record) -> str:
    return page_of(record.case)


register(
    of_case(
        "to_accept", "待受理的申请", CLERK, lambda units: cases_in(units, S.REGISTERED),
        step=("受理", "accept"), for_user=of_clerk,
    ),
    of_case(
        "supplement_over", "补正期限已过", CLERK, supplement_over, due=supply, for_user=of_clerk,
        day="supply_by", term=Term.DAYS, step=("受理", "accept"),
    ),
    of_case(
        "given_back", "站所退回、要重新派办", CLERK,
        lambda units: last_step(cases_in(units, S.ACCEPTED)).filter(last_step="return"),
        step=("派办", "assign"), for_user=of_clerk, group=Group.BACK,
    ),
    of_case(
        "to_assign", "待派办", CLERK,
        lambda units: last_step(cases_in(units, S.ACCEPTED)).exclude(last_step="return"),
        step=("派办", "assign"), for_user=of_clerk,
    ),
    of_case(
        "sent_back", "街道退回和重新办理的办件", HANDLER,
        lambda units: last_step(cases_in(units, S.HANDLING)).filter(last_step__in=AGAIN),
        step=("办结", "decide"), group=Group.BACK,
    ),
    of_case(
        "to_take", "待我接办", HANDLER, lambda units: cases_in(units, S.ASSIGNED),
        step=("接办", "take"),
    ),
    of_case(
        "to_handle", "我在办理", HANDLER,
        lambda units: last_step(cases_in(units, S.HANDLING)).exclude(last_step__in=AGAIN),
        step=("办结", "decide"),
    ),
    of_case(
        "late_or_near", "已上报街道，临期或超期的办件", HANDLER, late_or_near,
        act=Act("看进度", page_of),
    ),
    of_case(
        "paused", "挂起的办件", HANDLER, lambda units: cases_in(units, S.PAUSED),
        step=("恢复办理", "resume"), group=Group.MEND,
    ),
    of_case(
        "to_receive", "待街道收件", STREET, lambda units: cases_in(units, S.SENT_UP),
        step=("收件", "receive"), for_user=everyones, own=None, group=Group.DECIDE,
    ),
    of_case(
        "at_street", "待街道办结", STREET, lambda units: cases_in(units, S.AT_STREET),
        step=("办结", "approve"), for_user=everyones, own=None, group=Group.DECIDE,
    ),
    of_case(
        "to_reply", "已办结，待回复申请人", CLERK, lambda units: cases_in(units, S.DECIDED),
        step=("回复", "reply"), due=decided, for_user=of_clerk, day="",
    ),
    Worklist(
        "servicecenter.to_co_handle", "待我协办", HANDLER, co_handled, SLUG,
        lambda each: f"{each.case}：{each.station}", lambda each: f"{each.asked_on} 起",
        address=page_of_case, all_of_them=all_cases, for_user=of_partner, group=Group.ASKED,
        act=Act("填写意见", opinion_page), own=handling,
    ),
    Worklist(
        "servicecenter.materials_late", "容缺材料超期未补", CLERK, materials, SLUG,
        lambda each: f"{each.case}：{each.name}", lambda each: f"{each.due_on} 到期",
        address=page_of_case, all_of_them=all_cases,
        for_user=lambda rows, user: rows.filter(carried_by(user, "case__")),
        day="due_on", act=Act("补收", material_page), own=lambda user: Q(case__agent__user=user),
    ),
)  # fmt: skip
