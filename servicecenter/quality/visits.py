"""What is missing in 民情走访, and in learning sessions."""

from django.db.models import Q

from portal.quality import register
from portal.quality.family import kept
from residents.enums import ActivityKind
from residents.models import Activity, Visit
from servicecenter.figures.shared import OURS
from servicecenter.figures.visits import FOLK
from servicecenter.quality.base import rule

LEARNING = Q(kind__in=[ActivityKind.MEETING, ActivityKind.TRAINING])


def unchecked(units):
    """No item of a checklist was ticked, or the visit was recorded as an ordinary one."""
    return kept(Visit, units).filter(FOLK).filter(Q(folk__isnull=True) | Q(folk__known=0))


def uncounted(units):
    return kept(Activity, units).filter(OURS & LEARNING, participants__isnull=True)


register(
    rule(
        "folk_checklist", "民情走访没有勾选清单", "走访清单完成率会偏低。", "folk-visits", unchecked
    ),
    rule(
        "learning_people", "为民服务学习培训没有参加人次", "学习培训人次会少。", "agency-learning",
        uncounted, field="participants",
    ),
)  # fmt: skip
