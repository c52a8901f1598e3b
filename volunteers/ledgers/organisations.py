"""志愿服务组织 and who belongs to them."""

from django.urls import reverse

from portal.ledgers import MORE, Action, Column, Ledger, column, register
from portal.ledgers.columns import reader
from portal.office.ledgers.base import Spells
from residents.ledgers.about import unit_column
from volunteers.forms.organisations import MembershipForm, OrgForm
from volunteers.ledgers.about import AboutVolunteer, volunteer_columns
from volunteers.ledgers.sections import PEOPLE
from volunteers.models import OrgMembership, VolunteerOrg
from volunteers.resolving import ORG, VOLUNTEER, org_by
from volunteers.selectors.volunteers import orgs_on
from volunteers.services.organisations import store


@register
class OrgLedger(Ledger):
    slug, title, icon, section = "volunteer-orgs", "志愿服务组织", "sitemap", PEOPLE
    quick = False
    model = VolunteerOrg
    description = "总站、站、服务队、小组；街道的总站社区可以查看。撤销的填撤销日期，不删除。"
    date = ""
    order = ("kind", "name", "pk")
    select_related = ("parent",)
    columns = (
        column(VolunteerOrg, "name", width=28),
        "kind",
        Column("上级组织", reader(VolunteerOrg, "parent.name"), field="parent", width=28),
        column(VolunteerOrg, "head", sort="", width=12),
        column(VolunteerOrg, "head_post", sort="", width=20),
        column(VolunteerOrg, "phone", sort="", width=16),
        column(VolunteerOrg, "place", sort="", width=24, listed=False),
        column(VolunteerOrg, "purpose", sort="", width=32, listed=False),
        "founded_on",
        "ended_on",
        unit_column(VolunteerOrg),
    )
    form_class = OrgForm
    form_layout = (
        ("name", "kind"),
        ("parent", "founded_on"),
        ("head", "head_post"),
        ("phone", "place"),
        "purpose",
        "ended_on",
    )
    form_folds = {"ended_on": MORE}
    filters = ("kind",)
    search = ("name", "head")
    search_hint = "组织名称或负责人"
    rows_name_each_other = True
    identity = ("name", "founded_on")
    resolvers = {"parent": org_by("上级组织")}
    footer = ("volunteers.orgs", "volunteers.memberships")
    related = (
        ("volunteer-orgs", "parent"),
        ("org-memberships", "org"),
        ("volunteer-activities", "org"),
        ("volunteer-projects", "org"),
    )

    def as_of(self, rows, day):
        return orgs_on(day, rows)

    def hint_of(self, record):
        return f"{record.get_kind_display()} · {record.unit}"

    def save(self, form, *, by):
        return store(form.save(commit=False), by=by)

    def list_actions(self, user):
        return [Action("组织架构图", reverse("volunteer-org-tree"))]


@register
class OrgMembershipLedger(Spells, AboutVolunteer):
    slug, title, icon, section = "org-memberships", "组织成员", "users", PEOPLE
    model = OrgMembership
    description = "谁从哪天到哪天在哪个组织；退出的填退出日期。"
    select_related = ("org", "volunteer__resident")
    columns = (
        Column("志愿服务组织", reader(OrgMembership, "org.name"), field="org", width=28),
        *volunteer_columns(OrgMembership),
        "role",
        "starts_on",
        "ends_on",
        unit_column(OrgMembership),
    )
    form_class = MembershipForm
    form_layout = (("org", "volunteer"), "role", ("starts_on", "ends_on"))
    filters = ("role",)
    identity = ("org", "volunteer", "starts_on")
    resolvers = {"org": ORG, "volunteer": VOLUNTEER}
    footer = ("volunteers.memberships", "volunteers.members")
    today = "starts_on"

    def list_actions(self, user):
        return [Action("多人加入", reverse("volunteer-org-join"))]
