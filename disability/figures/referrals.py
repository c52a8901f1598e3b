"""指标 of referrals: who was told, referred and operated on (domain §7 S5-12)."""

from django.db.models import Q

from disability.enums.referrals import ReferralCondition, TreatmentWay
from disability.figures.base import flow
from disability.models import Referral
from portal.figures import Category, Distinct, register

CONDITION = Category("转介事由", "condition", dict(ReferralCondition.choices))
CATARACT = Q(condition=ReferralCondition.CATARACT)
SURGERY = Q(way=TreatmentWay.SURGERY)


def persons(code, label, definition, keywords, **options):
    """Residents at a stage of their referral, by the day of that stage."""
    return flow(
        code,
        label,
        "人",
        definition,
        keywords,
        model=Referral,
        value=Distinct("resident"),
        **options,
    )


def stage(code, label, definition, keywords, date, where=None, *, cataract):
    """The stage for all conditions, and for cataract alone, which summaries tell by itself."""
    where = Q() if where is None else where
    divided = {"condition": CONDITION}
    return (
        persons(code, label, definition, keywords, date=date, where=where, categories=divided),
        persons(
            cataract,
            f"白内障{label}",
            f"{definition.removesuffix('。')}，限转介事由为白内障的。",
            ("白内障",),
            date=date,
            where=where & CATARACT,
        ),
    )


register(
    *stage(
        "referrals",
        "告知治疗信息人数",
        "告知日期在期内的转介所涉及的居民，去重。",
        ("转介", "治疗信息"),
        "occurred_on",
        cataract="referrals_cataract",
    ),
    *stage(
        "referrals_referred",
        "转介人数",
        "转介日期在期内的居民，去重。",
        ("转介",),
        "referred_on",
        cataract="referrals_cataract_referred",
    ),
    *stage(
        "referrals_operated",
        "转介后手术人数",
        "手术（治疗）日期在期内、治疗方式为手术的居民，去重。",
        ("手术",),
        "treated_on",
        SURGERY,
        cataract="referrals_cataract_operated",
    ),
    persons(
        "referrals_treated",
        "转介后治疗人数",
        "手术（治疗）日期在期内的居民，各种治疗方式都算，去重。",
        ("治疗",),
        date="treated_on",
        categories={"condition": CONDITION},
    ),
)
