"""指标 of volunteers: registered, new, left; what they learnt, were given, and what was said of them."""

from django.db.models import Case, CharField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from portal.figures import Category, Distinct, Total, register
from portal.figures.categories import DerivedCategory
from portal.office.enums import Rank
from residents.ages import AGE_GROUPS, GROUPS, UNKNOWN
from residents.enums import Sex
from volunteers.enums.help import Satisfaction
from volunteers.enums.hours import Star
from volunteers.enums.volunteers import (
    AwardKind,
    EvaluationSource,
    FreeTime,
    Intention,
    JoiningManner,
    Skill,
)
from volunteers.figures.base import flow, stock
from volunteers.models import (
    Volunteer,
    VolunteerApplication,
    VolunteerAward,
    VolunteerEvaluation,
    VolunteerInsurance,
    VolunteerTraining,
)
from volunteers.models.volunteers import OF_AGE
from volunteers.selectors.stars import standing
from volunteers.selectors.volunteers import of_ages

NO_STAR = "0"
STARS = {NO_STAR: "未评星"} | {str(value): label for value, label in Star.choices}
ORIGINS = {"resident": "居民", "outside": "辖区外"}


def _age(period) -> Case:
    """Of a resident by the register, of others by their own record."""
    groups = [
        When(of_ages(period.end, young, old), then=Value(code)) for young, old, code, _ in GROUPS
    ]
    return Case(*groups, default=Value(UNKNOWN), output_field=CharField())


def _sex(period):
    return Cast(Coalesce(F("resident__sex"), F("sex"), Value(Sex.UNKNOWN)), CharField())


def _origin(period) -> Case:
    outside = When(resident=None, then=Value("outside"))
    return Case(outside, default=Value("resident"), output_field=CharField())


def _star(period):
    """The highest star that stands at the period's end."""
    theirs = standing(period.end).filter(volunteer=OuterRef("pk")).order_by("-level")
    level = Cast(Subquery(theirs.values("level")[:1]), CharField())
    return Coalesce(level, Value(NO_STAR))


PEOPLE = {
    "skills": Category("服务技能", "skills", dict(Skill.choices), array=True),
    "intentions": Category("服务意向", "intentions", dict(Intention.choices), array=True),
    "free_times": Category("服务时间", "free_times", dict(FreeTime.choices), array=True),
    "age": DerivedCategory("年龄段", "_age_group", AGE_GROUPS, expression=_age),
    "sex": DerivedCategory(
        "性别", "_sex", {str(value): label for value, label in Sex.choices}, expression=_sex
    ),
    "origin": DerivedCategory("来源", "_origin", ORIGINS, expression=_origin),
    "star": DerivedCategory("星级", "_star_level", STARS, expression=_star),
    "manner": Category("加入方式", "manner", dict(JoiningManner.choices)),
}
STANDING = {"model": Volunteer, "starts": "joined_on", "ends": "left_on"}


def _minors(period) -> Q:
    return of_ages(period.end, 0, OF_AGE - 1)


register(
    stock(
        "registered",
        "在册志愿者",
        "人",
        "期末那一天已加入、未退出的志愿者人数；退出当天不再计入。",
        keywords=("注册志愿者", "志愿者", "志愿者队伍"),
        categories=PEOPLE,
        **STANDING,
    ),
    stock(
        "registered_minors",
        "未成年志愿者",
        "人",
        "期末在册的志愿者中，期末那一天未满 18 周岁的人数。",
        where=_minors,
        **STANDING,
    ),
    flow(
        "new",
        "新增志愿者",
        "人",
        "加入日期在期内的志愿者人数；退出后再加入的另算。",
        keywords=("新增志愿者", "新招募志愿者", "发展志愿者"),
        model=Volunteer,
        date="joined_on",
        categories=PEOPLE,
    ),
    flow(
        "left",
        "退出志愿者",
        "人",
        "退出日期在期内的志愿者人数。",
        model=Volunteer,
        date="left_on",
    ),
    flow(
        "applications",
        "志愿者网上申请",
        "件",
        "收到日期在期内的志愿者网上申请件数，处理与否都算。",
        model=VolunteerApplication,
    ),
    stock(
        "insured",
        "有保险的志愿者",
        "人",
        "期末那一天有志愿者保险在有效期内的人数，一人有几份保险算一个。",
        keywords=("志愿者保险",),
        model=VolunteerInsurance,
        value=Distinct("volunteer"),
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
    ),
    flow(
        "trained_times",
        "志愿者培训人次",
        "人次",
        "培训日期在期内的志愿者培训记录数，一人参加两次算两个。",
        keywords=("培训志愿者",),
        model=VolunteerTraining,
    ),
    flow(
        "trained",
        "受训志愿者",
        "人",
        "期内至少参加过一次培训的志愿者人数，一人只算一次。",
        model=VolunteerTraining,
        value=Distinct("volunteer"),
    ),
    flow(
        "training_hours",
        "志愿者培训学时",
        "学时",
        "培训日期在期内的志愿者培训记录所登记的学时之和，没有登记学时的不计。",
        model=VolunteerTraining,
        value=Total("hours"),
    ),
    flow(
        "awards",
        "志愿者受表彰",
        "人次",
        "表彰日期在期内的志愿者表彰、奖励和先进典型记录数。",
        keywords=("表彰志愿者", "优秀志愿者"),
        model=VolunteerAward,
        categories={
            "kind": Category("类别", "kind", dict(AwardKind.choices)),
            "rank": Category("级别", "rank", dict(Rank.choices)),
        },
    ),
    flow(
        "models",
        "志愿者先进典型",
        "人",
        "日期在期内、类别为先进典型的表彰记录所涉及的志愿者人数，一人只算一次。",
        keywords=("先进典型", "典型人物"),
        model=VolunteerAward,
        where=Q(kind=AwardKind.MODEL),
        value=Distinct("volunteer"),
        categories={"rank": Category("级别", "rank", dict(Rank.choices))},
    ),
    flow(
        "evaluations",
        "志愿者评价",
        "条",
        "评价日期在期内的志愿者评价记录数，投诉也算。",
        model=VolunteerEvaluation,
        categories={
            "source": Category("来源", "source", dict(EvaluationSource.choices)),
            "level": Category(
                "评价", "level", {str(value): label for value, label in Satisfaction.choices}
            ),
        },
    ),
    flow(
        "complaints",
        "志愿者被投诉",
        "件",
        "日期在期内、来源为投诉的志愿者评价记录数。",
        model=VolunteerEvaluation,
        where=Q(source=EvaluationSource.COMPLAINT),
    ),
)
