"""共建单位、协议、宣传渠道、荣誉、满意度."""

from portal.ledgers import Column, column, register
from portal.numbers import percent
from portal.office.forms.surveys import SurveyForm
from portal.office.ledgers.base import (
    PUBLICITY,
    Lasting,
    LastingPart,
    OfficeLedger,
    PartLedger,
    long,
    parent,
    plain,
    tail,
    unit,
)
from portal.office.models import Agreement, Channel, ChannelIssue, Honor, Partner, Survey


@register
class PartnerLedger(OfficeLedger):
    slug, title, icon, section = "partners", "共建单位", "heart-handshake", PUBLICITY
    model = Partner
    description = "与本单位共建的机关、学校、医院、企业和社会组织。"
    date, order = "", ("name", "pk")
    columns = (
        column(Partner, "name", width=28),
        "kind",
        plain(Partner, "contact"),
        plain(Partner, "phone"),
        long(Partner, "resources"),
        *tail(Partner),
    )
    form_layout = (("name", "kind"), ("contact", "phone"), "resources", "domains")
    filters = ("kind", "domains")
    search = ("name", "contact", "resources")
    search_hint = "单位名称或联系人"
    identity = ("name",)
    footer = ("office.partners",)
    related = (("agreements", "partner"),)


@register
class AgreementLedger(LastingPart):
    slug, title, icon, section = "agreements", "共建协议", "file", PUBLICITY
    model = Agreement
    description = "与共建单位签订的协议和有效期。"
    select_related = ("partner",)
    columns = (
        column(Agreement, "title", width=28),
        parent(Agreement, "partner", "共建单位", "name"),
        long(Agreement, "content"),
        plain(Agreement, "signed_by"),
        "starts_on",
        "ends_on",
        unit(Agreement),
    )
    form_layout = (("title", "partner"), "content", ("starts_on", "ends_on", "signed_by"))
    search = ("title", "partner__name")
    search_hint = "协议或单位名称"
    identity = ("partner", "title", "starts_on")
    footer = ("office.agreements", "office.partners")


@register
class ChannelLedger(Lasting):
    slug, title, icon, section = "channels", "宣传渠道", "speakerphone", PUBLICITY
    model = Channel
    description = "简报、博客、公众号、居民群等对外宣传的渠道。"
    columns = (
        column(Channel, "name", width=24),
        "kind",
        plain(Channel, "address", 24),
        plain(Channel, "editor"),
        "starts_on",
        "ends_on",
        *tail(Channel),
    )
    form_layout = (("name", "kind"), ("address", "editor"), ("starts_on", "ends_on"), "domains")
    filters = ("kind", "domains")
    search = ("name",)
    search_hint = "渠道名称"
    identity = ("name",)
    footer = ("office.channels",)
    related = (("channel-issues", "channel"),)


@register
class ChannelIssueLedger(PartLedger):
    slug, title, icon, section = "channel-issues", "发布内容", "notebook", PUBLICITY
    model = ChannelIssue
    description = "每期简报、每篇报道，写明印发份数或阅读量。"
    select_related = ("channel",)
    columns = (
        "occurred_on",
        column(ChannelIssue, "title", width=32),
        parent(ChannelIssue, "channel", "宣传渠道", "name"),
        plain(ChannelIssue, "number", 10),
        "rank",
        "copies",
        "views",
        unit(ChannelIssue),
        column(ChannelIssue, "highlight", sort="", width=10, listed=False),
    )
    form_layout = (
        ("title", "channel"),
        ("occurred_on", "number", "rank"),
        ("copies", "views"),
        "highlight",
    )
    filters = ("rank",)
    search = ("title", "channel__name")
    search_hint = "标题或渠道"
    identity = ("channel", "title", "occurred_on")
    footer = ("office.issues", "office.issue_copies", "office.issue_views")


@register
class HonorLedger(OfficeLedger):
    slug, title, icon, section = "honors", "荣誉", "certificate", PUBLICITY
    model = Honor
    description = "集体和个人获得的荣誉与奖项，写明授予单位和凭据。"
    columns = (
        "occurred_on",
        column(Honor, "name", width=28),
        plain(Honor, "recipient", 18),
        plain(Honor, "work", listed=False),
        plain(Honor, "contest", listed=False),
        plain(Honor, "prize", 10),
        "rank",
        plain(Honor, "grantor", 20),
        long(Honor, "proof"),
        *tail(Honor),
        column(Honor, "highlight", sort="", width=10, listed=False),
    )
    form_layout = (
        ("name", "recipient"),
        ("occurred_on", "rank", "prize"),
        ("work", "contest"),
        ("grantor", "proof"),
        "domains",
        "highlight",
    )
    filters = ("rank", "domains")
    search = ("name", "recipient", "grantor", "work")
    search_hint = "荣誉、获奖者或授予单位"
    identity = ("name", "recipient", "occurred_on")
    footer = ("office.honors",)


@register
class SurveyLedger(OfficeLedger):
    slug, title, icon, section = "surveys", "满意度调查", "chart-bar", PUBLICITY
    model = Survey
    description = "满意度调查的对象和各档份数；满意率由份数得出，不填写。"
    columns = (
        "occurred_on",
        column(Survey, "title", width=24),
        "group",
        "asked",
        "valid",
        "very_satisfied",
        "satisfied",
        "fairly_satisfied",
        "unsatisfied",
        Column("满意率", lambda s: percent(s.satisfied_total, s.valid), width=10, numeric=True),
        *tail(Survey),
    )
    form_class = SurveyForm
    form_layout = (
        ("title", "group", "occurred_on"),
        ("asked", "valid"),
        ("very_satisfied", "satisfied", "fairly_satisfied", "unsatisfied"),
        "domains",
    )
    filters = ("group", "domains")
    search = ("title",)
    search_hint = "调查名称"
    identity = ("title", "group", "occurred_on")
    footer = ("office.survey_satisfied", "office.survey_valid", "office.survey_rate")
