"""志愿服务项目."""

from portal.ledgers import Column, Ledger, column, register
from portal.ledgers.columns import reader
from portal.office.ledgers.base import Spells
from residents.ledgers.about import unit_column
from volunteers.ledgers.sections import ACTIVITIES
from volunteers.models import VolunteerProject


@register
class VolunteerProjectLedger(Spells, Ledger):
    slug, title, icon, section = "volunteer-projects", "志愿服务项目", "folder", ACTIVITIES
    quick = False
    model = VolunteerProject
    description = "长期开展的志愿服务项目，重点项目打勾；项目下的活动列在项目页面上。"
    select_related = ("org",)
    columns = (
        column(VolunteerProject, "name", width=28),
        column(VolunteerProject, "is_key", width=10),
        Column("承担组织", reader(VolunteerProject, "org.name"), field="org", width=24),
        "starts_on",
        "ends_on",
        column(VolunteerProject, "goal", sort="", width=40, listed=False),
        unit_column(VolunteerProject),
    )
    form_layout = (("name", "org"), ("starts_on", "ends_on"), "goal", "is_key")
    filters = ("is_key",)
    search = ("name", "goal", "org__name")
    search_hint = "项目名称、内容或承担组织"
    identity = ("name",)
    footer = ("volunteers.projects", "volunteers.key_projects")
    related = (("volunteer-activities", "project"), ("volunteer-publicity", "project"))

    def hint_of(self, record):
        until = f"至{record.ends_on}" if record.ends_on else "起"
        return f"{record.starts_on}{until} · {record.unit}"
