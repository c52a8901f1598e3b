"""What each person has to do with cases: to accept, assign, take, handle, reply; and what runs late.

A case is for the handler it is given to; where nobody with an account stands behind it, for all who
may handle cases in its unit, so that none is on nobody's list.
"""

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from portal.worklists import Worklist, register
from servicecenter.enums.cases import CaseState, Light
from servicecenter.models import Agent, Case, CaseMaterial, CasePartner
from servicecenter.selectors.clock import light_of, with_light
from servicecenter.workflow import CLERK, HANDLER, RUNNING, STREET

S = CaseState
SLUG = "cases"


def cases_in(units, *states):
    rows = Case.objects.kept().filter(unit__in=units, state__in=states)
    related = ("item__item", "unit", "resident", "outsider")
    return rows.select_related(*related).order_by(F("due_on").asc(nulls_last=True), "pk")


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


def of_case(code, title, permission, rows, due=due, for_user=of_handler) -> Worklist:
    return Worklist(
        f"servicecenter.{code}", title, permission, rows, SLUG, str, due, for_user=for_user,
        address=page_of, all_of_them=all_cases,
    )  # fmt: skip


def supplement_over(units):
    """补正 that nobody brought within its time."""
    return cases_in(units, S.SUPPLEMENT).filter(supply_by__lt=timezone.localdate())


def late_or_near(units):
    """Yellow and red cases."""
    rows = with_light(cases_in(units, *sorted(RUNNING)), timezone.localdate())
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


def page_of_case(record) -> str:
    return page_of(record.case)


register(
    of_case(
        "to_accept", "待受理的申请", CLERK, lambda units: cases_in(units, S.REGISTERED),
        for_user=of_clerk,
    ),
    of_case("supplement_over", "补正期限已过", CLERK, supplement_over, supply, of_clerk),
    of_case(
        "to_assign", "待派办", CLERK, lambda units: cases_in(units, S.ACCEPTED), for_user=of_clerk
    ),
    of_case("to_take", "待我接办", HANDLER, lambda units: cases_in(units, S.ASSIGNED)),
    of_case("to_handle", "我在办理", HANDLER, lambda units: cases_in(units, S.HANDLING)),
    of_case("late_or_near", "我的临期和超期办件", HANDLER, late_or_near),
    of_case(
        "at_street", "待街道收件和办结", STREET,
        lambda units: cases_in(units, S.SENT_UP, S.AT_STREET), for_user=lambda rows, user: rows,
    ),
    of_case(
        "to_reply", "已办结，待回复申请人", CLERK, lambda units: cases_in(units, S.DECIDED),
        decided, of_clerk,
    ),
    Worklist(
        "servicecenter.to_co_handle", "待我协办", HANDLER, co_handled, SLUG,
        lambda each: f"{each.case}：{each.station}", lambda each: f"{each.asked_on} 起",
        address=page_of_case, all_of_them=all_cases, for_user=of_partner,
    ),
    Worklist(
        "servicecenter.materials_late", "容缺材料逾期未补", CLERK, materials, SLUG,
        lambda each: f"{each.case}：{each.name}", lambda each: f"{each.due_on} 到期",
        address=page_of_case, all_of_them=all_cases,
        for_user=lambda rows, user: rows.filter(carried_by(user, "case__")),
    ),
)  # fmt: skip
