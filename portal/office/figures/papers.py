"""Documents, instructions, duty, certificates and seals."""

from django.db.models import Q

from portal.figures import Figure, Flow, Total, register
from portal.office.enums import CertificateKind, DocumentKind, Rank, SealKind, Shift
from portal.office.figures.base import flow, of, ratio, tags
from portal.office.models import (
    DutyShift,
    IncomingDocument,
    Instruction,
    IssuedCertificate,
    PolicyDocument,
    SealUse,
)
from portal.tiles import tiles


def done_by_end(period) -> Q:
    """Done counts from the day it was done, so that a past period keeps its numbers."""
    return Q(done_on__lte=period.end)


def certificates(code, label, definition, **options) -> Figure:
    return Flow(
        f"office.{code}",
        label,
        "servicecenter",
        "份",
        definition,
        model=IssuedCertificate,
        categories={"kind": of(CertificateKind, "种类")},
        **options,
    )


register(
    flow(
        "documents_issued",
        "印发文件",
        "份",
        "印发日期在期内的文件份数，只算本单位印发的。",
        model=PolicyDocument,
        categories={"kind": of(DocumentKind, "文种"), **tags()},
    ),
    flow(
        "documents_received",
        "收文",
        "份",
        "收文日期在期内的来文份数。",
        model=IncomingDocument,
        categories={
            "kind": of(DocumentKind, "文种"),
            "rank": of(Rank, "来文级别", "rank"),
            **tags(),
        },
    ),
    flow(
        "documents_done",
        "收文办结",
        "份",
        "收文日期在期内、到期末已办结的来文份数。",
        model=IncomingDocument,
        where=done_by_end,
        categories={
            "kind": of(DocumentKind, "文种"),
            "rank": of(Rank, "来文级别", "rank"),
            **tags(),
        },
    ),
    ratio(
        "documents_done_rate",
        "收文办结率",
        "期内收文中到期末已办结的除以期内收文。",
        "documents_done",
        "documents_received",
    ),
    flow(
        "instructions",
        "领导批示",
        "件",
        "批示日期在期内的批示和交办事项件数。",
        keywords=("批示",),
        model=Instruction,
        categories=tags(),
    ),
    flow(
        "instructions_done",
        "批示办结",
        "件",
        "批示日期在期内、到期末已办结的件数。",
        model=Instruction,
        where=done_by_end,
        categories=tags(),
    ),
    ratio(
        "instructions_done_rate",
        "批示办结率",
        "期内批示中到期末已办结的除以期内批示。",
        "instructions_done",
        "instructions",
    ),
    flow(
        "duty_shifts",
        "值班班次",
        "班次",
        "值班日期在期内的班次数，一人一班算一次，含已排未到的。",
        model=DutyShift,
        date="on",
        categories={"shift": of(Shift, "班次", "shift"), **tags()},
    ),
    flow(
        "duty_handed_over",
        "已交接班次",
        "班次",
        "值班日期在期内、已交接的班次数。",
        model=DutyShift,
        date="on",
        where=Q(handed_over=True),
        categories={"shift": of(Shift, "班次", "shift"), **tags()},
    ),
    ratio(
        "duty_handed_over_rate",
        "交接率",
        "已交接班次除以值班班次。",
        "duty_handed_over",
        "duty_shifts",
    ),
    flow(
        "duty_incidents",
        "值班有情况",
        "班次",
        "值班日期在期内、登记了值班情况的班次数。",
        model=DutyShift,
        date="on",
        where=~Q(incident=""),
        categories={"shift": of(Shift, "班次", "shift"), **tags()},
    ),
    certificates(
        "certificates",
        "开具证明",
        "开具日期在期内的证明份数，含后来作废的。",
        keywords=("证明",),
    ),
    certificates(
        "certificates_voided",
        "作废证明",
        "开具日期在期内、已作废的证明份数。",
        where=Q(voided_on__isnull=False),
    ),
    flow(
        "seal_uses",
        "用印",
        "次",
        "用印日期在期内的用印登记次数，含证明用印。",
        model=SealUse,
        categories={"seal": of(SealKind, "印章", "seal"), **tags()},
    ),
    flow(
        "seal_copies",
        "用印份数",
        "份",
        "用印日期在期内的用印登记所盖的份数之和。",
        model=SealUse,
        value=Total("copies"),
        categories={"seal": of(SealKind, "印章", "seal"), **tags()},
    ),
)
tiles.add("office.certificates")
