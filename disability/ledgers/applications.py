"""The ledger 办证申请: each application with the steps taken."""

from django.core.exceptions import ValidationError
from django.urls import reverse

from disability.application_workflow import WORKFLOWS
from disability.enums.applications import Business, Stage, StepKind
from disability.forms.applications import PAST, ApplicationForm
from disability.models import CertificateApplication
from disability.services import applications as services
from portal.ledgers import MORE, Column, column, register
from portal.ledgers.columns import reader
from portal.ledgers.declare import Action
from portal.ledgers.presenting import detail_groups, page_of
from portal.scope import Denied, access_of
from residents.ledgers.about import AboutResident, person_columns, unit_column

PAST_STEPS = "补录已办的步骤"


def _day(field: str, label: str) -> Column:
    def read(application):
        return max(filter(None, map(application.day_of, PAST[field])), default=None)

    return Column(label, read, field=field, listed=False)


@register
class CertificateApplicationLedger(AboutResident):
    slug, title, icon = "certificate-applications", "办证申请", "clipboard"
    section = "证件与档案"
    model = CertificateApplication
    description = (
        "残疾人证的新办、换领、迁移、补办、注销和变更，从申请到发放；同时计入“申请”，不用重复登记。"
    )
    select_related = ("resident", "provider")
    columns = (
        column(CertificateApplication, "occurred_on", label="申请日期"),
        *person_columns(CertificateApplication),
        "business",
        "stage",
        column(CertificateApplication, "applicant", listed=False),
        column(CertificateApplication, "guardian_name", sort="", listed=False),
        column(CertificateApplication, "agent", sort=""),
        _day("accepted_on", "受理日期"),
        _day("assessed_on", "评定日期"),
        Column("评定机构", reader(CertificateApplication, "provider.name"), field="provider",
               listed=False),
        column(CertificateApplication, "doctor", sort="", listed=False),
        column(CertificateApplication, "second_doctor", sort="", listed=False),
        column(CertificateApplication, "conclusion", width=18, listed=False),
        _day("published_on", "公示日期"),
        _day("approved_on", "审批日期"),
        _day("made_on", "制证日期"),
        _day("issued_on", "发放（办结）日期"),
        column(CertificateApplication, "closed_on"),
        column(CertificateApplication, "moved_to", sort="", listed=False),
        column(CertificateApplication, "note", sort="", width=20, listed=False),
        unit_column(CertificateApplication),
    )  # fmt: skip
    form_class = ApplicationForm
    form_layout = (
        ("resident", "business", "occurred_on"),
        ("applicant", "guardian_name", "agent"),
        ("moved_to", "note"),
        ("accepted_on", "assessed_on", "published_on"),
        ("approved_on", "made_on", "issued_on"),
        ("provider", "doctor", "second_doctor"),
        "conclusion",
    )
    form_folds = {"moved_to": MORE, "accepted_on": PAST_STEPS, "provider": "残疾评定"}
    own_name, today = "agent", "occurred_on"
    kept_for_next = ("business", "occurred_on")
    filters = ("business", "stage")
    identity = ("resident", "occurred_on", "business")
    footer = (
        "disability.applications",
        "disability.applications_accepted",
        "disability.applications_approved",
        "disability.applications_issued",
    )

    def readable(self, rows):
        return super().readable(rows).prefetch_related("steps")

    def save(self, form, *, by):
        application = form.save(commit=False)
        if not application._state.adding:
            return services.change(application)
        services.apply(application, by=by)
        for name, kind, day in form.past_steps():
            taken = services.Taken(kind, day, application.agent)
            try:
                services.take([application], taken, by=by)
            except ValidationError as error:
                raise ValidationError({name: error.messages}) from None
        application.refresh_from_db()
        return application

    def actions(self, record, user):
        if not access_of(user).may(self.edit_permission, record.unit_id):
            return ()
        steps = WORKFLOWS[Business(record.business)].steps_from(record.stage)
        return [
            Action(step.label, f"{reverse('application-step', args=[kind])}?only={record.pk}")
            for kind, step in steps.items()
        ]

    def list_actions(self, user):
        return (
            Action("批量办理", reverse("application-step", args=[StepKind.ACCEPT])),
            Action("批量申请", reverse("application-apply-many")),
        )

    def page(self, record, request):
        """The steps in order, who took them, and the certificates that it is about."""
        steps = sorted(record.steps.all(), key=lambda step: (step.occurred_on, step.pk))
        told = [
            {
                "label": f"{step.occurred_on:%Y-%m-%d} {step.get_kind_display()}",
                "value": " · ".join(filter(None, (step.actor, step.note))) or "已办",
            }
            for step in steps
        ]
        published = record.day_of(StepKind.PUBLISH)
        if record.is_open and published and not record.day_of(StepKind.APPROVE):
            earliest = services.earliest_approval(published)
            told.append({"label": "公示期满", "value": f"最早 {earliest:%Y-%m-%d} 审批"})
        papers = [
            {
                "label": label,
                "value": f"{card} {card.masked_number}",
                "url": page_of(card, self.domain, request.user),
            }
            for label, card in (("原证", record.certificate), ("新证", record.issued))
            if card is not None
        ]
        own, origin = detail_groups(self, record, request.user)
        own["items"].insert(0, {"label": "办理阶段", "value": record.get_stage_display()})
        groups = [own, {"title": "办理过程", "items": told}]
        if papers:
            groups.append({"title": "残疾人证", "items": papers})
        return {"fields": [*groups, origin]}

    def check_deletable(self, record):
        if record.stage == Stage.DONE:
            raise Denied("已办结的申请改过残疾人证，不能删除；确属误办的，请先更正残疾人证。")
        super().check_deletable(record)

    def recycle(self, record, *, version, by):
        from portal.ledgers import services as rows

        rows.recycle(record, version=version, by=by)
        rows.recycle(record.application, version=record.application.version, by=by)

    def restore(self, record, *, by):
        shared = record.application
        shared.deleted_at = shared.deleted_by = None
        shared.save(update_fields=["deleted_at", "deleted_by"])
        super().restore(record, by=by)
