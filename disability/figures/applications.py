"""指标 of 办证申请 by their steps, each with its 口径 (S5-10: applied, assessed, approved, issued)."""

from django.db.models import Q

from disability.enums.applications import Business, StepKind
from disability.figures.base import flow, stock
from disability.models import ApplicationStep, CertificateApplication
from portal.figures import Category, Distinct, register

BUSINESS = Category("业务类型", "business", dict(Business.choices))
OF_STEPS = Category("业务类型", "application__business", dict(Business.choices))


def stepped(name, label, kinds, words, keywords=()):
    """Applications with such a step in the period; one that took it twice counts once."""
    return flow(
        f"applications_{name}",
        label,
        "件",
        f"{words}日期在期内的办证申请件数，同一件办过几次只算一件。",
        keywords,
        model=ApplicationStep,
        where=Q(kind__in=kinds),
        value=Distinct("application"),
        categories={"business": OF_STEPS},
    )


K = StepKind
register(
    flow(
        "applications",
        "残疾人证申请",
        "件",
        "申请日期在期内的残疾人证申请件数，六类业务都算。",
        ("申请表", "办证申请", "申请"),
        model=CertificateApplication,
        categories={"business": BUSINESS},
    ),
    flow(
        "applicants",
        "申请残疾人证的人",
        "人",
        "申请日期在期内的残疾人证申请人，去重。",
        model=CertificateApplication,
        value=Distinct("resident"),
        categories={"business": BUSINESS},
    ),
    stepped("accepted", "受理残疾人证申请", [K.ACCEPT], "受理", ("受理",)),
    stepped("assessed", "完成残疾评定", [K.ASSESS], "评定", ("评定",)),
    stepped("approved", "审批残疾人证申请", [K.APPROVE], "审批", ("审批", "批准")),
    stepped("issued", "发放证件的申请", [K.ISSUE], "发放", ("发放", "领取")),
    stepped(
        "refused", "未通过的残疾人证申请", [K.REFUSE, K.DISAPPROVE], "拒绝评定或不予批准",
        ("不予批准",),
    ),
    stock(
        "applications_pending",
        "在办残疾人证申请",
        "件",
        "期末已申请、尚未办结（含未通过、撤回）的残疾人证申请件数。",
        ("在办",),
        model=CertificateApplication,
        starts="occurred_on",
        ends="closed_on",
        categories={"business": BUSINESS},
    ),
)  # fmt: skip
