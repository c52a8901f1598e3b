"""时长规则 and 星级认定."""

from django.urls import reverse

from portal.ledgers import Action, Column, Ledger, column, register
from portal.scope import Denied, access_of
from residents.ledgers.about import unit_column
from volunteers.forms.hours import AwardFileForm, AwardForm, RuleForm
from volunteers.ledgers.about import AboutVolunteer
from volunteers.ledgers.hours_columns import hours_of, volunteer_columns
from volunteers.ledgers.sections import HOURS as SECTION
from volunteers.models import HoursRule, StarAward
from volunteers.services.stars import record_award
from volunteers.workflow import APPROVE, EDIT


@register
class RuleLedger(Ledger):
    slug, title, icon, section = "hours-rules", "时长规则", "table", SECTION
    quick = False
    model = HoursRule
    description = (
        "自哪天起，每日上限、公示天数和各星级的小时数；街道登记的，没有自己规则的社区照此执行；"
        "都没有的，按《志愿服务记录办法》100、300、600、1000、1500 小时，公示 7 天，每日 8 小时。"
    )
    date = "starts_on"
    order = ("-starts_on", "-pk")
    columns = (
        "starts_on",
        column(HoursRule, "daily_minutes", width=14, numeric=True),
        column(HoursRule, "posting_days", width=10, numeric=True),
        *(column(HoursRule, name, width=12) for name in ("one", "two", "three", "four", "five")),
        column(HoursRule, "basis", sort="", width=36),
        unit_column(HoursRule),
    )
    form_class = RuleForm
    form_layout = (
        ("starts_on", "daily_minutes", "posting_days"),
        ("one", "two", "three"),
        ("four", "five"),
        "basis",
    )
    search = ("basis",)
    search_hint = "依据"
    identity = ("starts_on",)

    @property
    def edit_permission(self):
        """Whoever keeps the hours does not also set what they may be."""
        return APPROVE


@register
class StarLedger(AboutVolunteer):
    slug, title, icon, section = "star-awards", "星级认定", "certificate", SECTION
    model = StarAward
    description = (
        "按已计入的时长授予的星级，只升不降，因弄虚作假才撤销；到了时长的，在“晋升名单”中一起授予，"
        "以前授予的在这里补登。"
    )
    columns = (
        "occurred_on",
        *volunteer_columns(StarAward),
        column(StarAward, "level", numeric=False, width=10),
        Column("累计时长（小时）", hours_of, sort="minutes", width=12, numeric=True),
        column(StarAward, "revoked_on", field="", width=12),
        column(StarAward, "revoked_for", field="", sort="", width=24),
        unit_column(StarAward),
    )
    form_class = AwardForm
    form_layout = ("volunteer", ("occurred_on", "level"))
    today = "occurred_on"
    filters = ("level",)
    identity = ("volunteer", "level")
    footer = ("volunteers.promotions", "volunteers.stars")

    def label_of(self, record):
        return str(record)

    def form_of_file(self, form_class):
        return type("AwardFileForm", (AwardFileForm, form_class), {})

    def save(self, form, *, by):
        return record_award(form.save(commit=False), by=by, from_file=form.from_file)

    def kept_by(self, record):
        return "已撤销的星级不能再改。" if record.revoked_on else ""

    def check_deletable(self, record):
        if record.revoked_on:
            raise Denied("已撤销的星级要留作记录，不能删除。")
        super().check_deletable(record)

    def list_actions(self, user):
        if not access_of(user).may(EDIT):
            return []
        return [Action("晋升名单", reverse("star-promotions"))]

    def actions(self, record, user):
        if record.revoked_on or not access_of(user).may(APPROVE, record.unit_id):
            return []
        return [Action("撤销星级", reverse("star-revoke", args=[record.pk]))]
