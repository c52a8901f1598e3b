"""The ledger of disability files."""

from django.utils import timezone

from disability.forms.files import FileForm, of_register
from disability.models import DisabilityFile
from disability.selectors.poverty import poverty_of, with_poverty
from portal import masks
from portal.ledgers import MORE, Column, column, register
from portal.ledgers.columns import reader
from portal.ledgers.presenting import detail_groups
from residents.ledgers.about import AboutResident, person_columns, unit_column


@register
class FileLedger(AboutResident):
    slug, title, icon = "disability-files", "残疾人档案", "folder"
    model = DisabilityFile
    section = "证件与档案"
    description = "在册残疾人的类别、等级和监护人；多重残疾逐项登记。"
    date = "opened_on"
    order = ("-opened_on", "-pk")
    columns = (
        *person_columns(DisabilityFile),
        column(DisabilityFile, "components", width=20),
        column(DisabilityFile, "self_care", sort=""),
        column(DisabilityFile, "onset_on", listed=False),
        column(DisabilityFile, "cause", sort="", listed=False),
        column(DisabilityFile, "communication", width=16, listed=False),
        column(DisabilityFile, "insurances", width=20, listed=False),
        Column("就业状况", reader(DisabilityFile, "resident.employment"), listed=False),
        Column("困难类别", lambda file: poverty_of(file.resident), width=12),
        column(DisabilityFile, "guardian_name", sort=""),
        column(DisabilityFile, "guardian_relation", sort=""),
        Column(
            "监护人电话",
            lambda file: masks.mask_phone(file.guardian_phone),
            field="guardian_phone",
            width=16,
            masked=True,
            listed=False,
            sealed="guardian_phone",
        ),
        column(DisabilityFile, "health_record", sort="", width=18, listed=False),
        "opened_on",
        "closed_on",
        unit_column(DisabilityFile),
    )
    form_class = FileForm
    form_layout = (
        ("resident", "opened_on"),
        "components",
        ("onset_on", "cause", "self_care"),
        ("guardian_name", "guardian_relation", "guardian_phone"),
        "communication",
        "insurances",
        ("health_record", "diagnosis"),
        "closed_on",
    )
    form_folds = {"communication": MORE}
    filters = ("components", "self_care", "communication")
    identity = ("resident",)
    footer = ("disability.registered",)
    related = (
        ("certificates", "resident__disability_files"),
        ("certificate-applications", "resident__disability_files"),
    )
    unmaskable = ("guardian_phone", "diagnosis")

    def as_of(self, rows, day):
        return rows.exclude(closed_on__lte=day).filter(opened_on__lte=day)

    def form_of_file(self, form_class):
        return of_register(form_class)

    def readable(self, rows):
        told = with_poverty("resident", timezone.localdate())
        return super().readable(rows).prefetch_related(told)

    def page(self, record, request):
        """What the resident's own record and care tags say; the file keeps no copy of either."""
        resident = record.resident
        age = resident.age
        told = (
            ("年龄", f"{age} 周岁" if age is not None and not resident.died_on else ""),
            ("就业状况", resident.get_employment_display()),
            ("困难类别", "、".join(poverty_of(resident))),
        )
        items = [{"label": label, "value": value} for label, value in told]
        known = {"title": "居民信息", "items": items}
        own, origin = detail_groups(self, record, request.user)
        return {"fields": [own, known, origin]}
