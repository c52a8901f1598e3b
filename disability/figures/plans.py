"""指标 of rehabilitation plans, each with its 口径."""

from django.db.models import Q

from disability.enums.plans import PlanGroup, PlanProgress
from disability.figures.base import flow, stock
from disability.models import PlanReview, RehabPlan
from portal.figures import Category, Distinct, register

GROUP = {"group": Category("方案类别", "group", dict(PlanGroup.choices))}
REVIEW = {
    "progress": Category("进展", "progress", dict(PlanProgress.choices)),
    "group": Category("方案类别", "plan__group", dict(PlanGroup.choices)),
}


def of_the_living(period) -> Q:
    return Q(resident__died_on__isnull=True) | Q(resident__died_on__gt=period.end)


register(
    flow(
        "plans_made",
        "制订康复方案",
        "份",
        "制订日期在期内的康复方案份数。",
        ("康复方案", "制订方案"),
        model=RehabPlan,
        date="made_on",
        categories=GROUP,
    ),
    flow(
        "plans_persons",
        "制订方案人数",
        "人",
        "期内制订了康复方案的居民，一人多份只算一人。",
        model=RehabPlan,
        date="made_on",
        value=Distinct("resident"),
        categories=GROUP,
    ),
    flow(
        "plans_orientation",
        "定向行走方案",
        "份",
        "制订日期在期内、类别为视力（定向行走）的康复方案份数。",
        ("定向行走",),
        model=RehabPlan,
        date="made_on",
        where=Q(group=PlanGroup.ORIENTATION),
    ),
    stock(
        "plans_in_force",
        "执行中康复方案",
        "份",
        "期末那一天在执行时间内的康复方案份数，结束当天仍算；已去世的不算。",
        ("执行中的方案",),
        model=RehabPlan,
        where=of_the_living,
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
        categories=GROUP,
    ),
    flow(
        "plan_reviews",
        "方案复评次数",
        "次",
        "复评日期在期内的方案复评次数。",
        ("复评",),
        model=PlanReview,
        categories=REVIEW,
    ),
    flow(
        "plans_reviewed",
        "复评康复方案",
        "份",
        "期内至少复评过一次的康复方案，一份多次只算一份。",
        ("复评",),
        model=PlanReview,
        value=Distinct("plan"),
        categories=REVIEW,
    ),
    flow(
        "plans_better",
        "复评好转",
        "份",
        "期内有一次复评的进展为好转的康复方案，一份多次只算一份。",
        ("好转",),
        model=PlanReview,
        where=Q(progress=PlanProgress.BETTER),
        value=Distinct("plan"),
    ),
)
