"""The share of disability work in the facts that several departments count."""

from django.db.models import Q
from django.urls import reverse

from portal.ledgers import MORE, Action, register
from portal.ledgers.shares import ours
from portal.scope import access_of
from residents.enums import ActivityKind, ApplicationKind
from residents.ledgers.facts import (
    ActivityLedger,
    ApplicationLedger,
    AssistanceLedger,
    ParticipationLedger,
    VisitLedger,
)

OURS = ours("disability")

# Sections of the menu that these ledgers stand in.
NETWORK, MANAGEMENT, PUBLICITY = "助残网络", "计划与创建", "宣传与帮扶"


class OurShare:
    """A shared fact seen from disability work: only its rows, recorded as its own."""

    domain = "disability"
    where = OURS
    preset = {"domains": ["disability"]}


class OurFact(OurShare):
    """A fact of the network or of publicity; the departments that it counts for are folded away."""

    quick = False
    section = NETWORK


@register
class DisabilityVisitLedger(OurShare, VisitLedger):
    slug, title = "disability-visits", "残疾人走访"
    description = "残疾人工作的入户、电话走访；与“走访”是同一份记录，不重复登记。"
    footer = (
        "disability.visits",
        "disability.visits_home",
        "disability.visits_phone",
        "disability.visited_persons",
    )


@register
class InsuranceLedger(OurShare, ApplicationLedger):
    slug, title = "insurance-help", "医保资助"
    description = "帮助困难残疾人办理医疗保险资助参保。"
    where = OURS & Q(kind=ApplicationKind.MEDICAL_INSURANCE)
    preset = {"domains": ["disability"], "kind": ApplicationKind.MEDICAL_INSURANCE}
    filters = ("state", "poverty")
    footer = (
        "disability.insurance",
        "disability.insurance_approved",
        "disability.insurance_pending",
    )


@register
class DisabilityAssistanceLedger(OurShare, AssistanceLedger):
    slug, title = "disability-assistance", "残疾人慰问"
    description = "对残疾人的慰问、捐赠和救助；与“慰问救助”是同一份记录。"
    footer = ("disability.assistance", "disability.assistance_amount")


@register
class DisabilityActivityLedger(OurShare, ActivityLedger):
    slug, title = "disability-activities", "助残活动"
    quick = False
    description = "助残日宣传、培训等活动；与“活动”是同一份记录。"
    form_layout = (
        ("title", "kind"),
        ("occurred_on", "ends_on", "theme_day"),
        ("place", "organisers"),
        ("participants", "disabled_participants", "consultations"),
        "highlight",
        "topics",
        "hours",
        ("slogan", "guests", "hosting"),
        "content",
        "domains",
    )
    form_folds = {"topics": "培训内容和学时", "slogan": MORE}
    footer = ("disability.activities", "disability.consultations")
    related = (
        ("disability-trainings", "activity"),
        ("worker-attendances", "activity"),
        ("disability-handouts", "activity"),
    )

    def actions(self, record, user):
        if record.kind != ActivityKind.TRAINING:
            return []
        if not access_of(user).may(self.edit_permission, record.unit_id):
            return []
        return [Action("登记康复人员参训", reverse("training-workers", args=[record.pk]))]


@register
class TrainingLedger(ParticipationLedger):
    slug, title = "disability-trainings", "残疾人培训"
    quick = False
    domain = "disability"
    description = "残疾人本人或家属参加的培训，一人一次一条。"
    where = Q(activity__kind=ActivityKind.TRAINING, activity__domains__contains=["disability"])
    footer = (
        "disability.trainings",
        "disability.trainees",
        "disability.family_trainees",
        "disability.training_person_times",
    )
