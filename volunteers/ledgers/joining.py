"""志愿者申请 from the public page."""

from django.urls import reverse
from django.utils import timezone

from portal.intake.states import IntakeState
from portal.ledgers import Action, Column, Ledger, column, register
from residents.ledgers.about import unit_column
from volunteers.ledgers.sections import PEOPLE
from volunteers.models import VolunteerApplication
from volunteers.services.joining import may_answer


@register
class VolunteerApplicationLedger(Ledger):
    """Names are sealed in the database, and read by whoever sees the application."""

    slug, title, icon, section = "volunteer-applications", "志愿者申请", "inbox", PEOPLE
    quick = False
    model = VolunteerApplication
    by_hand = False
    description = "不登录提交的志愿者申请。核对后批准，或写明原因退回；申请人凭登记码查看。"
    columns = (
        "occurred_on",
        "state",
        Column("姓名", lambda row: row.name, field="called", width=12),
        "sex",
        Column(
            "年龄", lambda row: row.age_on(timezone.localdate()), field="age", numeric=True, width=6
        ),
        Column(
            "证件号码",
            lambda row: row.masked_number,
            field="id_number",
            width=22,
            masked=True,
            sealed="id_number",
            listed=False,
        ),
        Column(
            "联系电话",
            lambda row: row.masked_phone,
            field="phone",
            width=16,
            masked=True,
            sealed="phone",
        ),
        column(VolunteerApplication, "area", sort="", width=20),
        column(VolunteerApplication, "skills", width=24),
        column(VolunteerApplication, "intentions", width=24, listed=False),
        column(VolunteerApplication, "free_times", width=24, listed=False),
        column(VolunteerApplication, "profession", sort="", listed=False),
        Column("监护人", lambda row: row.guardian_name, field="guardian", width=12, listed=False),
        column(VolunteerApplication, "guardian_agrees", listed=False),
        "answered_on",
        column(VolunteerApplication, "answer", sort="", width=24, listed=False),
        unit_column(VolunteerApplication),
    )
    form_layout = (
        ("called", "state"),
        ("sex", "born_on"),
        ("id_kind", "id_number"),
        ("phone", "area"),
        "skills",
        "intentions",
        "free_times",
        ("profession", "may_publish"),
        ("guardian", "guardian_phone", "guardian_agrees"),
        "consented",
        ("answered_on", "answer"),
    )
    filters = ("state",)
    order = ("-recorded_at", "-pk")
    footer = ("volunteers.applications",)
    unmaskable = ("id_number", "phone", "guardian_phone")

    def actions(self, record, user):
        if record.state != IntakeState.SENT or not may_answer(user, record.unit_id):
            return []
        return [
            Action("批准", reverse("volunteer-application-approve", args=[record.pk])),
            Action("退回", reverse("volunteer-application-decline", args=[record.pk])),
        ]

    def page(self, record, request):
        if not record.became_key:
            return {}
        url = reverse("ledger-detail", args=["volunteers", record.became_key])
        return {"page_links": [("打开志愿者", url)]}
