"""Partners, channels, honours, satisfaction."""

from portal.figures import Distinct, Total, register
from portal.office.enums import ChannelKind, PartnerKind, Rank, SurveyGroup
from portal.office.figures.base import flow, of, ratio, stock, tags
from portal.office.models import Agreement, Channel, ChannelIssue, Honor, Survey

ISSUE = {"rank": of(Rank, "发布级别", "rank"), **tags("channel__domains")}
ASKED = {"group": of(SurveyGroup, "对象", "group"), **tags()}

register(
    stock(
        "partners",
        "共建单位",
        "家",
        "期末那一天有协议在有效期内的共建单位家数，去重。",
        keywords=("共建单位",),
        model=Agreement,
        value=Distinct("partner"),
        categories={
            "kind": of(PartnerKind, "性质", "partner__kind"),
            **tags("partner__domains"),
        },
    ),
    stock(
        "agreements",
        "共建协议",
        "份",
        "期末那一天在有效期内的共建协议份数。",
        model=Agreement,
        categories=tags("partner__domains"),
    ),
    stock(
        "channels",
        "宣传渠道",
        "个",
        "期末那一天开办中的宣传渠道个数。",
        model=Channel,
        categories={"kind": of(ChannelKind), **tags()},
    ),
    flow(
        "issues",
        "发布内容",
        "期（篇）",
        "发布日期在期内的内容期数或篇数。",
        keywords=("期简报", "篇"),
        model=ChannelIssue,
        categories=ISSUE,
    ),
    flow(
        "issue_copies",
        "印发份数",
        "份",
        "发布日期在期内的内容的印发份数之和，没有填写的不计。",
        model=ChannelIssue,
        value=Total("copies"),
        categories=ISSUE,
    ),
    flow(
        "issue_views",
        "阅读量",
        "人次",
        "发布日期在期内的内容的阅读量之和，没有填写的不计。",
        keywords=("阅读", "浏览"),
        model=ChannelIssue,
        value=Total("views"),
        categories=ISSUE,
    ),
    flow(
        "honors",
        "荣誉",
        "项",
        "获奖日期在期内的荣誉和奖项数。",
        keywords=("荣誉", "奖"),
        model=Honor,
        categories={"rank": of(Rank, "级别", "rank"), **tags()},
    ),
    flow(
        "surveys",
        "满意度调查",
        "次",
        "调查日期在期内的满意度调查次数，每个对象算一次。",
        model=Survey,
        categories=ASKED,
    ),
    flow(
        "survey_asked",
        "调查发出份数",
        "份",
        "调查日期在期内的满意度调查发出份数之和。",
        model=Survey,
        value=Total("asked"),
        categories=ASKED,
    ),
    flow(
        "survey_valid",
        "调查有效份数",
        "份",
        "调查日期在期内的满意度调查有效份数之和。",
        model=Survey,
        value=Total("valid"),
        categories=ASKED,
    ),
    flow(
        "survey_satisfied",
        "调查满意份数",
        "份",
        "调查日期在期内，非常满意、满意、基本满意三档份数之和。",
        model=Survey,
        value=Total("satisfied_total"),
        categories=ASKED,
    ),
    ratio(
        "survey_rate",
        "调查满意率",
        "满意份数除以有效份数，两项都写明。",
        "survey_satisfied",
        "survey_valid",
        keywords=("满意率", "满意度"),
    ),
)
