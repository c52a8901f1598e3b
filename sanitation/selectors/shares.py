"""The share of sanitation work in facts that several departments count (ADR 9)."""

from django.db.models import Q

from portal.ledgers.shares import ours
from portal.office.enums import RuleKind
from residents.enums import ActivityKind, ProblemKind, VisitMode

TAGS = ["sanitation"]
OURS = ours("sanitation")
CLEANUPS = OURS & Q(kind=ActivityKind.CLEANUP)
CONTESTS = OURS & Q(kind=ActivityKind.CONTEST)
STUDY_TOURS = OURS & Q(kind=ActivityKind.STUDY_TOUR)
PUBLICITY = OURS & Q(kind=ActivityKind.PUBLICITY)
HOT_SPOTS = OURS & Q(kind=ProblemKind.ENVIRONMENT)
CADRE_VISITS = OURS & Q(mode=VisitMode.HOME)
RULES = OURS & ~Q(kind=RuleKind.PACT)  # pacts of residents are told with the demonstration sites
