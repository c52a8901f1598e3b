"""Whether a user may take a step of an ask or an answer; buttons and services ask the same."""

from portal.asks.workflow import ANSWER, ANSWERS, ASK
from portal.figures import figures
from portal.figures.links import permitted
from portal.models import Ask, AskAnswer
from portal.scope import Denied, access_of

NOT_SEEN = "您看不到“{label}”所统计的记录，不能核对这些数字；请由能看到的工作人员答复。"


def check_figures(user, codes, units) -> None:
    """Raise Denied unless the user sees all figures of all these units."""
    access = access_of(user)
    for unit in units:
        access.check("figures.view", unit)
        for code in codes:
            if code not in figures:
                raise Denied(
                    f"“{code}”这项指标已停用，不能再核对；请发出要数的单位收回后重新要数。"
                )
            if not access.may(figures[code].permission, unit):
                raise Denied(NOT_SEEN.format(label=figures[code].label))


def seen_figures(user, codes, units) -> list[str]:
    """Those of the figures whose numbers the user may see of all these units, in their order; none that is
    declared no more."""
    access, units = access_of(user), frozenset(units)
    known = (code for code in codes if code in figures)
    return [code for code in known if units <= permitted(access, figures[code])]


def check_ask_step(user, ask: Ask, name: str) -> None:
    step = ASK.steps[name]
    access_of(user).check(step.who, ask.unit_id)
    if ask.state not in step.sources:
        raise Denied(f"这次要数现在是“{ask.get_state_display()}”，不能{step.label}。")


def check_answer_step(user, answer: AskAnswer, name: str) -> None:
    """Raise Denied unless the user may take the step of ``workflow.ANSWER`` now."""
    step, ask = ANSWER.steps[name], answer.ask
    place = answer.unit_id if step.who == ANSWERS else ask.unit_id
    access_of(user).check(step.who, place)
    if not ask.is_open:
        raise Denied(f"这次要数{ask.get_state_display()}，不再办理。")
    if answer.state not in step.sources:
        raise Denied(f"现在是“{answer.get_state_display()}”，不能{step.label}。")
    if name == "confirm":
        check_figures(user, ask.figures, [answer.unit_id])


def may_take(user, answer: AskAnswer, name: str) -> bool:
    try:
        check_answer_step(user, answer, name)
    except Denied:
        return False
    return True


def steps_open_to(user, answer: AskAnswer) -> list[str]:
    return [name for name in ANSWER.steps if name != "reuse" and may_take(user, answer, name)]


def ask_steps_open_to(user, ask: Ask) -> list[str]:
    may = access_of(user).may
    return [name for name, step in ASK.steps_from(ask.state).items() if may(step.who, ask.unit_id)]
