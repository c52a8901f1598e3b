"""The ledger of agreements for rehabilitation services."""

from django.urls import reverse

from disability.enums.steps import AGREEMENT
from disability.forms.agreements import AgreementForm
from disability.ledgers.services import SECTION, provider_column
from disability.models import RehabAgreement
from portal.ledgers import MORE, Action, column, register
from portal.office.ledgers.base import Spells
from portal.scope import access_of
from residents.ledgers.about import AboutResident, person_columns, unit_column


@register
class RehabAgreementLedger(Spells, AboutResident):
    slug, title, icon, section = "rehab-agreements", "康复签约", "file-text", SECTION
    model = RehabAgreement
    description = "与医院、卫生服务中心等签订的康复服务约定书：项目、次数、期限；扫描件作附件上传。"
    select_related = ("resident", "provider")
    date = "signed_on"
    columns = (
        "signed_on",
        *person_columns(RehabAgreement),
        provider_column(RehabAgreement),
        column(RehabAgreement, "kinds", width=30),
        column(RehabAgreement, "every", label="次数按", sort="", width=8),
        column(RehabAgreement, "times", width=8, numeric=True),
        column(RehabAgreement, "starts_on", listed=False),
        "ends_on",
        "state",
        column(RehabAgreement, "end_reason", sort="", width=20, listed=False),
        column(RehabAgreement, "note", sort="", width=20, listed=False),
        unit_column(RehabAgreement),
    )
    form_class = AgreementForm
    form_layout = (
        ("resident", "provider"),
        ("signed_on", "ends_on"),
        "kinds",
        ("times", "every"),
        ("starts_on", "note"),
        ("state", "end_reason"),
    )
    form_folds = {"starts_on": MORE}
    workflow = AGREEMENT
    today = "signed_on"
    filters = ("kinds", "state")
    identity = ("resident", "provider", "signed_on")
    related = (("rehab-services", "agreement"),)
    footer = ("disability.agreements_signed",)

    def actions(self, record, user):
        if not access_of(user).may(self.edit_permission, record.unit_id):
            return []
        url = reverse("ledger-add", args=["rehab-services"])
        known = f"agreement={record.pk}&resident={record.resident_id}&provider={record.provider_id}"
        return [Action("登记服务", f"{url}?{known}"), *super().actions(record, user)]

    def list_actions(self, user):
        return [Action("批量签约", reverse("rehab-sign-many"))]
