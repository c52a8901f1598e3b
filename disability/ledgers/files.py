"""The ledgers of files and certificates."""

from disability.forms.files import CertificateForm, FileForm
from disability.models import Certificate, DisabilityFile
from portal.ledgers import Column, column, register
from residents.ledgers.about import AboutResident, person_columns, unit_column


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

    def as_of(self, rows, day):
        return rows.exclude(closed_on__lte=day).filter(opened_on__lte=day)


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

    def as_of(self, rows, day):
        return rows.exclude(ended_on__lte=day).filter(occurred_on__lte=day)
