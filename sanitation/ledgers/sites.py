"""示范点: the sites, their rounds of rating with every home's result, projects and local rules."""

from django.db.models import Case, F, Q, When
from django.urls import reverse

from portal.ledgers import MORE, Action, Column, Sheet, column, register
from portal.ledgers.columns import reader
from portal.ledgers.fields import sent_id
from portal.ledgers.shares import with_tags_last
from portal.office.enums import RuleKind
from portal.office.ledgers.base import Spells, long, number, plain
from portal.office.ledgers.papers import RuleLedger
from portal.scope import access_of
from residents.ledgers.about import unit_column
from sanitation.forms.following import FollowingForm
from sanitation.forms.sites import RatingForm, heads_of
from sanitation.ledgers.about import AboutCommunityLedger, community_column, grid_column
from sanitation.ledgers.sections import SITES
from sanitation.ledgers.shared import OurShare
from sanitation.models import DemoSite, HouseholdRating, RatingRound, SiteProject
from sanitation.resolving import (
    COMMUNITY_LABEL,
    HOME,
    HOME_LABEL,
    ROUND,
    ROUND_DAY_LABEL,
    ROUND_LABEL,
    SITE,
    SITE_LABEL,
)
from sanitation.selectors.shares import OURS, TAGS
from sanitation.selectors.sites import grades_of, standing, watchers
from sanitation.services.sites import moved


@register
class SiteLedger(Spells, AboutCommunityLedger):
    slug, title, icon, section = "demo-sites", "示范点", "trees", SITES
    model = DemoSite
    description = (
        "做得好、供别处学的小组或村：怎么做的、谁负责，评比、筹资、投工和建设都记在它名下。"
    )
    order = ("community__code", "name", "pk")
    select_related = ("community", "grid")
    columns = (
        column(DemoSite, "name", width=24),
        community_column(DemoSite),
        grid_column(DemoSite),
        column(DemoSite, "manager", sort="", width=12),
        long(DemoSite, "features", 40),
        "starts_on",
        column(DemoSite, "ends_on", listed=False),
        unit_column(DemoSite),
    )
    form_layout = (
        ("name", "community"),
        ("grid", "manager"),
        ("starts_on", "ends_on"),
        "features",
    )
    search = ("name", "manager", "features")
    search_hint = "示范点、负责人或做法"
    identity = ("name", "community")
    footer = ("sanitation.demo_sites", "sanitation.funds_raised", "sanitation.labour_days")
    related = (
        ("rating-rounds", "site"),
        ("fund-entries", "site"),
        ("labour-gifts", "site"),
        ("plant-gifts", "site"),
        ("site-projects", "site"),
    )
    detail_template = "sanitation/site.html"

    def actions(self, record, user):
        if not access_of(user).may(self.edit_permission, record.unit_id):
            return []
        return [Action("登记公示", reverse("site-accounts-post", args=[record.pk]))]

    def page(self, record, request):
        return {
            "page_links": [("收支公示", reverse("site-accounts", args=[record.pk]))],
            "standing": standing(record),
            "watchers": watchers(record),
        }


def site_columns(model, path="site"):
    """示范点 and 社区（村）; imported, they find what the row belongs to."""
    field = path.partition(".")[0]
    return (
        Column(
            SITE_LABEL,
            reader(model, f"{path}.name"),
            field=field,
            sort=f"{path.replace('.', '__')}__name",
            width=20,
        ),
        Column(
            COMMUNITY_LABEL,
            reader(model, "community"),
            field=field,
            sort="community__code",
            width=16,
        ),
    )


class OfSiteLedger(AboutCommunityLedger):
    """Rows of a site; the community is the site's."""

    section = SITES
    form_class = FollowingForm
    select_related = ("community", "site")
    resolvers = {"site": SITE}
    quick = False
    search = ("site__name",)


@register
class RoundLedger(OfSiteLedger):
    slug, title, icon = "rating-rounds", "家庭卫生评比", "clipboard-check"
    model = RatingRound
    description = "示范点一次一次的家庭卫生评比；每一户的结果在评比页面一次登记完。"
    columns = (
        column(RatingRound, "title", label=ROUND_LABEL, width=24),
        column(RatingRound, "occurred_on", label=ROUND_DAY_LABEL),
        *site_columns(RatingRound),
        column(RatingRound, "raters", sort="", width=24),
        unit_column(RatingRound),
    )
    form_layout = (("title", "site"), ("occurred_on", "raters"))
    search = ("title", "site__name", "raters")
    search_hint = "评比名称、示范点或评比人"
    identity = ("site", "title", "occurred_on")
    footer = ("sanitation.rating_rounds", "sanitation.household_ratings")
    related = (("household-ratings", "round"),)
    detail_template = "sanitation/rating_round.html"
    kept_for_next = ("site",)

    def save(self, form, *, by):
        record = super().save(form, by=by)
        moved(record)
        return record

    def actions(self, record, user):
        if not access_of(user).may(self.edit_permission, record.unit_id):
            return []
        url = reverse("ledger-add-many", args=["household-ratings"])
        return [Action("登记各户结果", f"{url}?round={record.pk}")]

    def page(self, record, request):
        return {"grades": grades_of(record)}


@register
class RatingLedger(OfSiteLedger):
    slug, title, icon = "household-ratings", "户评比结果", "home"
    model = HouseholdRating
    description = "一户在一次评比中的等次。户主姓名只供本社区和检查人员使用，不写进总结。"
    select_related = ("community", "round__site", "household")
    columns = (
        column(HouseholdRating, "head", width=12),
        column(HouseholdRating, "grade", width=10),
        column(HouseholdRating, "score", width=8),
        *site_columns(HouseholdRating, "round.site"),
        Column(
            ROUND_LABEL,
            reader(HouseholdRating, "round.title"),
            field="round",
            sort="round__title",
            width=20,
        ),
        Column(
            ROUND_DAY_LABEL,
            reader(HouseholdRating, "round.occurred_on"),
            field="round",
            sort="occurred_on",
        ),
        Column(
            HOME_LABEL, lambda row: getattr(row, "home_told", None), field="household", listed=False
        ),
        column(HouseholdRating, "note", sort="", width=24),
        unit_column(HouseholdRating),
    )
    form_class = RatingForm
    form_layout = ("round", ("head", "household"), ("grade", "score"), "note")
    resolvers = {"round": ROUND, "household": HOME}
    filters = ("grade",)
    search = ("head", "round__title", "round__site__name")
    search_hint = "户主、评比名称或示范点"
    identity = ("round", "head", "household")
    footer = ("sanitation.household_ratings", "sanitation.ratings_cleanest_rate")
    kept_for_next = ("round",)
    sheet = Sheet(
        "家庭卫生评比表",
        common=("round",),
        each={"head": 25, "grade": 20, "score": 15, "note": 40},
        margin=("户主签名",),
    )

    def queryset(self, user):
        """The number of a home is told to who may look up residents where it is."""
        known = Q(household__unit__in=access_of(user).units("residents.view"))
        told = Case(When(known, then=F("household__number")))
        return super().queryset(user).annotate(home_told=told)

    def concealed(self, record):
        if record.household_id is None or getattr(record, "home_told", None):
            return (), ""
        return ("household",), "您的角色不查看居民户"

    def save(self, form, *, by):
        form.judge_once()  # a line above may have brought the same home
        return super().save(form, by=by)

    def lines_begun(self, known, user):
        """With the homes of the site's round before, so that only the grades are keyed."""
        rows = RatingRound.objects.visible_to(user)
        round_ = rows.filter(pk=sent_id(known.get("round", ""))).first()
        return heads_of(round_) if round_ else ()


@register
class ProjectLedger(OfSiteLedger):
    slug, title, icon = "site-projects", "示范点建设项目", "building-community"
    model = SiteProject
    description = "示范点修的路、绿化、亮化等项目：花了多少、钱从哪里来、什么时候完工。"
    date = "starts_on"
    order = ("-starts_on", "-pk")
    columns = (
        column(SiteProject, "name", width=28),
        *site_columns(SiteProject),
        "source",
        number(SiteProject, "cost"),
        "starts_on",
        "done_on",
        unit_column(SiteProject),
    )
    form_layout = (("name", "site"), ("source", "cost"), ("starts_on", "done_on"))
    filters = ("source",)
    search = ("name", "site__name")
    search_hint = "项目或示范点"
    identity = ("site", "name")
    footer = ("sanitation.site_projects_done", "sanitation.site_project_cost")
    kept_for_next = ("site",)


@register
class LocalRuleLedger(OurShare, RuleLedger):
    slug, title, section = "local-rules", "环境卫生组规民约", SITES
    description = "互助会、村民会议通过的环境卫生公约全文，哪次会议通过的写在依据文件里；与“制度”是同一份记录。"
    where = OURS & Q(kind=RuleKind.PACT)
    preset = {"domains": TAGS, "kind": RuleKind.PACT}
    columns = (
        column(RuleLedger.model, "title", width=32),
        long(RuleLedger.model, "text", 40),
        plain(RuleLedger.model, "document", 28),
        "starts_on",
        "ends_on",
        column(RuleLedger.model, "domains", sort="", width=16, listed=False),
        unit_column(RuleLedger.model),
    )
    form_layout = with_tags_last(("title", "text", ("starts_on", "ends_on"), "document", "domains"))
    form_folds = {"domains": MORE}
    filters = ()
    footer = ("sanitation.local_rules",)
    related = ()
