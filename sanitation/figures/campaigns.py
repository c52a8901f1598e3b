"""指标 of contests, study tours and publicity: shares of the shared activities."""

from portal.figures import Category, Total, register
from portal.observances import THEME_DAY_CHOICES
from residents.models import Activity
from sanitation.figures.base import own_flow
from sanitation.selectors.shares import CONTESTS, PUBLICITY, STUDY_TOURS

THEME_DAY = {
    "theme_day": Category("主题日", "theme_day", dict(THEME_DAY_CHOICES), unstated="不属于主题日")
}


def of_activities(code, name, measure, what, keywords, where, **options):
    """``what`` tells which activities; how often, by how many, or by how many bodies."""
    return own_flow(
        code,
        name,
        measure,
        f"开始日期在期内、计入环境卫生、类型为{what}；持续几天的算一次。",
        keywords,
        model=Activity,
        where=where,
        categories=THEME_DAY,
        **options,
    )


PEOPLE, BODIES = {"value": Total("participants")}, {"value": Total("parties")}

register(
    of_activities(
        "contests", "环卫竞赛次数", "次", "竞赛的活动次数", ("知识竞赛", "竞赛"), CONTESTS
    ),
    of_activities(
        "contest_participants",
        "环卫竞赛参加人次",
        "人次",
        "竞赛的活动所登记的参加人次之和",
        ("参加竞赛", "参赛"),
        CONTESTS,
        **PEOPLE,
    ),
    of_activities(
        "contest_parties",
        "环卫竞赛参加单位",
        "家",
        "竞赛的活动所登记的参加单位数之和",
        ("参赛单位", "参加单位"),
        CONTESTS,
        **BODIES,
    ),
    of_activities(
        "study_tours",
        "环卫学习考察次数",
        "次",
        "外出学习考察的活动次数",
        ("考察", "外出学习"),
        STUDY_TOURS,
    ),
    of_activities(
        "study_tour_participants",
        "环卫学习考察人次",
        "人次",
        "外出学习考察的活动所登记的参加人次之和",
        ("参加考察",),
        STUDY_TOURS,
        **PEOPLE,
    ),
    of_activities(
        "publicity_events",
        "环卫宣传活动次数",
        "次",
        "宣传的活动次数",
        ("宣传活动",),
        PUBLICITY,
    ),
    of_activities(
        "publicity_participants",
        "环卫宣传参加人次",
        "人次",
        "宣传的活动所登记的参加人次之和",
        ("参加宣传",),
        PUBLICITY,
        **PEOPLE,
    ),
    of_activities(
        "publicity_parties",
        "环卫宣传参加单位",
        "家",
        "宣传的活动所登记的参加单位数之和",
        ("宣传单位",),
        PUBLICITY,
        **BODIES,
    ),
)
