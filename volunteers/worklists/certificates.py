"""What is due of certificates: requests that wait, and those whose records fell since."""

from portal.worklists import Group, Worklist, register, stepping
from volunteers.enums.certificates import CertificateState
from volunteers.models import ServiceCertificate
from volunteers.selectors.certificates import to_look_at_again
from volunteers.workflow import APPROVE, EDIT

SLUG = "service-certificates"


def _rows(units):
    rows = ServiceCertificate.objects.kept().filter(unit__in=units)
    return rows.select_related("volunteer__resident", "unit").order_by("occurred_on", "pk")


def waiting(units):
    return _rows(units).filter(state=CertificateState.REQUESTED)


def fallen(units):
    return to_look_at_again(_rows(units))


register(
    Worklist(
        "volunteers.certificates_waiting",
        "志愿服务证明待出具",
        EDIT,
        waiting,
        SLUG,
        lambda row: f"{row.volunteer}：{row.purpose}",
        lambda row: f"{row.occurred_on} 申请" + ("（本人网上申请）" if row.by_self else ""),
        group=Group.DECIDE,
        act=stepping("出具", "service-certificate-step", "issue"),
    ),
    Worklist(
        "volunteers.certificates_fallen",
        "所依据的记录已变，证明待核对",
        APPROVE,
        fallen,
        SLUG,
        str,
        lambda row: f"{row.issued_on} 出具",
        group=Group.DECIDE,
        act=stepping("撤销", "service-certificate-step", "revoke"),
    ),
)
