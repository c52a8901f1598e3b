"""志愿服务证明: the register of certificates, written by the services alone."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from portal.ledgers import Action, Column, Ledger, column, register
from portal.ledgers.offers import offers_on
from portal.ledgers.presenting import detail_groups
from portal.scope import access_of
from residents.ledgers.about import unit_column
from volunteers.enums.certificates import CertificateState
from volunteers.ledgers.about import volunteer_columns
from volunteers.ledgers.hours_columns import hours_of
from volunteers.ledgers.sections import HOURS
from volunteers.models import ServiceCertificate, Volunteer
from volunteers.selectors.certificate_papers import Paper
from volunteers.selectors.certificates import no_longer_true
from volunteers.selectors.volunteers import active_on, search_volunteers
from volunteers.services.certificates import may_take
from volunteers.workflow import CERTIFICATE, EDIT

BADGES = {
    CertificateState.REQUESTED: {"badge": "warn"},
    CertificateState.ISSUED: {"badge": "good"},
    CertificateState.REVOKED: {"badge": "bad"},
    CertificateState.DECLINED: {"badge": "neutral"},
}


@register
class ServiceCertificateLedger(Ledger):
    slug, title, icon = "service-certificates", "志愿服务证明", "certificate"
    section, quick = HOURS, False
    model = ServiceCertificate
    by_hand = False
    description = (
        "志愿服务记录证明的登记簿：志愿者本人或工作人员申请，核对后免费出具，编号按年连续；"
        "出具后内容不变，有误的撤销后另行出具。在志愿者的页面上申请。"
    )
    select_related = ("volunteer__resident",)
    columns = (
        Column("编号", lambda c: c.label or "未编号", sort="number", width=16),
        "occurred_on",
        *volunteer_columns(ServiceCertificate),
        "starts_on",
        "ends_on",
        Column("时长（小时）", hours_of, sort="minutes", width=12, numeric=True),
        column(ServiceCertificate, "purpose", sort="", width=18),
        Column(
            "状态",
            lambda c: c.get_state_display(),
            field="state",
            sort="state",
            width=10,
            raw=lambda c: c.state,
            look=lambda c: BADGES[c.state],
        ),
        "issued_on",
        column(ServiceCertificate, "manager", sort="", listed=False),
        column(ServiceCertificate, "clerk", sort="", listed=False),
        column(ServiceCertificate, "phone", sort="", listed=False),
        column(ServiceCertificate, "note", sort="", listed=False),
        column(ServiceCertificate, "by_self", listed=False),
        column(ServiceCertificate, "revoked_on", listed=False),
        column(ServiceCertificate, "revoked_for", sort="", width=20, listed=False),
        unit_column(ServiceCertificate),
    )
    form_layout = (
        ("volunteer", "purpose"),
        ("starts_on", "ends_on", "occurred_on"),
        ("state", "issued_on"),
        ("manager", "clerk", "phone"),
        "note",
        ("revoked_on", "revoked_for"),
        "by_self",
    )
    filters = ("state", "by_self")
    search = ("purpose",)
    search_hint = "姓名、拼音首字母、志愿者编号或用途"
    order = ("-occurred_on", "-number", "-pk")
    footer = ("volunteers.certificates", "volunteers.certificates_revoked")

    def found(self, rows, text):
        people = search_volunteers(Volunteer.objects.all(), text)
        return rows.filter(Q(volunteer__in=people) | Q(purpose__icontains=text))

    def actions(self, record, user):
        return [
            Action(
                step.label,
                reverse("service-certificate-step", args=[record.pk, name]),
            )
            for name, step in CERTIFICATE.steps_from(record.state).items()
            if may_take(record, name, user)
        ]

    def page(self, record, request):
        own, origin = detail_groups(self, record, request.user)
        if not record.content:
            return {"fields": [own, origin]}
        paper = Paper(record.content)
        own["items"].insert(0, {"label": "编号", "value": record.label})
        if no_longer_true(record):
            told = "所依据的服务记录后来被撤销、删除或改少了，请核对，需要时撤销这份证明。"
            own["items"].insert(1, {"label": "请重新核对", "value": told})
        print_url = reverse("service-certificate", args=[record.pk])
        return {
            "fields": [own, _content(paper), origin],
            "page_links": [("打印证明", print_url)],
        }


def _content(paper: Paper) -> dict:
    """What the paper says, in short, as a group of the record's page."""
    items = [
        {"label": "姓名", "value": paper.name},
        {"label": paper.id_kind or "证件号码", "value": paper.masked_id or "—"},
        {"label": "服务时长", "value": f"{paper.hours} 小时，{paper.times} 次"},
    ]
    items += [
        {
            "label": f"活动 {number}",
            "value": f"{line.name}，{line.days_told}，{line.place}，{line.hours} 小时",
        }
        for number, line in enumerate(paper.lines, 1)
    ]
    items += [
        {"label": "培训情况", "value": paper.training_told},
        {"label": "表彰奖励", "value": paper.awards_told},
        {"label": "评价情况", "value": paper.evaluations_told},
    ]
    return {"title": "证明内容（出具时固定）", "items": items}


@offers_on("volunteers")
def papers_of(record, user):
    """Staff ask for a certificate in the volunteer's name, and print card and letter of welcome."""
    if not access_of(user).may(EDIT, record.unit_id):
        return []
    found = [Action("申请服务证明", reverse("service-certificate-request", args=[record.pk]))]
    if active_on(timezone.localdate()).filter(pk=record.pk).exists():
        found += [
            Action("打印志愿者证", reverse("volunteer-card", args=[record.pk])),
            Action("打印欢迎信", reverse("volunteer-welcome", args=[record.pk])),
        ]
    return found
