"""What each step asks beyond state, permission and day; a refusal names the field and the remedy."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from portal.office.models import Station
from portal.scope import Denied, above
from servicecenter.enums.cases import HandOverAnswer, Outcome, PauseReason
from servicecenter.enums.catalogue import CaseKind
from servicecenter.models import Agent, Case, CaseHandOver
from servicecenter.workflow import FINISHED, ON

DAYS_OF_STEPS = (
    *("accepted_on", "told_on", "turned_away_on", "sent_up_on", "street_received_on"),
    *("extended_on", "decided_on", "replied_on", "archived_on", "reopened_on"),
)
BY_LAW = 10  # working days that a statutory time limit may be extended by (行政许可法第四十二条)
NOT_GONE_ON = ("refused", "cancelled")  # parts of a request that were never accepted
MATERIALS_WAIVED = (Outcome.WITHDRAWN, Outcome.ENDED)  # nobody hands in what is no longer needed


def fits(case: Case, name: str) -> bool:
    """Whether to offer the step at all: what the case's kind never takes is no button."""
    if name == "at_once":
        return case.kind == CaseKind.ON_SPOT
    if name == "extend":
        return not case.extended_days
    if name == "supplement":
        return case.told_on is None
    if name == "reopen":
        return case.replied_on is not None and timezone.localdate() <= reopen_until(case)
    return True


def check(case: Case, name: str, values: dict, day: date, by) -> None:
    """Raise ValidationError or Denied where the step cannot be taken with this case."""
    guard = GUARDS.get(name)
    if guard:
        guard(case, values, day, by)


def reopen_until(case: Case) -> date:
    """The last day on which the case may be taken up again."""
    return case.replied_on + timedelta(days=settings.CASE_REOPEN_DAYS)


# --- before acceptance ------------------------------------------------------------------------------


def _accept(case, values, day, by):
    missing = case.given.filter(deleted_at__isnull=True, given_on=None, due_on=None)
    names = list(missing.values_list("name", flat=True))
    if names:
        raise ValidationError(
            f"还缺{'、'.join(names)}：请先补收，能容缺的填补交期限，或一次性告知申请人补正。"
        )
    check_agent(case, values.get("agent"), "agent", day)


def _at_once(case, values, day, by):
    if case.kind != CaseKind.ON_SPOT:
        raise ValidationError("只有即办件可以当场办结，其他办件请先受理。")
    _accept(case, values, day, by)
    _check_outcome(values["outcome"])
    _check_parts(case)


def _supplement(case, values, day, by):
    if case.told_on is not None:
        raise ValidationError("已经一次性告知过，不能再次要求补正（行政许可法第三十二条）。")
    if values["supply_by"] < day:
        raise ValidationError({"supply_by": "补正期限不能早于告知日期。"})


# --- hands ------------------------------------------------------------------------------------------


def units_of_stations(case: Case) -> set[int]:
    """The case's own unit and those above it."""
    return {case.unit_id} | above([case.unit_id])


def stations_for(case: Case, day: date):
    """Where the case may be handed to: stations of its unit and of its street, in force on the day."""
    open_or_later = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    rows = Station.objects.kept().filter(unit__in=units_of_stations(case), starts_on__lte=day)
    return rows.filter(open_or_later)


def agents_for(case: Case, day: date):
    """Who may carry or handle the case: people of its unit and of its street, in office on the day."""
    open_or_later = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    rows = Agent.objects.kept().filter(unit__in=units_of_stations(case), starts_on__lte=day)
    return rows.filter(open_or_later)


def check_agent(case, agent, name: str, day):
    if agent is not None and not agents_for(case, day).filter(pk=agent.pk).exists():
        raise ValidationError({name: "所选的人员不在本单位或所属街道，或当天不在任。"})


def _hand_over(case, values, day, by):
    station, handler = values["station"], values.get("handler")
    if not stations_for(case, day).filter(pk=station.pk).exists():
        raise ValidationError({"station": "请选择本单位或所属街道在用的站所。"})
    check_agent(case, handler, "handler", day)
    if handler is not None and handler.station_id not in (None, station.pk):
        raise ValidationError({"handler": "所选的承办人不在这个站所。"})


def _transfer(case, values, day, by):
    _hand_over(case, values, day, by)
    handler = values.get("handler")
    if values["station"].pk == case.station_id and (
        handler is None or handler.pk == case.handler_id
    ):
        raise ValidationError({"station": "这件已由这个站所承办，请选择别的站所或承办人。"})


def waiting_hand_over(case: Case) -> CaseHandOver | None:
    """The offer that nobody has answered yet."""
    rows = case.hand_overs.filter(answer=HandOverAnswer.WAITING, deleted_at__isnull=True)
    return rows.select_related("from_station", "from_handler").first()


def is_offered_to(case: Case, user) -> bool:
    """Whether the case is offered to this account: in person, to its station, or to nobody by name.
    Somebody without an account of their own is answered for by whoever may handle."""
    if case.handler_id is None or case.handler.user_id in (None, user.pk):
        return True
    own = Agent.objects.in_force(timezone.localdate()).filter(user=user)
    return own.filter(station__isnull=False, station=case.station_id).exists()


def _answer(case, values, day, by):
    if not is_offered_to(case, by):
        raise Denied(f"这件派给了{case.station}的{case.handler}，请由接办人本人或其站所答复。")


def _take(case, values, day, by):
    _answer(case, values, day, by)
    handler = values.get("handler")
    check_agent(case, handler, "handler", day)
    if handler is not None and handler.station_id not in (None, case.station_id):
        raise ValidationError({"handler": "所选的承办人不在承办站所。"})


# --- the clock --------------------------------------------------------------------------------------


def _pause(case, values, day, by):
    labels = {"reason": "请选择挂起原因。", "evidence": "请填写依据，如公示编号、评定委托书。"}
    missing = {name: text for name, text in labels.items() if not values.get(name)}
    if missing:
        raise ValidationError(missing)
    if values["reason"] not in PauseReason:
        raise ValidationError({"reason": labels["reason"]})
    if len(values["evidence"]) > 200:
        raise ValidationError({"evidence": "依据最多 200 个字。"})
    ended = case.pauses.filter(deleted_at__isnull=True, ends_on__gt=day)
    if ended.exists():
        raise ValidationError({ON: "这一天已经挂起过，请核对日期。"})


def _extend(case, values, day, by):
    if case.extended_days:
        raise ValidationError("每件只能延期一次，这件已经延过。")
    if case.due_on and day > case.due_on:
        raise ValidationError(f"承诺办结日期{case.due_on}已过，不能再延期。")
    days = values["extended_days"]
    if days < 1:
        raise ValidationError({"extended_days": "至少延长 1 个工作日。"})
    if case.legal_days is not None and case.promised_days + days > case.legal_days + BY_LAW:
        most = case.legal_days + BY_LAW - case.promised_days
        raise ValidationError(
            {"extended_days": f"法定时限{case.legal_days}个工作日，最多可延长{most}个工作日。"}
        )


# --- the end ----------------------------------------------------------------------------------------


def _check_outcome(outcome: str) -> None:
    if outcome == Outcome.WITHDRAWN:
        raise ValidationError({"outcome": "申请人撤回的，请办理“申请人撤回”。"})


def unfinished_parts(case: Case) -> int:
    """The further items of the same request that are still open."""
    over = sorted(FINISHED | set(NOT_GONE_ON))
    return case.parts.filter(deleted_at__isnull=True).exclude(state__in=over).count()


def _check_parts(case):
    if count := unfinished_parts(case):
        raise ValidationError(f"同一次申请还有 {count} 项没有办结，办完才能办结主办件。")


def _check_partners(case, outcome):
    waiting = case.partners.filter(deleted_at__isnull=True, done_on__isnull=True)
    if outcome in (Outcome.GRANTED, Outcome.DENIED) and (names := list(waiting[:5])):
        told = "、".join(str(partner.station) for partner in names)
        raise ValidationError(f"{told}的协办还没有完成，请先填写协办意见。")


def _decide(case, values, day, by):
    if case.kind == CaseKind.SENT_UP and values["outcome"] != Outcome.ENDED:
        raise ValidationError({"outcome": "上报件须上报街道，由街道办结；在社区只能终止。"})
    _approve(case, values, day, by)


def _approve(case, values, day, by):
    _check_outcome(values["outcome"])
    _check_parts(case)
    _check_partners(case, values["outcome"])


def _withdraw(case, values, day, by):
    _check_parts(case)


def _reply(case, values, day, by):
    check_agent(case, values.get("agent"), "agent", day)


def _archive(case, values, day, by):
    late = case.given.filter(deleted_at__isnull=True, given_on__isnull=True)
    names = list(late.values_list("name", flat=True)[:5])
    if names and case.outcome not in MATERIALS_WAIVED:
        raise ValidationError(f"还有容缺的材料没有补交：{'、'.join(names)}，补齐后再归档。")
    if count := unfinished_parts(case):
        raise ValidationError(f"同一次申请还有 {count} 项没有办结，不能归档。")


def _reopen(case, values, day, by):
    until = reopen_until(case)
    if day > until:
        raise ValidationError(
            f"回复后{settings.CASE_REOPEN_DAYS}天内可以重新办理，{until}已过，请另行登记。"
        )
    if case.parent_id and case.parent.state in FINISHED:
        raise ValidationError("主办件已经办结，请先重新办理主办件。")


GUARDS = {
    "accept": _accept,
    "at_once": _at_once,
    "supplement": _supplement,
    "assign": _hand_over,
    "transfer": _transfer,
    "take": _take,
    "return": _answer,
    "pause": _pause,
    "extend": _extend,
    "decide": _decide,
    "approve": _approve,
    "withdraw": _withdraw,
    "reply": _reply,
    "archive": _archive,
    "reopen": _reopen,
}
