"""What residents sent in without signing in and nobody has taken up yet."""

from portal.intake.states import IntakeState
from portal.worklists import Group, Worklist, register, stepping
from servicecenter.enums.public import LetterKind
from servicecenter.models import Letter
from servicecenter.workflow import CLERK


def sent(kind):
    def rows(units):
        found = Letter.objects.kept().filter(unit__in=units, kind=kind, state=IntakeState.SENT)
        return found.defer("files").select_related("unit").order_by("recorded_at", "pk")

    return rows


def came(letter) -> str:
    return f"{letter.occurred_on} 收到"


register(
    Worklist(
        "servicecenter.online_applications", "网上申请待处理", CLERK,
        sent(LetterKind.APPLICATION), "online-applications", lambda row: row.item_name, came,
        group=Group.DECIDE, act=stepping("办理", "letter-take"),
    ),
    Worklist(
        "servicecenter.online_questions", "网上提问待处理", "servicecenter.view",
        sent(LetterKind.QUESTION), "online-questions", lambda row: "居民提问", came,
        group=Group.MEND, act=stepping("上墙答复", "letter-wall"),
    ),
)  # fmt: skip
