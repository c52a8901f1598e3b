"""督办 to be answered, bad ratings to be called back and made good, and what waits for review."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from portal.scope import access_of
from portal.worklists import Act, Group, Term, Worklist, register, stepping
from servicecenter.enums.loops import (
    CLERK,
    HANDLER,
    OF_CLERKS,
    REDRESS_OPEN,
    SUPERVISOR,
)
from servicecenter.enums.ratings import RedressState
from servicecenter.enums.supervision import SupervisionLevel, SupervisionState
from servicecenter.models import Redress, RedressStep, Supervision
from servicecenter.worklists.cases import carried_by, handled_by

L, R, S = SupervisionLevel, RedressState, SupervisionState
OURS = "servicecenter.view"
TO_REVIEW = (R.REVIEW, R.APPEALED)
NEXT = {
    R.CALLING: "call",
    R.REMEDY: "remedy",
    R.FEEDBACK: "feed_back",
    R.REVIEW: "pass",
    R.APPEALED: "uphold",
}


def waiting(units):
    rows = Supervision.objects.kept().filter(unit__in=units, state=S.WAITING)
    return rows.select_related("case__item__item", "unit").order_by("reply_by", "pk")


def mine_to_answer(rows, user):
    """Of the window what the window left undone, of handlers their cases; of heads what came up."""
    access = access_of(user)
    own = Q(pk__in=[])
    at_handler = Q(level=L.HANDLER)
    if units := access.units(HANDLER):
        own |= (
            at_handler & ~Q(trigger__in=OF_CLERKS) & Q(unit__in=units) & handled_by(user, "case__")
        )
    if units := access.units(CLERK):
        own |= at_handler & Q(trigger__in=OF_CLERKS, unit__in=units) & carried_by(user, "case__")
    if units := access.units(SUPERVISOR):
        own |= ~at_handler & Q(unit__in=units)
    return rows.filter(own)


def answered(units):
    """Raised by hand and answered: is the answer good enough?"""
    rows = Supervision.objects.kept().filter(unit__in=units, state=S.ANSWERED, trigger="by_hand")
    return rows.select_related("case__item__item", "unit").order_by("replied_on", "pk")


def redresses(*states):
    def rows(units):
        found = Redress.objects.kept().filter(unit__in=units, state__in=states)
        return found.select_related("rating__case__item__item", "unit").order_by("due_on", "pk")

    return rows


def mine_to_redress(rows, user):
    return rows.filter(handled_by(user, "rating__case__"))


def others_to_review(rows, user):
    """Nobody reviews what they remedied, or judges their own appeal."""
    own = RedressStep.objects.filter(
        redress=OuterRef("pk"), recorded_by=user, action__in=("remedy", "appeal")
    )
    return rows.filter(~Exists(own))


def by(row) -> str:
    return f"{row.reply_by} 前答复" if row.reply_by else row.get_level_display()


def until(row) -> str:
    return f"{row.get_state_display()}，{row.due_on} 到期"


def next_step(record) -> str:
    """The page of the step that the state asks for."""
    return reverse("redress-step", args=[record.pk, NEXT[record.state]])


def redress(code, title, permission, states, for_user, label, group=Group.BACK) -> Worklist:
    return Worklist(
        f"servicecenter.{code}", title, permission, redresses(*states), "redresses",
        lambda row: str(row.rating), until, for_user=for_user, group=group, day="due_on",
        term=Term.WORKDAYS, act=Act(label, next_step),
    )  # fmt: skip


register(
    Worklist(
        "servicecenter.to_answer", "待答复的督办", OURS, waiting, "supervisions", str, by,
        for_user=mine_to_answer, group=Group.ASKED, day="reply_by", term=Term.WORKDAYS,
        act=stepping("答复", "supervision-step", "reply"),
    ),
    redress("to_call_back", "差评待回访", HANDLER, [R.CALLING], mine_to_redress, "回访"),
    redress(
        "to_redress", "差评整改待办", HANDLER, sorted({*REDRESS_OPEN} - {R.CALLING, *TO_REVIEW}),
        mine_to_redress, "整改",
    ),
    redress(
        "to_review", "差评整改待复核", SUPERVISOR, TO_REVIEW, others_to_review, "复核", Group.DECIDE,
    ),
    Worklist(
        "servicecenter.to_close", "督办已答复，待销号", SUPERVISOR, answered, "supervisions", str,
        lambda row: f"{row.replied_on} 答复", group=Group.DECIDE,
        act=stepping("销号", "supervision-step", "close"),
    ),
)  # fmt: skip
