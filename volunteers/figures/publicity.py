"""指标 of what was published of volunteer work, by medium, level and reach."""

from django.db.models import Q

from portal.figures import Category, register
from portal.office.enums import Rank
from volunteers.enums.publicity import Medium, Reach
from volunteers.figures.base import flow
from volunteers.models import PublicityItem

TOLD = {
    "medium": Category("媒体", "medium", dict(Medium.choices)),
    "rank": Category("级别", "rank", dict(Rank.choices)),
    "reach": Category("对内对外", "reach", dict(Reach.choices)),
}
UPPER = (Rank.NATION, Rank.PROVINCE, Rank.CITY)

register(
    flow(
        "publicity_items",
        "志愿服务宣传稿件",
        "条",
        "发布日期在期内的志愿服务宣传记录数。",
        ("宣传稿件", "刊播", "报道"),
        model=PublicityItem,
        categories=TOLD,
    ),
    flow(
        "publicity_internal",
        "志愿服务对内宣传",
        "条",
        "发布日期在期内、面向本单位和志愿者的志愿服务宣传记录数。",
        ("对内宣传", "内宣"),
        model=PublicityItem,
        where=Q(reach=Reach.INTERNAL),
        categories=TOLD,
    ),
    flow(
        "publicity_external",
        "志愿服务对外宣传",
        "条",
        "发布日期在期内、面向社会的志愿服务宣传记录数。",
        ("对外宣传", "外宣"),
        model=PublicityItem,
        where=Q(reach=Reach.EXTERNAL),
        categories=TOLD,
    ),
    flow(
        "publicity_upper",
        "市级以上媒体志愿服务宣传",
        "条",
        "发布日期在期内、级别为市级、省级或国家级的志愿服务宣传记录数。",
        ("市级以上媒体",),
        model=PublicityItem,
        where=Q(rank__in=UPPER),
        categories=TOLD,
    ),
    flow(
        "publicity_of_projects",
        "志愿服务项目宣传",
        "条",
        "发布日期在期内、写明所属志愿服务项目的宣传记录数。",
        model=PublicityItem,
        where=Q(project__isnull=False),
        categories=TOLD,
    ),
)
