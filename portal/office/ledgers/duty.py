"""值班、证明、用印."""

from portal.ledgers import Column, Ledger, column, register
from portal.office.forms.papers import CertificateForm, SealUseForm
from portal.office.ledgers.base import DUTY, OfficeLedger, long, plain, tail, unit
from portal.office.models import DutyShift, IssuedCertificate, SealUse
from portal.office.services import store_certificate
from portal.scope import Denied


@register
class DutyShiftLedger(OfficeLedger):
    slug, title, icon, section = "duty", "值班", "clock", DUTY
    model = DutyShift
    description = "值班表和交接班；可以提前排班，有情况的写明。"
    date, order = "on", ("-on", "shift", "pk")
    columns = (
        "on",
        "shift",
        "person",
        plain(DutyShift, "leader"),
        plain(DutyShift, "phone"),
        plain(DutyShift, "incident", 28),
        "handed_over",
        plain(DutyShift, "handed_to"),
        *tail(DutyShift),
    )
    form_layout = (
        ("on", "shift"),
        ("person", "leader", "phone"),
        "incident",
        ("handed_over", "handed_to"),
        "domains",
    )
    filters = ("shift", "handed_over", "domains")
    search = ("person", "leader", "incident")
    search_hint = "值班人或值班情况"
    identity = ("on", "shift", "person")
    footer = ("office.duty_shifts", "office.duty_incidents", "office.duty_handed_over_rate")


def seal(name, *, label=False):
    """A field of the certificate's row in the seal register."""

    def read(certificate):
        use = getattr(certificate, "seal_use", None)
        if use is None:
            return None
        return getattr(use, f"get_{name}_display")() if label else getattr(use, name)

    return read


@register
class IssuedCertificateLedger(Ledger):
    """Of the service window: who issues certificates need not see the office's other facts."""

    slug, title, icon = "issued-certificates", "开具证明", "certificate"
    quick = False
    model = IssuedCertificate
    description = "社区开具的证明，编号自动连续；用印随证明登记，不必再填。"
    select_related = ("seal_use",)
    columns = (
        Column("编号", lambda c: c.label, width=16),
        "occurred_on",
        "kind",
        "applicant",
        plain(IssuedCertificate, "id_tail", 12),
        plain(IssuedCertificate, "purpose", 20),
        plain(IssuedCertificate, "addressee", 20, listed=False),
        plain(IssuedCertificate, "issued_by"),
        Column("印章", seal("seal", label=True), field="seal", width=18, listed=False),
        Column("份数", seal("copies"), field="copies", width=8, numeric=True, listed=False),
        Column("批准人", seal("approver"), field="approver"),
        "voided_on",
        long(IssuedCertificate, "void_reason"),
        unit(IssuedCertificate),
    )
    form_class = CertificateForm
    form_layout = (
        ("kind", "occurred_on"),
        ("applicant", "id_tail"),
        ("purpose", "addressee"),
        ("issued_by", "approver"),
        ("seal", "copies"),
        ("voided_on", "void_reason"),
    )
    order = ("-year", "-number", "pk")
    filters = ("kind",)
    search = ("applicant", "purpose")
    search_hint = "申请人或用途"
    identity = ("applicant", "occurred_on", "kind", "purpose")
    footer = ("office.certificates", "office.certificates_voided")

    def save(self, form, *, by):
        data = form.cleaned_data
        return store_certificate(
            form.save(commit=False),
            seal=data["seal"],
            copies=data["copies"],
            approver=data["approver"],
            by=by,
        )

    def check_deletable(self, record):
        raise Denied("证明编号连续，不能删除；开错的，请修改这条记录，填写作废日期和原因。")


@register
class SealUseLedger(OfficeLedger):
    slug, title, icon, section = "seal-uses", "用印登记", "key", DUTY
    model = SealUse
    description = "每次用印一条；证明的用印已随证明登记。"
    select_related = ("certificate",)
    columns = (
        "occurred_on",
        column(SealUse, "document", width=32),
        "copies",
        "seal",
        plain(SealUse, "approver"),
        plain(SealUse, "user"),
        *tail(SealUse),
    )
    form_class = SealUseForm
    form_layout = (
        ("document", "occurred_on"),
        ("seal", "copies"),
        ("approver", "user"),
        "domains",
    )
    filters = ("seal", "domains")
    search = ("document", "approver", "user")
    search_hint = "文件、批准人或用印人"
    identity = ("occurred_on", "document", "seal")
    footer = ("office.seal_uses", "office.seal_copies")

    def check_deletable(self, record):
        if record.certificate_id:
            raise Denied("这次用印随证明登记，不能单独删除。")
        super().check_deletable(record)
