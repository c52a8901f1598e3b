"""指标 of case stories."""

from disability.figures.base import flow
from disability.models import CaseStory
from disability.models.stories import CONSENTED
from portal.figures import register

register(
    flow(
        "stories",
        "典型案例数",
        "个",
        "日期在期内的典型案例个数，不论是否取得同意。",
        ("典型案例", "案例"),
        model=CaseStory,
    ),
    flow(
        "stories_told",
        "可写入总结的案例",
        "个",
        "日期在期内、有本人（监护人）同意且没有撤回的典型案例个数。",
        model=CaseStory,
        where=CONSENTED,
    ),
    flow(
        "stories_unconsented",
        "缺少同意的案例",
        "个",
        "日期在期内、没有同意记录或同意已撤回的典型案例个数，不写入总结。",
        model=CaseStory,
        where=~CONSENTED,
    ),
)
