"""The ledgers of disability work: files and certificates, and its share of the common facts."""

from django.db.models import Q

from disability.forms import CertificateForm, FileForm
from disability.models import Certificate, DisabilityFile
from portal.ledgers import Column, column, register
from residents.enums import ActivityKind, ApplicationKind
from residents.ledgers.about import AboutResident, person_columns, unit_column
from residents.ledgers.facts import (
    ActivityLedger,
    ApplicationLedger,
    AssistanceLedger,
    ParticipationLedger,
    VisitLedger,
)

OURS = Q(domains__contains=["disability"])


@register
class FileLedger(AboutResident):
    slug, title, icon = "disability-files", "残疾人档案", "folder"
    model = DisabilityFile
    description = "在册残疾人的类别、等级和监护人；多重残疾逐项登记。"
    date = "opened_on"
    order = ("-opened_on", "-pk")
    columns = (
        *person_columns(DisabilityFile),
        column(DisabilityFile, "components", width=20),
        column(DisabilityFile, "self_care", sort=""),
        column(DisabilityFile, "guardian_name", sort=""),
        column(DisabilityFile, "guardian_relation", sort=""),
        "opened_on",
        "closed_on",
        unit_column(DisabilityFile),
    )
    form_class = FileForm
    form_layout = (
        ("resident", "opened_on", "closed_on"),
        "components",
        ("onset_on", "cause", "self_care"),
        "diagnosis",
        ("guardian_name", "guardian_relation", "guardian_phone"),
    )
    filters = ("components", "self_care")
    identity = ("resident",)
    footer = ("disability.registered",)
    related = (("certificates", "resident__disability_files"),)
    unmaskable = ("guardian_phone", "diagnosis")


@register
class CertificateLedger(AboutResident):
    slug, title, icon = "certificates", "残疾人证", "id"
    model = Certificate
    description = "每发一本证登记一条；换证时给旧证填失效日期，历史都保留。"
    columns = (
        *person_columns(Certificate),
        Column(
            "残疾人证号",
            lambda c: c.masked_number,
            field="number",
            width=26,
            masked=True,
            sealed="number",
        ),
        "category",
        "level",
        column(Certificate, "occurred_on", label="发证日期"),
        "expires_on",
        "status",
        "ended_on",
        unit_column(Certificate),
    )
    form_class = CertificateForm
    form_layout = (
        ("resident", "number"),
        ("category", "level", "status"),
        ("occurred_on", "expires_on", "ended_on"),
    )
    filters = ("category", "level", "status")
    identity = ("number_hash",)
    footer = ("disability.holders", "disability.severe_holders")
    unmaskable = ("number",)


class OurShare:
    """A shared fact seen from disability work: only its rows, recorded as its own."""

    domain = "disability"
    where = OURS
    preset = {"domains": ["disability"]}


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
    footer = ("disability.activities", "disability.consultations")


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
